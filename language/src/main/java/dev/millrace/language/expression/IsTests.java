package dev.millrace.language.expression;

import static dev.millrace.language.expression.Operation.test;

import dev.millrace.language.expression.Node.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The tests: what may stand after {@code is} and in quotes in {@code select}. */
final class IsTests {
    private static final Map<String, Relation> COMPARING = Map.ofEntries(
            Map.entry("in", Relation.IN),
            Map.entry("eq", Relation.EQUAL),
            Map.entry("==", Relation.EQUAL),
            Map.entry("equalto", Relation.EQUAL),
            Map.entry("ne", Relation.NOT_EQUAL),
            Map.entry("!=", Relation.NOT_EQUAL),
            Map.entry("lt", Relation.LESS),
            Map.entry("<", Relation.LESS),
            Map.entry("lessthan", Relation.LESS),
            Map.entry("le", Relation.LESS_OR_EQUAL),
            Map.entry("<=", Relation.LESS_OR_EQUAL),
            Map.entry("gt", Relation.GREATER),
            Map.entry(">", Relation.GREATER),
            Map.entry("greaterthan", Relation.GREATER),
            Map.entry("ge", Relation.GREATER_OR_EQUAL),
            Map.entry(">=", Relation.GREATER_OR_EQUAL));

    private static final List<Operation> ASKING = List.of(
            test("defined", (value, args) -> Kind.of(value) != Kind.UNDEFINED).orUndefined(),
            test("undefined", (value, args) -> Kind.of(value) == Kind.UNDEFINED).orUndefined(),
            test("none", (value, args) -> value.isNull()).orUndefined(),
            test("string", (value, args) -> value.isString()),
            test("number", (value, args) -> value.isNumber()),
            test("boolean", (value, args) -> value.isBoolean()),
            test("true", (value, args) -> value.isBoolean() && value.booleanValue()),
            test("false", (value, args) -> value.isBoolean() && !value.booleanValue()),
            test("mapping", (value, args) -> value.isObject()),
            test("sequence", (value, args) -> isIterable(value)),
            test("iterable", (value, args) -> isIterable(value)),
            test("odd", (value, args) -> rest(value, BigDecimal.TWO, args).compareTo(BigDecimal.ONE) == 0),
            test("even", (value, args) -> rest(value, BigDecimal.TWO, args).signum() == 0),
            test("divisibleby", IsTests::divisible, "num"));

    static final List<Operation> ALL = all();

    private IsTests() {}

    private static List<Operation> all() {
        List<Operation> all = new ArrayList<>(ASKING);
        COMPARING.forEach((name, relation) -> all.add(
                test(name, (value, args) -> Comparisons.holds(relation, value, args.get(0), args.run()), "other")));
        return List.copyOf(all);
    }

    /** Texts and maps too, as in Jinja2. */
    private static boolean isIterable(JsonNode value) {
        return value.isArray() || value.isObject() || value.isString();
    }

    private static boolean divisible(JsonNode value, Arguments args) {
        return rest(value, number(args.get(0), args), args).signum() == 0;
    }

    private static BigDecimal rest(JsonNode value, BigDecimal divisor, Arguments args) {
        return Numbers.remainder(number(value, args), divisor, args.run()).decimalValue();
    }

    private static BigDecimal number(JsonNode value, Arguments args) {
        if (!value.isNumber()) {
            throw args.run()
                    .typeError("Expected numbers for this test, but there is "
                            + Kind.of(value).words() + "; convert it with | float");
        }
        return Numbers.of(value, args.run());
    }
}
