package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.CallAction;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;

@Named(value = "trial.ping", module = "trial", description = "Calls out and writes nothing.")
final class TrialPing implements CallAction<TrialPing.Config, TrialPing.Output> {
    private final TrialActions.Calls calls;

    TrialPing(TrialActions.Calls calls) {
        this.calls = calls;
    }

    record Config() {}

    record Output(@Describe("The key that was sent on") String key) {}

    @Override
    public Output call(ActionContext context, Config config) {
        calls.make(new TrialActions.Calls.Made(
                context.executionId(), context.stepId(), context.attempt(), context.idempotencyKey()));
        return new Output(context.idempotencyKey());
    }
}
