package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.SupplierChange.Done;
import dev.millrace.erp.core.StepHerald;
import java.util.UUID;

/** Lets money go to a supplier's bank account, after somebody has asked there. */
@Named(
        value = "erp.supplier.verify_bank",
        module = "procurement",
        description =
                "Marks the bank details of a supplier as verified, on the strength of an approval; payments to the supplier are possible again.",
        setsState = true,
        failures = {"not_found", "bank_details_missing", "approval_required", "approval_stale"})
@Affects(entity = SupplierEvents.TYPE, id = "supplier_id")
public final class VerifySupplierBank implements LocalAction<VerifySupplierBank.Config, VerifySupplierBank.Output> {
    private final SupplierStates states;

    public VerifySupplierBank(SupplierStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("The supplier's id") UUID supplierId,

            @Describe("A granted approval of the supplier as it is")
            UUID approvalId) {}

    public record Output(
            @Describe("true") boolean bankVerified,
            @Describe("false: they were verified before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        Done done = SupplierFailures.done(states.verifyBank(
                tx, config.supplierId(), config.approvalId(), context.documents(), new StepHerald(context)));
        return new Output(done.supplier().bank().verified(), done.changed());
    }
}
