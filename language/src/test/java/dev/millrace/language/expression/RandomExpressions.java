package dev.millrace.language.expression;

import java.util.Random;

/** Makes expressions whose meaning is Jinja2's, without the differences that the package tells of. */
public final class RandomExpressions {
    static final String DATA = """
            {"n": 7, "d": 12.50, "z": 0, "m": -3.7, "s": "Hello wide World", "t": "", "u": "äÖ ₹ 12",
             "ns": [3, 1.5, -2, 3, 10], "ss": ["pear", "Apple", "fig", "apple"], "e": [],
             "rows": [{"a": 5, "b": "x", "c": {"v": 2}}, {"a": 2.5, "b": "Y", "c": {"v": 1}},
                      {"a": 5, "b": "w", "c": {"v": 1}}],
             "o": {"k": 4, "w": "word"}}""";

    private final Random random;

    public RandomExpressions(long seed) {
        random = new Random(seed);
    }

    public String next() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> number(4);
            case 3, 4 -> text(4);
            case 5 -> truth(4);
            default -> list(4);
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String number(int depth) {
        if (depth == 0) {
            return pick("n", "d", "z", "m", "o.k", "o['k']", "1", "2", "0.1", "3.75", "10", "1_000", "1e2", "0.005");
        }
        String a = number(depth - 1);
        return switch (random.nextInt(15)) {
            case 0, 1 -> a + pick(" + ", " - ", " * ", " / ", " // ", " % ") + number(depth - 1);
            case 2 ->
                "(" + a + pick(" + ", " - ") + number(depth - 1) + ")" + pick(" * ", " / ", " // ", " % ") + number(0);
            case 3 -> pick("-", "+", "- -") + number(0) + pick("", " ** 2", " ** 3", " | abs");
            case 4 ->
                "(" + a + ") | "
                        + pick(
                                "abs",
                                "round",
                                "round(1)",
                                "round(2)",
                                "int",
                                "round(precision=1)",
                                "float",
                                "round(0, 'ceil')",
                                "round(0, 'floor')",
                                "round(-1)");
            case 5 -> numbers(depth - 1) + " | " + pick("sum", "min", "max", "first", "last", "length", "count");
            case 6 -> numbers(depth - 1) + "[" + pick("0", "1", "-1", "9") + "]";
            case 7 -> a + " if " + truth(depth - 1) + " else " + number(depth - 1);
            case 8 -> "(" + a + ")" + pick(" and ", " or ") + "(" + number(depth - 1) + ")";
            case 9 -> pick("nothing", "o.nothing", "e | first", "(1 if false)") + " | default(" + number(0) + ")";
            case 10 -> "rows | sum(attribute='" + pick("a", "c.v") + "')" + pick("", " + 1");
            case 11 -> text(depth - 1) + " | length";
            case 12 -> pick("'12'", "' 7.5 '", "'x'", "'1_0'", "'-3'") + " | " + pick("int", "int(4)", "float");
            case 13 -> number(0) + " ** " + pick("0", "1", "2", "-1", "5") + pick("", " ** 2", " * 2");
            default -> "(rows | " + pick("first", "last") + ")." + pick("a", "c.v", "c['v']");
        };
    }

    private String text(int depth) {
        if (depth == 0) {
            return pick(
                    "s", "t", "u", "o.w", "'a b'", "\"it's\"", "'x' 'y'", "'a\\n\\u20b9'", "'foo-bar (baz)'", "'  p '");
        }
        String a = text(depth - 1);
        return switch (random.nextInt(14)) {
            case 0 -> a + " ~ " + pick(text(0), number(0), number(1));
            case 1 -> "(" + a + ") + " + text(0);
            case 2 -> "(" + a + ") * " + pick("2", "0", "3");
            case 3, 4 -> "(" + a + ") | " + pick("upper", "lower", "title", "capitalize", "trim", "string", "reverse");
            case 5 ->
                "(" + a + ") | replace(" + pick("'a', 'bc'", "'l', ''", "'o', '0', 1", "'', '-'", "old=' ', new='_'")
                        + ")";
            case 6 ->
                "(" + a + ") | truncate("
                        + pick("5", "9", "5, true", "4, false, '.'", "6, leeway=0", "length=8, end=''") + ")";
            case 7 -> strings(depth - 1) + " | join" + pick("", "(', ')", "(d='-')");
            case 8 -> numbers(depth - 1) + " | join(" + pick("'/'", "' '") + ")";
            case 9 -> "(" + a + ")[" + pick("0", "-1", "1:3", ":2", "::-1", "::2", "-3:", "5:1:-2", ":") + "]";
            case 10 -> strings(depth - 1) + " | " + pick("first", "last", "min", "max");
            case 11 -> a + " if " + truth(depth - 1) + " else " + text(0);
            case 12 -> "(" + a + ") | " + pick("trim('p ')", "trim(chars='HdW')", "default('q', true)", "default('q')");
            default -> "rows | " + pick("map(attribute='b') | join", "join(', ', attribute='b')", "join('', 'a')");
        };
    }

    private String truth(int depth) {
        if (depth == 0) {
            return pick(
                    "true",
                    "false",
                    "n is odd",
                    "z is even",
                    "d is defined",
                    "nothing is defined",
                    "nothing is not defined",
                    "o.k is none",
                    "s is string",
                    "d is number",
                    "ns is iterable",
                    "o is mapping",
                    "s is sequence",
                    "true is boolean",
                    "d is boolean",
                    "none is none",
                    "not z");
        }
        String n = number(depth - 1);
        return switch (random.nextInt(11)) {
            case 0 -> "(" + n + pick(" < ", " <= ", " > ", " >= ", " == ", " != ") + number(depth - 1) + ")";
            case 1 -> number(0) + " < " + number(0) + pick(" <= ", " != ", " > ") + number(0);
            case 2 -> "(" + text(depth - 1) + pick(" < ", " >= ", " == ", " != ") + text(0) + ")";
            case 3 -> number(0) + pick(" in ", " not in ") + numbers(depth - 1);
            case 4 -> text(0) + pick(" in ", " not in ") + pick(text(0), "o", strings(0));
            case 5 -> "(" + truth(depth - 1) + pick(" and ", " or ") + truth(depth - 1) + ")";
            case 6 -> "not " + truth(depth - 1);
            case 7 ->
                "(" + n + ") is "
                        + pick(
                                "divisibleby 2",
                                "divisibleby(3)",
                                "gt 2",
                                "le(5)",
                                "ne 1",
                                "in [1, 7]",
                                "not odd",
                                "eq 7",
                                "lt 0 and true",
                                "ge(1) or false");
            case 8 -> "(" + numbers(depth - 1) + pick(" == ", " != ") + pick(numbers(0), strings(0)) + ")";
            case 9 -> numbers(0) + pick(" < ", " >= ") + numbers(0);
            default -> "(" + number(0) + " == " + text(0) + ")";
        };
    }

    private String list(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> strings(depth);
            case 1 -> numbers(depth);
            case 2 ->
                rows()
                        + pick(
                                "",
                                " | map(attribute='c') | list",
                                " | list | length",
                                " | map(attribute='q', default='-') | list");
            case 3 ->
                "{'k': " + number(0) + ", \"j\": (" + text(1) + ") | d('dd')}"
                        + pick("", ".k", "['j']", " | list", " | length");
            default -> "[" + number(0) + ", (" + text(1) + ") | d('dd'), [" + truth(1) + "]]";
        };
    }

    private String rows() {
        return "rows | "
                + pick(
                        "sort(attribute='a')",
                        "sort(attribute='b')",
                        "sort(true, attribute='a,b')",
                        "sort(attribute='c.v')",
                        "selectattr('a', 'gt', 3)",
                        "rejectattr('b', 'eq', 'x')",
                        "selectattr('c.v', '==', 1)",
                        "unique(attribute='a')",
                        "reverse",
                        "selectattr('a')",
                        "rejectattr('q', 'defined')",
                        "sort(attribute='b', case_sensitive=true)");
    }

    private String numbers(int depth) {
        if (depth == 0) {
            return pick("ns", "[1, 2, 3]", "(4, 5)", "[n, d]", "e", "[0.5,]", "()");
        }
        String a = "(" + numbers(depth - 1) + ")";
        return switch (random.nextInt(9)) {
            case 0 -> "(" + a + " + " + numbers(0) + ")";
            case 1 -> "(" + a + " * 2)";
            case 2, 3 -> "(" + a + " | " + pick("sort", "sort(reverse=true)", "unique", "reverse", "list") + " | list)";
            case 4 ->
                "(" + a + " | "
                        + pick(
                                "select('odd')",
                                "reject('gt', 2)",
                                "select",
                                "select('divisibleby', 2)",
                                "map('abs')",
                                "map('round', 1)",
                                "select('in', [1, 3])")
                        + " | list)";
            case 5 -> "(" + a + "[" + pick("1:", ":-1", "::2", "::-1") + "])";
            case 6 -> "(rows | map(attribute='a') | list)";
            case 7 -> "[(" + number(depth - 1) + ") | default(8), " + number(0) + "]";
            default -> "(" + strings(0) + " | map('length') | list)";
        };
    }

    private String strings(int depth) {
        if (depth == 0) {
            return pick("ss", "['b', 'B', 'a']", "('x',)", "(s | list)", "['10', '9']");
        }
        String a = "(" + strings(depth - 1) + ")";
        return switch (random.nextInt(6)) {
            case 0 -> "(" + a + " + " + strings(0) + ")";
            case 1, 2 ->
                "(" + a + " | "
                        + pick("sort", "sort(case_sensitive=true)", "sort(true)", "unique", "reverse", "unique(true)")
                        + " | list)";
            case 3 ->
                "(" + a + " | "
                        + pick(
                                "map('upper')",
                                "map('replace', 'p', 'q')",
                                "select('in', 'apple pear')",
                                "reject('eq', 'fig')",
                                "map('truncate', 3, true, '', 0)",
                                "map('title')")
                        + " | list)";
            case 4 -> "(" + a + "[" + pick("1:", "::-1", ":1") + "])";
            default -> "[(" + text(depth - 1) + ") | default('dd'), " + text(0) + "]";
        };
    }
}
