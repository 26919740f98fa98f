package dev.millrace.server.invoice;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Erp;
import dev.millrace.erp.InvoiceIntake;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoices;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Asked;
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

/** Suppliers' invoices: taken in and read. */
@RestController
@RequestMapping("/api/v1/supplier-invoices")
public class InvoiceEndpoint {
    private final Engine engine;
    private final SupplierInvoices invoices;
    private final Asked asked;

    public InvoiceEndpoint(Engine engine, Erp erp, Trail trail, Asked asked) {
        this.engine = engine;
        this.asked = asked;
        this.invoices = erp.supplierInvoices(engine.events(), engine.documents(), trail);
    }

    @Operation(summary = "Take a supplier's invoice in as it came; one that is there already is kept as its duplicate")
    @Needs({"erp:write:procurement", "erp:write:finance"})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<InvoiceBody> receive(Caller caller, @RequestBody Body<InvoiceForm> body) {
        InvoiceForm form = body.read();
        InvoiceBody received = engine.run(caller.tenant(), tx -> switch (invoices.receive(
                tx, form.invoice(), caller.actor())) {
            case InvoiceIntake.Received done -> InvoiceBody.received(done.invoice(), done.executions());
            case InvoiceIntake.Refused refused ->
                throw Refusal.invalid(
                        "invalid_input",
                        refused.problems().stream().map(FieldProblem::of).toList());
        });
        return ResponseEntity.created(URI.create("/api/v1/supplier-invoices/" + received.id()))
                .eTag(IfMatch.tag(received.version()))
                .body(received);
    }

    @Operation(summary = "Suppliers' invoices without their lines, newest first")
    @Needs({"erp:read:procurement", "erp:read:finance"})
    @GetMapping
    Listing<InvoiceBody> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "supplier_id", required = false) @Nullable String supplierId,
            @RequestParam(name = "purchase_order_id", required = false) @Nullable String purchaseOrderId,
            @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, SupplierInvoice.Status.class);
        Optional<UUID> supplier = Filters.uuid("supplier_id", supplierId);
        Optional<UUID> order = Filters.uuid("purchase_order_id", purchaseOrderId);
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> invoices.get(tx, id)).map(SupplierInvoice::id);
            return Listing.of(
                    invoices.list(tx, wanted, supplier, order, before, page.fetch()),
                    page,
                    SupplierInvoice.Header::id,
                    InvoiceBody::listed);
        });
    }

    @Operation(summary = "A supplier's invoice with its lines and its last match; also for who is asked about it")
    @Needs("erp:read:own")
    @GetMapping("/{id}")
    ResponseEntity<InvoiceBody> get(Caller caller, @PathVariable String id) {
        UUID wanted = Filters.id(id);
        InvoiceBody found = engine.run(
                caller.tenant(),
                tx -> invoices.get(tx, wanted)
                        .filter(invoice -> maySee(tx, caller, invoice))
                        .map(invoice -> InvoiceBody.of(invoice, invoices.lastMatch(tx, wanted)))
                        .orElseThrow(Refusal::notFound));
        return ResponseEntity.ok().eTag(IfMatch.tag(found.version())).body(found);
    }

    private boolean maySee(Tx tx, Caller caller, SupplierInvoice invoice) {
        return caller.may("erp:read:procurement")
                || caller.may("erp:read:finance")
                || asked.isAsked(tx, caller, invoice.id());
    }
}
