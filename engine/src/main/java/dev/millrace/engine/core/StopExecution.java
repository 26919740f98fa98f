package dev.millrace.engine.core;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.PureAction;
import java.util.Optional;

/** Ends the execution on purpose: the planner sees that this step completed, and starts nothing more. */
@Named(
        value = "core.stop",
        module = "core",
        description = "Ends the execution now: pending approvals and waits are cancelled, running steps finish, nothing"
                + " more starts.",
        inTimeout = false)
final class StopExecution implements PureAction<StopExecution.Config, StopExecution.Output> {
    enum Status {
        COMPLETED,
        CANCELLED
    }

    record Config(
            @Describe(value = "What the execution ends as", byDefault = "\"completed\"")
            Optional<Status> status,

            @Describe(value = "Why, for the trail", least = 1, most = 500)
            String reason) {}

    record Output() {}

    @Override
    public Output run(ActionContext context, Config config) {
        return new Output();
    }
}
