package dev.millrace.language.expression;

import static dev.millrace.language.expression.Operation.filter;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Filters for values of any type. */
final class ValueFilters {
    private static final Operation DEFAULT = filter("default", ValueFilters::orDefault, "default_value?", "boolean?")
            .orUndefined();

    static final List<Operation> ALL = List.of(
            DEFAULT,
            DEFAULT.alias("d"),
            filter("if_none", (value, args) -> isNothing(value) ? args.maybe(0) : value, "default_value")
                    .orUndefined(),
            filter("string", (value, args) -> args.run().text(Values.text(value, args.run()))),
            filter("tojson", ValueFilters::toJson, "indent?"));

    private ValueFilters() {}

    private static JsonNode orDefault(JsonNode value, Arguments args) {
        boolean replaced = Kind.of(value) == Kind.UNDEFINED || (args.flag(1) && !Values.truth(value));
        if (!replaced) {
            return value;
        }
        return args.given(0) ? args.maybe(0) : StringNode.valueOf("");
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || Kind.of(value) == Kind.UNDEFINED;
    }

    private static JsonNode toJson(JsonNode value, Arguments args) {
        int indent = Math.clamp(args.whole(0, 0), 0, 16);
        return args.run().text(JsonText.write(value, indent, args.run()));
    }
}
