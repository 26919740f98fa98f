package dev.millrace.server.invoice;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.InvoiceChange;
import dev.millrace.erp.InvoiceMatch;
import dev.millrace.erp.MatchResult;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoices;
import dev.millrace.erp.Trail;
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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What becomes of a supplier's invoice by hand. Who buys may hold and refuse it, but Accounts alone release it. */
@RestController
@RequestMapping("/api/v1/supplier-invoices/{id}")
public class InvoiceStateEndpoint {
    private final Engine engine;
    private final SupplierInvoices invoices;

    public InvoiceStateEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.invoices = erp.supplierInvoices(engine.events(), engine.documents(), trail);
    }

    record HoldForm(
            @Describe("what it waits for; manual when absent")
            Optional<SupplierInvoice.HoldCode> code,

            @Describe(value = "for people and the journal", least = 1, most = 2_000)
            String reason) {}

    @Operation(summary = "Hold an invoice against its order and receipts")
    @Needs({"erp:write:procurement", "erp:write:finance"})
    @PostMapping("/match")
    MatchResult match(Caller caller, @PathVariable String id) {
        UUID invoice = Filters.id(id);
        return engine.run(caller.tenant(), tx -> switch (invoices.match(tx, invoice, caller.actor())) {
            case InvoiceMatch.Matched matched -> matched.result();
            case InvoiceMatch.NotFound none -> throw Refusal.notFound();
            case InvoiceMatch.WrongState wrong ->
                throw Refusal.conflict(
                        "wrong_state",
                        "Only an invoice that is not posted is matched, but this one is "
                                + wrong.invoice()
                                        .status()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' ') + ".");
        });
    }

    @Operation(summary = "Post an invoice that was matched and still agrees; it is paid when due")
    @Needs("erp:write:finance")
    @PostMapping("/release")
    ResponseEntity<InvoiceBody> release(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return change(caller, id, request, (tx, invoice) -> invoices.release(tx, invoice, caller.actor()));
    }

    @Operation(summary = "Block the payment of an invoice that is not posted")
    @Needs({"erp:write:procurement", "erp:write:finance"})
    @PostMapping("/hold")
    ResponseEntity<InvoiceBody> hold(
            Caller caller, @PathVariable String id, @RequestBody Body<HoldForm> body, HttpServletRequest request) {
        return change(caller, id, request, (tx, invoice) -> {
            HoldForm form = body.read();
            return invoices.hold(
                    tx, invoice, form.code().orElse(SupplierInvoice.HoldCode.MANUAL), form.reason(), caller.actor());
        });
    }

    @Operation(summary = "Lift a block")
    @Needs({"erp:write:procurement", "erp:write:finance"})
    @PostMapping("/lift")
    ResponseEntity<InvoiceBody> lift(
            Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body, HttpServletRequest request) {
        return change(
                caller,
                id,
                request,
                (tx, invoice) -> invoices.lift(tx, invoice, body.read().reason(), caller.actor()));
    }

    @Operation(summary = "Refuse an invoice that is not posted")
    @Needs({"erp:write:procurement", "erp:write:finance"})
    @PostMapping("/reject")
    ResponseEntity<InvoiceBody> reject(
            Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body, HttpServletRequest request) {
        return change(
                caller,
                id,
                request,
                (tx, invoice) -> invoices.reject(tx, invoice, body.read().reason(), caller.actor()));
    }

    @Operation(summary = "Take back an invoice that is not posted")
    @Needs({"erp:write:procurement", "erp:write:finance"})
    @PostMapping("/cancel")
    ResponseEntity<InvoiceBody> cancel(
            Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body, HttpServletRequest request) {
        return change(
                caller,
                id,
                request,
                (tx, invoice) -> invoices.cancel(tx, invoice, body.read().reason(), caller.actor()));
    }

    @Operation(summary = "Take back a released invoice of which nothing is paid")
    @Needs("erp:write:finance")
    @PostMapping("/reverse")
    ResponseEntity<InvoiceBody> reverse(
            Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body, HttpServletRequest request) {
        return change(
                caller,
                id,
                request,
                (tx, invoice) -> invoices.reverse(tx, invoice, body.read().reason(), caller.actor()));
    }

    private ResponseEntity<InvoiceBody> change(
            Caller caller, String id, HttpServletRequest request, BiFunction<Tx, UUID, InvoiceChange> change) {
        UUID wanted = Filters.id(id);
        InvoiceBody answer = engine.run(caller.tenant(), tx -> {
            SupplierInvoice before = invoices.get(tx, wanted).orElseThrow(Refusal::notFound);
            IfMatch.require(request, before.header().version(), "the invoice");
            return switch (change.apply(tx, wanted)) {
                case InvoiceChange.Done done -> InvoiceBody.of(done.invoice(), invoices.lastMatch(tx, wanted));
                case InvoiceChange.NotFound none -> throw Refusal.notFound();
                case InvoiceChange.Refused refused -> throw Refusal.conflict(refused.code(), refused.message());
            };
        });
        return ResponseEntity.ok().eTag(IfMatch.tag(answer.version())).body(answer);
    }
}
