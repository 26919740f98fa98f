package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.util.Optional;

@Named(value = "trial.fail", module = "trial", description = "Writes one row and fails.")
final class TrialFail implements LocalAction<TrialFail.Config, TrialFail.Output> {
    record Config(
            @Describe("Trying again may help") boolean retryable,
            @Describe("Succeeds from this attempt on") Optional<Integer> until) {}

    record Output(@Describe("The attempt that succeeded") int attempt) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        TrialActions.effect(tx, context, "fail");
        if (config.until().filter(n -> context.attempt() >= n).isPresent()) {
            return new Output(context.attempt());
        }
        throw config.retryable()
                ? ActionFailure.retryable("broken", "It is broken")
                : ActionFailure.permanent("broken", "It is broken");
    }
}
