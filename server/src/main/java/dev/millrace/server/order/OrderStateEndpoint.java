package dev.millrace.server.order;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Cancelling;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Locking;
import dev.millrace.erp.Orders;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Hand;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.ReasonForm;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What becomes of a purchase order by hand, where no workflow decides on it. */
@RestController
@RequestMapping("/api/v1/purchase-orders/{id}")
public class OrderStateEndpoint {
    private static final String WRITE_ALL = "erp:write:procurement";

    private final Engine engine;
    private final Orders orders;

    public OrderStateEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.orders = erp.orders(engine.events(), engine.documents(), trail);
    }

    /** Only by somebody else than who requested, submitted or changed it. An order that is approved stays as it is. */
    @Operation(summary = "Approve an order by hand, on which no workflow decides; never one's own")
    @Needs(WRITE_ALL)
    @PostMapping("/approve")
    ResponseEntity<OrderBody> approve(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return change(caller, id, request, (tx, order) -> {
            var byHand = orders.approve(tx, order.id(), caller.actor());
            return switch (Hand.outcome(byHand, "order " + order.number())) {
                case Locking.Locked locked -> locked.order();
                case Locking.NotFound none -> throw Refusal.notFound();
                case Locking.WrongState wrong -> throw Refusal.conflict("wrong_state", notApproved(wrong.order()));
            };
        });
    }

    private static String notApproved(PurchaseOrder order) {
        String what = "Only an order that was submitted is approved, but " + order.number() + " is "
                + OrderBody.word(order.status());
        return switch (order.status()) {
            case DRAFT, RETURNED -> what + ": submit it first.";
            case PENDING_APPROVAL, APPROVED, PARTIALLY_RECEIVED, RECEIVED, CLOSED, CANCELLED ->
                what + ": raise another one.";
        };
    }

    /** Not once something was received or invoiced. A workflow that decides on it ends. */
    @Operation(
            summary =
                    "Cancel an order of which nothing was received or invoiced; who is asked about it is asked no more")
    @Needs(WRITE_ALL)
    @PostMapping("/cancel")
    ResponseEntity<OrderBody> cancel(
            Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body, HttpServletRequest request) {
        return change(caller, id, request, (tx, order) -> {
            String reason = body.read().reason();
            return switch (orders.cancel(tx, order.id(), reason, caller.actor())) {
                case Cancelling.Cancelled cancelled -> cancelled.order();
                case Cancelling.NotFound none -> throw Refusal.notFound();
                case Cancelling.WrongState wrong ->
                    throw Refusal.conflict(
                            "wrong_state",
                            wrong.order().number() + " is "
                                    + OrderBody.word(wrong.order().status()) + " and is not cancelled any more.");
                case Cancelling.HasReceipts received ->
                    throw Refusal.conflict(
                            "has_receipts",
                            "Goods came in for " + received.order().number()
                                    + ": reverse the receipts first, or close the order.");
                case Cancelling.HasInvoices invoiced ->
                    throw Refusal.conflict(
                            "has_invoices",
                            invoiced.order().number()
                                    + " was invoiced: have the invoice reversed first, or close the order.");
            };
        });
    }

    private ResponseEntity<OrderBody> change(
            Caller caller, String id, HttpServletRequest request, BiFunction<Tx, PurchaseOrder, PurchaseOrder> change) {
        OrderBody answer = engine.run(caller.tenant(), tx -> {
            PurchaseOrder order = orders.hold(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            IfMatch.require(request, order.header().version(), "the order");
            return OrderBody.of(change.apply(tx, order));
        });
        return ResponseEntity.ok().eTag(IfMatch.tag(answer.version())).body(answer);
    }
}
