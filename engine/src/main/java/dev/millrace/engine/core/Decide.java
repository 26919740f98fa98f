package dev.millrace.engine.core;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.millrace.engine.Json;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.PureAction;
import dev.millrace.language.PureActions;
import dev.millrace.language.PureActions.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A decision table: the first rule that holds gives the output. */
@Named(
        value = "core.decide",
        module = "core",
        description = "Decision table: first row whose when is true gives the output.",
        failures = {"no_rule_matched", "template_error"})
final class Decide implements PureAction<Decide.Config, Decide.Output> {
    record Rule(
            @Describe(value = "when the row applies", as = Describe.As.EXPRESSION)
            String when,

            @Describe("what it gives") Map<String, JsonNode> then) {}

    record Config(
            @Describe(value = "Each {when: expression, then: map}; 1..100", least = 1, most = 100)
            List<Rule> rules,

            @Describe("Without it: failure no_rule_matched") Optional<Map<String, JsonNode>> otherwise) {}

    record Output(@JsonValue ObjectNode values) {}

    @Override
    public Output run(ActionContext context, Config config) {
        return switch (PureActions.decide(Json.tree(config), context::holds)) {
            case Result.Output output -> new Output(output.output());
            case Result.Failed failed -> throw ActionFailure.permanent(failed.code(), failed.message());
        };
    }
}
