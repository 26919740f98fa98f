package dev.millrace.language.typing;

import dev.millrace.language.expression.Node.Call;
import dev.millrace.language.expression.Node.Relation;
import dev.millrace.language.typing.Signature.OfNone;
import dev.millrace.language.typing.Signature.Parameter;
import dev.millrace.language.typing.Signature.Result;
import dev.millrace.language.typing.Type.Sort;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of what filters and tests take and give. A filter that is not in it takes anything and gives anything. */
final class Signatures {
    private static final Set<Sort> ALL = EnumSet.complementOf(EnumSet.of(Sort.ANY));
    private static final Set<Sort> ITERABLE = EnumSet.of(Sort.LIST, Sort.MAP, Sort.TEXT);
    private static final Result TO_TEXT = (value, arguments) -> Types.TEXT;
    private static final Result TO_WHOLE = (value, arguments) -> Types.WHOLE;
    private static final Result TO_TRUTH = (value, arguments) -> Types.TRUTH;
    private static final Result SAME = (value, arguments) -> value;
    private static final Result ITEM = (value, arguments) -> item(value);
    private static final Result LIST = (value, arguments) -> new Type.Items(item(value));

    private static final Signature UNKNOWN =
            new Signature(ALL, "any value", OfNone.MEANT, List.of(), (value, arguments) -> Types.ANY);

    private static final Map<String, Relation> RELATIONS = Map.ofEntries(
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

    private static final Map<String, Signature> FILTERS = filters();
    private static final Map<String, Signature> TESTS = tests();

    private Signatures() {}

    static Signature filter(Call call) {
        return FILTERS.getOrDefault(call.operation().name(), UNKNOWN);
    }

    static Signature test(Call call) {
        return TESTS.getOrDefault(call.operation().name(), UNKNOWN);
    }

    /** Of a test that compares. */
    static Optional<Relation> relation(String test) {
        return Optional.ofNullable(RELATIONS.get(test));
    }

    /** True: the table tells of it, or it compares. */
    static boolean knows(String name, boolean filter) {
        return filter ? FILTERS.containsKey(name) : TESTS.containsKey(name) || RELATIONS.containsKey(name);
    }

    private static Map<String, Signature> filters() {
        var table = new HashMap<String, Signature>();
        values(table);
        texts(table);
        lists(table);
        numbers(table);
        dates(table);
        return Map.copyOf(table);
    }

    private static void values(Map<String, Signature> table) {
        Signature orDefault = any(OfNone.MEANT, Signatures::orDefault, Parameter.ANY, Parameter.ANY);
        table.put("default", orDefault);
        table.put("d", orDefault);
        table.put(
                "if_none", any(OfNone.MEANT, (value, arguments) -> orElse(value, arguments.getFirst()), Parameter.ANY));
        table.put("string", any(OfNone.EMPTIES, TO_TEXT));
        table.put("tojson", any(OfNone.MEANT, TO_TEXT, Parameter.WHOLE));
    }

    /** Puts a value that is no text into text first. */
    private static void texts(Map<String, Signature> table) {
        for (String name : List.of("upper", "lower", "title", "capitalize")) {
            table.put(name, any(OfNone.EMPTIES, TO_TEXT));
        }
        table.put("trim", any(OfNone.EMPTIES, TO_TEXT, Parameter.TEXT));
        table.put("replace", any(OfNone.EMPTIES, TO_TEXT, Parameter.ANY, Parameter.ANY, Parameter.WHOLE));
        table.put(
                "truncate",
                any(OfNone.EMPTIES, TO_TEXT, Parameter.WHOLE, Parameter.ANY, Parameter.TEXT, Parameter.WHOLE));
    }

    private static void lists(Map<String, Signature> table) {
        Signature length = iterable(TO_WHOLE);
        table.put("length", length);
        table.put("count", length);
        table.put("first", iterable(ITEM));
        table.put("last", iterable(ITEM));
        table.put("list", iterable(LIST));
        table.put(
                "reverse",
                iterable((value, arguments) -> value.sort() == Sort.TEXT ? Types.TEXT : LIST.of(value, arguments)));
        table.put("join", iterable(TO_TEXT, Parameter.ANY, Parameter.FIELD));
        table.put("sort", iterable(LIST, Parameter.ANY, Parameter.ANY, Parameter.FIELD));
        table.put("unique", iterable(LIST, Parameter.ANY, Parameter.FIELD));
        table.put("sum", iterable((value, arguments) -> Types.NUMBER, Parameter.FIELD, Parameter.NUMBER));
        table.put("min", iterable(ITEM, Parameter.ANY, Parameter.FIELD));
        table.put("max", iterable(ITEM, Parameter.ANY, Parameter.FIELD));
    }

    private static void numbers(Map<String, Signature> table) {
        table.put(
                "int",
                any(OfNone.MEANT, (value, arguments) -> or(Types.WHOLE, arguments), Parameter.ANY, Parameter.WHOLE));
        table.put("float", any(OfNone.MEANT, (value, arguments) -> or(Types.NUMBER, arguments), Parameter.ANY));
        table.put("abs", number(SAME));
        table.put("round", number(Signatures::rounded, Parameter.WHOLE, Parameter.TEXT));
        table.put(
                "money",
                new Signature(
                        EnumSet.of(Sort.NUMBER, Sort.TEXT),
                        "an amount",
                        OfNone.FAILS,
                        List.of(Parameter.TEXT),
                        (value, arguments) -> Types.text(Type.Form.MONEY)));
    }

    private static void dates(Map<String, Signature> table) {
        table.put("date", date(TO_TEXT, Parameter.TEXT));
        table.put("add_days", date(Signatures::moved, Parameter.WHOLE));
        table.put("add_working_days", date(Signatures::moved, Parameter.WHOLE));
        table.put("days_until", date(TO_WHOLE));
    }

    private static Map<String, Signature> tests() {
        var table = new HashMap<String, Signature>();
        for (String name : List.of(
                "defined",
                "undefined",
                "none",
                "string",
                "number",
                "boolean",
                "true",
                "false",
                "mapping",
                "sequence",
                "iterable")) {
            table.put(name, any(OfNone.MEANT, TO_TRUTH));
        }
        table.put("odd", number(TO_TRUTH));
        table.put("even", number(TO_TRUTH));
        table.put("divisibleby", number(TO_TRUTH, Parameter.NUMBER));
        return Map.copyOf(table);
    }

    private static Signature any(OfNone none, Result result, Parameter... parameters) {
        return new Signature(ALL, "any value", none, List.of(parameters), result);
    }

    private static Signature iterable(Result result, Parameter... parameters) {
        return new Signature(ITERABLE, "a list", OfNone.FAILS, List.of(parameters), result);
    }

    private static Signature number(Result result, Parameter... parameters) {
        return new Signature(EnumSet.of(Sort.NUMBER), "a number", OfNone.FAILS, List.of(parameters), result);
    }

    private static Signature date(Result result, Parameter... parameters) {
        return new Signature(EnumSet.of(Sort.TEXT), "a date", OfNone.FAILS, List.of(parameters), result);
    }

    /** What a loop over the value would see. */
    static Type item(Type value) {
        return switch (value.present()) {
            case Type.Items items -> items.item();
            case Type.Text text -> Types.TEXT;
            case Type.Mapping map -> Types.TEXT;
            case Type.Unknown any -> Types.ANY;
            case Type.None none -> Types.ANY;
            case Type.Truth truth -> Types.ANY;
            case Type.Decimal number -> Types.ANY;
            case Type.Maybe maybe -> Types.ANY;
        };
    }

    private static Type orElse(Type value, Optional<Type> other) {
        if (value instanceof Type.Maybe || value instanceof Type.None || value instanceof Type.Unknown) {
            Type otherwise = other.orElse(Types.ANY);
            return value instanceof Type.None ? otherwise : value.present().or(otherwise);
        }
        return value;
    }

    /** Only what is not there at all is replaced, unless whatever counts as false is. */
    private static Type orDefault(Type value, List<Optional<Type>> arguments) {
        Optional<Type> other = Optional.of(arguments.getFirst().orElse(Types.literal("")));
        if (arguments.get(1).isPresent()) {
            return value.present().or(other.get());
        }
        return value instanceof Type.Maybe maybe && maybe.undefined() ? orElse(value, other) : value;
    }

    /** The first argument is what comes out of a value that holds no number. */
    private static Type or(Type number, List<Optional<Type>> arguments) {
        return arguments.getFirst().map(number::or).orElse(number);
    }

    private static Type rounded(Type value, List<Optional<Type>> arguments) {
        Optional<Unit> unit = value instanceof Type.Decimal number ? number.unit() : Optional.empty();
        return new Type.Decimal(arguments.getFirst().isEmpty(), unit, Optional.empty());
    }

    private static Type moved(Type value, List<Optional<Type>> arguments) {
        return value instanceof Type.Text text ? Types.text(text.form()) : Types.TEXT;
    }
}
