package dev.millrace.language.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * A filter or a test: what stands after {@code |} or {@code is}.
 *
 * @param acceptsUndefined its value may be a missing node; else that is an error before it is asked
 */
public record Operation(String name, List<Parameter> parameters, boolean acceptsUndefined, Body body) {

    public record Parameter(String name, boolean required) {}

    /** Pure; gives a missing node for undefined. */
    public interface Body {
        JsonNode apply(JsonNode value, Arguments arguments);
    }

    interface Question {
        boolean holds(JsonNode value, Arguments arguments);
    }

    /** @param parameters in order; a name that ends with {@code ?} may be left out */
    static Operation filter(String name, Body body, String... parameters) {
        return new Operation(name, parametersOf(parameters), false, body);
    }

    static Operation test(String name, Question question, String... parameters) {
        return filter(name, (value, arguments) -> BooleanNode.valueOf(question.holds(value, arguments)), parameters);
    }

    Operation orUndefined() {
        return new Operation(name, parameters, true, body);
    }

    Operation alias(String other) {
        return new Operation(other, parameters, acceptsUndefined, body);
    }

    static Map<String, Operation> byName(List<Operation> operations) {
        return operations.stream().collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));
    }

    private static List<Parameter> parametersOf(String... names) {
        return Arrays.stream(names)
                .map(name -> name.endsWith("?")
                        ? new Parameter(name.substring(0, name.length() - 1), false)
                        : new Parameter(name, true))
                .toList();
    }
}
