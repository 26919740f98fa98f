package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.ledger.Refusals;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/** Approves a claim and books it. */
@Named(
        value = "erp.expense_claim.approve",
        module = "finance",
        description = "Approves a claim and books expense against Employee claims payable.",
        setsState = true,
        failures = {"not_found", "wrong_state", "amount_invalid", "amount_above_claim", "period_closed"})
@Affects(entity = PaymentEvents.CLAIM, id = "expense_claim_id", amountOf = "trigger.amount", emits = "journal.posted")
public final class ApproveExpenseClaim implements LocalAction<ApproveExpenseClaim.Config, ApproveExpenseClaim.Output> {
    private final ClaimStates states;

    public ApproveExpenseClaim(ClaimStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("A claim that is submitted") UUID expenseClaimId,

            @Describe("Above 0, at most what is claimed; that without one")
            Optional<BigDecimal> approvedAmount) {}

    public record Output(
            @Describe("What booked it") UUID journalId,
            @Describe("What will be paid") BigDecimal approvedAmount,
            @Describe("false: it was approved before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        ClaimStates.Done done = Refusals.asFailures(
                () -> states.approve(tx, config.expenseClaimId(), config.approvedAmount(), new StepHerald(context)));
        ExpenseClaim claim = done.claim();
        return new Output(
                claim.journalId().orElseThrow(), claim.approvedAmount().orElseThrow(), done.changed());
    }
}
