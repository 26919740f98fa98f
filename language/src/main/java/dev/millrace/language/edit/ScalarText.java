package dev.millrace.language.edit;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Writes a text, number, boolean or nothing; quotes only what would be read as something else, or is easily misread. */
final class ScalarText {
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}0-9_/(+.$₹][\\p{L}\\p{M}0-9 _/()+.$₹<>=!*|&%@;?'\"\\\\^~:#-]*");
    private static final Pattern NOT_TEXT = Pattern.compile("(?i)~|null|true|false");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+");

    private ScalarText() {}

    /** On one line; between brackets as well as in a block. */
    static String of(JsonNode value) {
        if (value.isString()) {
            return of(value.stringValue());
        }
        if (value.isNumber()) {
            return value.decimalValue().toString();
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "true" : "false";
        }
        return "null";
    }

    static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        boolean single = text.indexOf('\'') < 0
                && (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0)
                && text.codePoints().allMatch(ScalarText::isPrintable);
        return single ? "'" + text + "'" : quoted(text);
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches()
                && !text.endsWith(" ")
                && !text.endsWith(":")
                && !text.contains(": ")
                && !text.contains(" #")
                && !NOT_TEXT.matcher(text).matches()
                && !NUMBER.matcher(text).matches();
    }

    static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(c > 0xFFFF ? "\\U%08X".formatted(c) : "\\u%04X".formatted(c));
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    /** On a line of its own text; a byte order mark, a line separator and what is not assigned are not. */
    static boolean isPrintable(int c) {
        int kind = Character.getType(c);
        return kind != Character.CONTROL
                && kind != Character.FORMAT
                && kind != Character.LINE_SEPARATOR
                && kind != Character.PARAGRAPH_SEPARATOR
                && kind != Character.SURROGATE
                && kind != Character.PRIVATE_USE
                && kind != Character.UNASSIGNED;
    }
}
