package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.ledger.Refusals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Posts every payment of a run. */
@Named(
        value = "erp.payment_run.release",
        module = "finance",
        description = "Posts every payment of an approved run, all or nothing.",
        setsState = true,
        failures = {
            "not_found",
            "wrong_state",
            "segregation_of_duties",
            "document_not_payable",
            "document_already_paid",
            "party_blocked",
            "bank_unverified",
            "period_closed"
        })
@Affects(
        entity = PaymentEvents.RUN,
        id = "payment_run_id",
        amountOf = "trigger.total_amount",
        emits = PaymentEvents.POSTED)
public final class ReleasePaymentRun implements LocalAction<ReleasePaymentRun.Config, ReleasePaymentRun.Output> {
    private final RunStates states;

    public ReleasePaymentRun(RunStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("A run that is proposed") UUID paymentRunId,

            @Describe(
                    value = "Who approved it: members, and never the one who prepared it",
                    as = Describe.As.MEMBER,
                    orSingle = true)
            Optional<List<String>> approvedBy) {}

    public record Output(
            @Describe("How many were posted") int payments,
            @Describe("Of all of them") BigDecimal totalAmount,
            @Describe("false: it was released before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        RunStates.Done done = Refusals.asFailures(() -> states.release(
                tx, config.paymentRunId(), config.approvedBy().orElse(List.of()), new StepHerald(context)));
        return new Output(done.run().paymentCount(), done.run().totalAmount(), done.changed());
    }
}
