package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.ledger.Refusals;
import java.util.UUID;

/** Rejects a claim. */
@Named(
        value = "erp.expense_claim.reject",
        module = "finance",
        description = "Rejects a claim.",
        setsState = true,
        failures = {"not_found", "wrong_state"})
@Affects(entity = PaymentEvents.CLAIM, id = "expense_claim_id")
public final class RejectExpenseClaim implements LocalAction<RejectExpenseClaim.Config, RejectExpenseClaim.Output> {
    private final ClaimStates states;

    public RejectExpenseClaim(ClaimStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("A claim that is submitted") UUID expenseClaimId,

            @Describe(value = "Why", least = 1, most = 500) String reason) {}

    public record Output(
            @Describe("false: it was so before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        return Refusals.asFailures(
                () -> new Output(states.reject(tx, config.expenseClaimId(), config.reason(), new StepHerald(context))
                        .changed()));
    }
}
