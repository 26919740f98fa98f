package dev.millrace.server.tax;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Erp;
import dev.millrace.erp.InvoiceDrafted;
import dev.millrace.erp.InvoiceMade;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoices;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
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

/** Invoices to customers: drafted, then made the tax invoice, with number, tax and journal. */
@RestController
@RequestMapping("/api/v1/sales-invoices")
public class SalesInvoiceEndpoint {
    private final Engine engine;
    private final SalesInvoices invoices;

    public SalesInvoiceEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.invoices = erp.salesInvoices(engine.events(), trail);
    }

    @Operation(summary = "Draft a sales invoice, and with post make it the tax invoice at once")
    @Needs("erp:write:finance")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SalesInvoice> draft(Caller caller, @RequestBody Body<SalesInvoiceForm> body) {
        SalesInvoiceForm form = body.read();
        SalesInvoice made = engine.run(caller.tenant(), tx -> switch (invoices.draft(
                tx, form.invoice(), caller.actor())) {
            case InvoiceDrafted.Drafted drafted ->
                form.post().orElse(false) ? make(tx, drafted.invoice().id(), caller) : drafted.invoice();
            case InvoiceDrafted.Refused refused ->
                throw Refusal.invalid(
                        "invalid_input",
                        refused.problems().stream().map(FieldProblem::of).toList());
        });
        return ResponseEntity.created(URI.create("/api/v1/sales-invoices/" + made.id()))
                .body(made);
    }

    @Operation(summary = "Make a draft the tax invoice of today: number, tax, journal, event")
    @Needs("erp:write:finance")
    @PostMapping("/{id}/post")
    SalesInvoice post(Caller caller, @PathVariable String id) {
        UUID invoice = Filters.id(id);
        return engine.run(caller.tenant(), tx -> make(tx, invoice, caller));
    }

    private SalesInvoice make(Tx tx, UUID id, Caller caller) {
        return switch (invoices.make(tx, id, caller.actor())) {
            case InvoiceMade.Done done -> done.invoice();
            case InvoiceMade.NotFound none -> throw Refusal.notFound();
            case InvoiceMade.Refused refused -> throw Refusal.conflict(refused.code(), refused.message());
        };
    }

    @Operation(summary = "Sales invoices without their lines, newest first")
    @Needs({"erp:read:finance", "erp:read:sales"})
    @GetMapping
    Listing<SalesInvoice> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "customer_id", required = false) @Nullable String customerId,
            @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, SalesInvoice.Status.class);
        Optional<UUID> customer = Filters.uuid("customer_id", customerId);
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> invoices.get(tx, id)).map(SalesInvoice::id);
            return Listing.of(
                    invoices.list(tx, wanted, customer, before, page.fetch()),
                    page,
                    SalesInvoice::id,
                    invoice -> invoice);
        });
    }

    @Operation(summary = "A sales invoice with its lines")
    @Needs({"erp:read:finance", "erp:read:sales"})
    @GetMapping("/{id}")
    SalesInvoice get(Caller caller, @PathVariable String id) {
        UUID invoice = Filters.id(id);
        return engine.run(caller.tenant(), tx -> invoices.get(tx, invoice).orElseThrow(Refusal::notFound));
    }
}
