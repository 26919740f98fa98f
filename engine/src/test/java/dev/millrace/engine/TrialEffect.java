package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.util.Optional;

@Named(value = "trial.effect", module = "trial", description = "Writes one row.")
final class TrialEffect implements LocalAction<TrialEffect.Config, TrialEffect.Output> {
    record Config(@Describe("What to write") Optional<String> note) {}

    record Output(
            @Describe("What was written") String note,
            @Describe("Of this attempt") int attempt) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        TrialActions.effect(tx, context, config.note().orElse(""));
        return new Output(config.note().orElse(""), context.attempt());
    }
}
