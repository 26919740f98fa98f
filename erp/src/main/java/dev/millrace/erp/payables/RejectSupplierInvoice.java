package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.InvoiceChange.Done;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.StepHerald;
import java.util.UUID;

/** Refuses an invoice; what it billed may be billed by another. */
@Named(
        value = "erp.supplier_invoice.reject",
        module = "procurement",
        description = "Refuses an invoice (nothing is posted).",
        setsState = true,
        failures = {"not_found", "wrong_state"})
@Affects(entity = InvoiceEvents.TYPE, id = "supplier_invoice_id", emits = InvoiceEvents.REJECTED)
public final class RejectSupplierInvoice
        implements LocalAction<RejectSupplierInvoice.Config, RejectSupplierInvoice.Output> {
    private final InvoiceStates states;

    public RejectSupplierInvoice(InvoiceStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("An invoice that is not posted") UUID supplierInvoiceId,
            @Describe(value = "Why", least = 1, most = 2000) String reason) {}

    public record Output(
            @Describe("rejected") Status status,
            @Describe("false: it was rejected before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        Done done = Outcomes.done(
                states.reject(tx, config.supplierInvoiceId(), config.reason(), new StepHerald(context)));
        return new Output(done.invoice().status(), done.changed());
    }
}
