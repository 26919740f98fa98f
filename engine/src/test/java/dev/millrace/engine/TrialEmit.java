package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

@Named(value = "trial.emit", module = "trial", description = "Emits an order again.")
final class TrialEmit implements LocalAction<TrialEmit.Config, TrialEmit.Output> {
    record Config(@Describe("The amount of the new order") BigDecimal amount) {}

    record Output(
            @Describe("How many executions it started") int started) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        ObjectNode payload = Json.object();
        payload.put("id", context.executionId().toString()).put("amount", config.amount());
        return new Output(context.publish(tx, "order.created", payload).started());
    }
}
