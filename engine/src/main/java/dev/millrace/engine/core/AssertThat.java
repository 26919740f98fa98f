package dev.millrace.engine.core;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.PureAction;
import dev.millrace.language.PureActions;
import java.util.Optional;

/** Fails the execution with a message unless a condition holds. */
@Named(
        value = "core.assert",
        module = "core",
        description = "Fails the execution with a message unless a condition holds.",
        failures = "assertion_failed")
final class AssertThat implements PureAction<AssertThat.Config, AssertThat.Output> {
    record Config(
            @Describe(value = "What must hold", as = Describe.As.EXPRESSION)
            String that,

            @Describe(value = "What to say when it does not", least = 1, most = 2000)
            String message,

            @Describe(value = "The error's code, snake_case", byDefault = "\"assertion_failed\"")
            Optional<String> code) {}

    record Output() {}

    @Override
    public Output run(ActionContext context, Config config) {
        PureActions.assertion(config.that(), context.evaluate(config.that()), config.message(), config.code())
                .ifPresent(failed -> {
                    throw ActionFailure.permanent(failed.code(), failed.message());
                });
        return new Output();
    }
}
