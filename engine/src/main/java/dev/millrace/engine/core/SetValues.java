package dev.millrace.engine.core;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.PureAction;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Gives names to values; no effect outside. */
@Named(
        value = "core.set",
        module = "core",
        description = "Computes named values for later steps; no effect outside.",
        failures = "template_error")
final class SetValues implements PureAction<SetValues.Config, SetValues.Output> {
    record Config(
            @Describe(value = "The values by name", least = 1, most = 50)
            Map<String, JsonNode> values) {}

    record Output(@JsonValue Map<String, JsonNode> values) {}

    @Override
    public Output run(ActionContext context, Config config) {
        return new Output(config.values());
    }
}
