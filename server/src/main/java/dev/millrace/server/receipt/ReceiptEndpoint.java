package dev.millrace.server.receipt;

import dev.millrace.engine.Engine;
import dev.millrace.erp.Erp;
import dev.millrace.erp.GoodsReceipt;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Receipts;
import dev.millrace.erp.Receiving;
import dev.millrace.erp.Reversing;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.request.ReasonForm;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What came for purchase orders. */
@RestController
@RequestMapping("/api/v1/goods-receipts")
public class ReceiptEndpoint {
    private final Engine engine;
    private final Receipts receipts;

    public ReceiptEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.receipts = erp.receipts(engine.events(), trail);
    }

    @Operation(summary = "Take goods in for an approved order")
    @Needs("erp:write:inventory")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ReceiptBody> post(Caller caller, @RequestBody Body<ReceiptForm> body) {
        ReceiptForm form = body.read();
        ReceiptBody posted = engine.run(caller.tenant(), tx -> switch (receipts.post(
                tx, form.receipt(), caller.actor())) {
            case Receiving.Received received -> ReceiptBody.of(received.receipt());
            case Receiving.OrderNotFound none ->
                throw Refusal.invalid(
                        "purchase_order_unknown",
                        "purchase_order_id",
                        "Expected a purchase order of this company but there is none with this id.");
            case Receiving.WrongState wrong ->
                throw Refusal.conflict(
                        "wrong_state", "Goods are taken in for approved orders, but " + state(wrong.order()) + ".");
            case Receiving.Refused refused ->
                throw Refusal.invalid(
                        "invalid_input",
                        refused.problems().stream().map(FieldProblem::of).toList());
        });
        return ResponseEntity.created(URI.create("/api/v1/goods-receipts/" + posted.id()))
                .body(posted);
    }

    @Operation(summary = "Take a whole receipt back")
    @Needs("erp:write:inventory")
    @PostMapping("/{id}/reverse")
    ReceiptBody reverse(Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body) {
        UUID receipt = Filters.id(id);
        return engine.run(caller.tenant(), tx -> {
            receipts.get(tx, receipt).orElseThrow(Refusal::notFound);
            String reason = body.read().reason();
            return switch (receipts.reverse(tx, receipt, reason, caller.actor())) {
                case Reversing.Reversed reversed -> ReceiptBody.of(reversed.receipt());
                case Reversing.NotFound none -> throw Refusal.notFound();
                case Reversing.WrongState wrong ->
                    throw Refusal.conflict(
                            "wrong_state",
                            "Nothing is taken back from an order that is closed, but " + state(wrong.order()) + ".");
                case Reversing.Invoiced invoiced ->
                    throw Refusal.conflict(
                            "already_invoiced",
                            "Line " + invoiced.line().lineNo()
                                    + " of the order is invoiced: reverse the invoice first.");
                case Reversing.Insufficient short_ -> throw insufficient(short_.level());
            };
        });
    }

    private static Refusal insufficient(StockLevel level) {
        return Refusal.conflict(
                "insufficient_stock",
                "Of " + level.itemCode() + " there is only "
                        + level.available().toPlainString() + " left in " + level.warehouseName()
                        + ": the goods are not there any more.");
    }

    private static String state(PurchaseOrder order) {
        return order.header().number() + " is "
                + order.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Operation(summary = "Goods receipts, newest first")
    @Needs({"erp:read:inventory", "erp:read:procurement"})
    @GetMapping
    Listing<ReceiptBody> list(
            Caller caller,
            @RequestParam(name = "purchase_order_id", required = false) @Nullable String purchaseOrderId,
            @ParameterObject Page page) {
        Optional<UUID> order = Filters.uuid("purchase_order_id", purchaseOrderId);
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> receipts.get(tx, id)).map(GoodsReceipt::id);
            return Listing.of(
                    receipts.list(tx, order, before, page.fetch()), page, GoodsReceipt::id, ReceiptBody::listed);
        });
    }

    @Operation(summary = "A goods receipt with its lines")
    @Needs({"erp:read:inventory", "erp:read:procurement"})
    @GetMapping("/{id}")
    ReceiptBody get(Caller caller, @PathVariable String id) {
        UUID receipt = Filters.id(id);
        return engine.run(
                caller.tenant(),
                tx -> receipts.get(tx, receipt).map(ReceiptBody::of).orElseThrow(Refusal::notFound));
    }
}
