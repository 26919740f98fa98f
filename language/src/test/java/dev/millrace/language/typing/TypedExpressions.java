package dev.millrace.language.typing;

import java.util.Random;

/**
 * Makes expressions over the payload of {@link Sample}, most of them well typed. What may be missing is sometimes asked
 * for before and sometimes not; now and then an operand of an operation is of another type.
 */
final class TypedExpressions {
    private final Random random;

    TypedExpressions(long seed) {
        random = new Random(seed);
    }

    String next() {
        return switch (random.nextInt(4)) {
            case 0 -> number(3);
            case 1 -> text(3);
            case 2 -> truth(3);
            default -> list(2);
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** What stands where a number is meant: one in twelve is something else. */
    private String operand(int depth) {
        return random.nextInt(12) == 0
                ? pick(
                        "trigger.po_number",
                        "trigger.words",
                        "trigger.big",
                        "none",
                        "'x'",
                        "trigger.margin",
                        "trigger.email")
                : "(" + number(depth) + ")";
    }

    private String number(int depth) {
        if (depth == 0) {
            return pick(
                    "trigger.count",
                    "trigger.percent",
                    "trigger.total_amount",
                    "trigger.lines[0].amount",
                    "2",
                    "0.5",
                    "(trigger.margin | if_none(1))",
                    "trigger.numbers[0]");
        }
        return switch (random.nextInt(12)) {
            case 0 -> operand(depth - 1) + pick(" + ", " - ") + operand(depth - 1);
            case 1 -> "(" + number(depth - 1) + ") * " + pick(number(0), "trigger.big", "trigger.margin");
            case 2 -> "-" + operand(depth - 1);
            case 3 -> operand(depth - 1) + " | " + pick("abs", "round", "round(1)", "int", "float");
            case 4 -> "(" + text(depth - 1) + ") | length";
            case 5 -> "trigger.lines | sum(attribute='" + pick("amount", "quantity", "account", "discount") + "')";
            case 6 ->
                "trigger.lines | " + pick("selectattr('discount')", "selectattr('discount', 'ne', none)", "reverse")
                        + " | sum(attribute='discount')";
            case 7 -> list(depth - 1) + " | length";
            case 8 -> guarded("trigger.margin", "trigger.margin * 2", number(depth - 1));
            case 9 -> "(" + number(depth - 1) + ") if " + truth(depth - 1) + " else (" + number(depth - 1) + ")";
            case 10 -> "trigger.due | " + pick("add_days(2) | ", "add_working_days(3) | ", "") + "days_until";
            default -> "trigger.numbers | " + pick("sum", "sort | first", "max", "min", "unique | last");
        };
    }

    /** Asks in one of several ways, one of them wrong. */
    private String guarded(String path, String then, String otherwise) {
        return switch (random.nextInt(4)) {
            case 0 -> then + " if " + path + " is not none else (" + otherwise + ")";
            case 1 -> "(" + otherwise + ") if " + path + " is none else " + then;
            case 2 -> then + " if not (" + path + " is none) else (" + otherwise + ")";
            default -> then + " if " + path + " is none else (" + otherwise + ")";
        };
    }

    private String text(int depth) {
        if (depth == 0) {
            return pick(
                    "trigger.po_number",
                    "trigger.status",
                    "trigger.id",
                    "trigger.supplier.name",
                    "'abc'",
                    "(trigger.email | if_none('none'))",
                    "trigger.words[0]");
        }
        return switch (random.nextInt(9)) {
            case 0 -> "(" + text(depth - 1) + ") ~ (" + pick(text(0), number(0), "trigger.email") + ")";
            case 1 -> "(" + text(depth - 1) + ") + " + pick(text(0), text(0), text(0), number(0));
            case 2 ->
                "(" + text(depth - 1) + ") | " + pick("upper", "title", "trim", "replace('a', 'b')", "truncate(9)");
            case 3 -> "trigger." + pick("due", "at", "needed_by") + " | date";
            case 4 -> pick("(" + number(depth - 1) + ")", "trigger.margin", "trigger.big") + " | money";
            case 5 -> list(depth - 1) + " | join(', ')";
            case 6 -> guarded("trigger.email", "trigger.email | upper", text(depth - 1));
            case 7 -> guarded("trigger.contact", "trigger.contact.name", text(depth - 1));
            default -> "trigger.lines | map(attribute='" + pick("account", "note") + "') | join";
        };
    }

    private String truth(int depth) {
        if (depth == 0) {
            return pick(
                    "trigger.big",
                    "trigger.count is odd",
                    "trigger.email is none",
                    "trigger.status == 'draft'",
                    "trigger.count > 2");
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> operand(depth - 1) + pick(" < ", " >= ", " == ", " != ") + operand(depth - 1);
            case 2 -> "(" + text(depth - 1) + ")" + pick(" < ", " != ") + pick("trigger.po_number", "'x'", number(0));
            case 3 -> "(" + truth(depth - 1) + ")" + pick(" and ", " or ") + "(" + truth(depth - 1) + ")";
            case 4 -> "not (" + truth(depth - 1) + ")";
            case 5 -> "trigger.margin is not none and trigger.margin > " + number(0);
            case 6 -> "trigger.margin is none or trigger.margin " + pick("<", ">") + " " + operand(depth - 1);
            case 7 ->
                "trigger.po_number in "
                        + pick("trigger.words", "trigger.tags", "'abc'", "trigger.count", "trigger.notes");
            case 8 -> "trigger.margin | if_none(" + pick("0", "9") + ") > 5 and trigger.margin > 1";
            default -> operand(depth - 1) + " is " + pick("odd", "divisibleby 3", "gt 2", "even");
        };
    }

    private String list(int depth) {
        if (depth == 0) {
            return pick("trigger.words", "[" + text(0) + ", 'b']", "(trigger.tags | if_none([]))");
        }
        return "("
                + switch (random.nextInt(6)) {
                    case 0 -> list(depth - 1) + " + " + pick("trigger.words", "['a']", "trigger.po_number");
                    case 1 -> list(depth - 1) + " | " + pick("sort", "reverse", "unique", "list") + " | list";
                    case 2 -> list(depth - 1) + " | map('" + pick("upper", "length", "round", "title") + "') | list";
                    case 3 ->
                        list(depth - 1) + " | select('" + pick("string", "eq', 'x", "odd", "lt', 'x") + "') | list";
                    case 4 -> "trigger.lines | map(attribute='" + pick("account", "acount") + "') | list";
                    default -> list(depth - 1) + "[" + pick("0:2", ":1", "1:", "'x':") + "]";
                }
                + ")";
    }
}
