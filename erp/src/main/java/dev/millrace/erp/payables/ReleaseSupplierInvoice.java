package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.InvoiceChange.Done;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.ledger.Refusals;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Posts an invoice and makes it payable on its due date. */
@Named(
        value = "erp.supplier_invoice.release",
        module = "procurement",
        description = "Posts the invoice to the ledger and makes it payable on its due date.",
        setsState = true,
        failures = {
            "not_found",
            "wrong_state",
            "not_matched",
            "duplicate",
            "approval_required",
            "approval_stale",
            "period_closed",
            "account_unknown",
            "account_inactive"
        })
@Affects(
        entity = InvoiceEvents.TYPE,
        id = "supplier_invoice_id",
        amountOf = "trigger.amount_base",
        emits = {InvoiceEvents.RELEASED, InvoiceEvents.HELD, "journal.posted"})
public final class ReleaseSupplierInvoice
        implements LocalAction<ReleaseSupplierInvoice.Config, ReleaseSupplierInvoice.Output> {
    private final InvoiceRelease release;

    public ReleaseSupplierInvoice(InvoiceRelease release) {
        this.release = release;
    }

    public record Config(
            @Describe("An invoice that was matched") UUID supplierInvoiceId,
            @Describe("A granted approval of its difference") Optional<UUID> approvalId,

            @Describe(value = "A difference may pass if the approval covers it", byDefault = "false")
            Optional<Boolean> acceptVariance) {}

    public record Output(
            @Describe("The journal's id; none where it waits for goods")
            Optional<UUID> journalId,

            @Describe("When it is to be paid") LocalDate dueDate,
            @Describe("released, on_hold where it waits for goods, or what it has become since") Status status,
            @Describe("false: it was released before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        var grounds =
                new InvoiceRelease.Grounds(config.approvalId(), config.acceptVariance().orElse(false));
        Done done = Outcomes.done(Refusals.asFailures(() -> release.release(
                tx, config.supplierInvoiceId(), grounds, context.documents(), new StepHerald(context))));
        Header header = done.invoice().header();
        return new Output(header.journalId(), header.dueDate(), header.status(), done.changed());
    }
}
