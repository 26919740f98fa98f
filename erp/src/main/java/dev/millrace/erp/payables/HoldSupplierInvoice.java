package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.InvoiceChange.Done;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.StepHerald;
import java.util.Optional;
import java.util.UUID;

/** Puts a payment block on an invoice. */
@Named(
        value = "erp.supplier_invoice.hold",
        module = "procurement",
        description = "Puts a payment block with a reason.",
        setsState = true,
        failures = {"not_found", "wrong_state"})
@Affects(
        entity = InvoiceEvents.TYPE,
        id = "supplier_invoice_id",
        emits = {InvoiceEvents.HELD, InvoiceEvents.RECEIPT_ARRIVED})
public final class HoldSupplierInvoice implements LocalAction<HoldSupplierInvoice.Config, HoldSupplierInvoice.Output> {
    private final InvoiceStates states;

    public HoldSupplierInvoice(InvoiceStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("An invoice that is not posted") UUID supplierInvoiceId,
            @Describe(value = "Why", least = 1, most = 2000) String reason,

            @Describe(value = "receipt: the arrival of goods is told for it", byDefault = "\"manual\"")
            Optional<HoldCode> code) {}

    public record Output(
            @Describe("on_hold") Status status,
            @Describe("false: it was on hold for this before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        Done done = Outcomes.done(states.hold(
                tx,
                config.supplierInvoiceId(),
                config.code().orElse(HoldCode.MANUAL),
                config.reason(),
                new StepHerald(context)));
        return new Output(done.invoice().status(), done.changed());
    }
}
