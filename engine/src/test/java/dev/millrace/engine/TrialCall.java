package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.Named;

@Named(value = "trial.call", module = "trial", description = "TrialActions.Calls out.")
final class TrialCall implements ExternalAction<TrialCall.Config, String, TrialCall.Output> {
    private final TrialActions.Calls calls;

    TrialCall(TrialActions.Calls calls) {
        this.calls = calls;
    }

    record Config() {}

    record Output(@Describe("The key that was sent on") String key) {}

    @Override
    public String call(ActionContext context, Config config) {
        calls.made.add(new TrialActions.Calls.Made(
                context.executionId(), context.stepId(), context.attempt(), context.idempotencyKey()));
        calls.during.run();
        return context.idempotencyKey();
    }

    @Override
    public Output record(Tx tx, ActionContext context, Config config, String answer) {
        TrialActions.effect(tx, context, answer);
        return new Output(answer);
    }
}
