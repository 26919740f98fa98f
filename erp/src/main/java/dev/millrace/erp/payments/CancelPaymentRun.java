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

/** Cancels a run and its payments. */
@Named(
        value = "erp.payment_run.cancel",
        module = "finance",
        description = "Cancels a proposed run and frees its invoices.",
        setsState = true,
        failures = {"not_found", "wrong_state"})
@Affects(entity = PaymentEvents.RUN, id = "payment_run_id")
public final class CancelPaymentRun implements LocalAction<CancelPaymentRun.Config, CancelPaymentRun.Output> {
    private final RunStates states;

    public CancelPaymentRun(RunStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("A run that is proposed") UUID paymentRunId,

            @Describe(value = "Why", least = 1, most = 500) String reason) {}

    public record Output(
            @Describe("false: it was so before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        return Refusals.asFailures(
                () -> new Output(states.cancel(tx, config.paymentRunId(), config.reason(), new StepHerald(context))
                        .changed()));
    }
}
