package dev.millrace.language.expression;

import static dev.millrace.language.expression.Operation.filter;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Filters that give a text. A value that is no text is put into text first, as Jinja2 does. */
final class TextFilters {
    private static final int TRUNCATED_LENGTH = 255;
    private static final int LEEWAY = 5;
    private static final String BEFORE_WORD = "-({[<";

    static final List<Operation> ALL = List.of(
            filter("upper", changed(text -> text.toUpperCase(Locale.ROOT))),
            filter("lower", changed(text -> text.toLowerCase(Locale.ROOT))),
            filter("title", changed(TextFilters::title)),
            filter("capitalize", changed(TextFilters::capitalize)),
            filter("trim", TextFilters::trim, "chars?"),
            filter("replace", TextFilters::replace, "old", "new", "count?"),
            filter("truncate", TextFilters::truncate, "length?", "killwords?", "end?", "leeway?"));

    private TextFilters() {}

    private static Operation.Body changed(UnaryOperator<String> change) {
        return (value, args) -> args.run().text(change.apply(Values.text(value, args.run())));
    }

    private static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static String title(String text) {
        StringBuilder title = new StringBuilder();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isBeforeWord(text.charAt(i))) {
                title.append(capitalize(text.substring(start, i))).append(text.charAt(i));
                start = i + 1;
            }
        }
        return title.append(capitalize(text.substring(start))).toString();
    }

    private static boolean isBeforeWord(char c) {
        return isSpace(c) || BEFORE_WORD.indexOf(c) >= 0;
    }

    private static JsonNode trim(JsonNode value, Arguments args) {
        String text = Values.text(value, args.run());
        String dropped = args.text(0, "");
        args.run().searching(text, dropped);
        IntPredicate drops = args.has(0) ? c -> dropped.indexOf(c) >= 0 : TextFilters::isSpace;
        int start = 0;
        int end = text.length();
        while (start < end && drops.test(text.codePointAt(start))) {
            start = text.offsetByCodePoints(start, 1);
        }
        while (end > start && drops.test(text.codePointBefore(end))) {
            end = text.offsetByCodePoints(end, -1);
        }
        return args.run().text(text.substring(start, end));
    }

    /** The no-break space too, as in Python. */
    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static JsonNode replace(JsonNode value, Arguments args) {
        String text = Values.text(value, args.run());
        String old = Values.text(args.get(0), args.run());
        String replacement = Values.text(args.get(1), args.run());
        int left = args.whole(2, -1);
        args.run().searching(text, old);
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(old); at >= 0 && left != 0; left--) {
            args.run().append(result, text.substring(from, at));
            args.run().append(result, replacement);
            from = at + old.length();
            at = nextMatch(text, old, from);
        }
        args.run().append(result, text.substring(Math.min(from, text.length())));
        return args.run().text(result.toString());
    }

    /** The empty text is found before each character and at the end, as in Python. */
    private static int nextMatch(String text, String old, int from) {
        return old.isEmpty() ? (from < text.length() ? text.offsetByCodePoints(from, 1) : -1) : text.indexOf(old, from);
    }

    /** As Jinja2: a text that is longer by no more than the leeway stays whole; words stay whole unless killed. */
    private static JsonNode truncate(JsonNode value, Arguments args) {
        String text = Values.text(value, args.run());
        int length = args.whole(0, TRUNCATED_LENGTH);
        String end = args.text(2, "...");
        int leeway = args.whole(3, LEEWAY);
        int kept = length - end.codePointCount(0, end.length());
        if (kept < 0 || leeway < 0) {
            throw args.run()
                    .error("Expected a length of at least that of its end '" + end + "' for | truncate, but it is "
                            + length + "; give a greater length or end=''");
        }
        if (text.codePointCount(0, text.length()) <= (long) length + leeway) {
            return args.run().text(text);
        }
        String start = text.substring(0, text.offsetByCodePoints(0, kept));
        int space = args.flag(1) ? -1 : start.lastIndexOf(' ');
        return args.run().text((space < 0 ? start : start.substring(0, space)) + end);
    }
}
