package dev.millrace.language.yaml;

import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Writes texts as scalars, so that what is read back is the same text. */
public final class Rewrite {
    /** Unquoted these mean themselves, in braces and brackets too. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_ ./@+-]*[A-Za-z0-9_./@+-])?");

    private Rewrite() {}

    /** As short as it may be: without quotes where the text needs none. */
    public static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && Scalars.plain(text).filter(node -> node.isString()).isPresent();
        return plain ? text : '"' + doubleQuoted(text) + '"';
    }

    /** As a part of a scalar of the style; empty: it cannot stand there. */
    public static Optional<String> inside(ScalarStyle style, String text) {
        return switch (style) {
            case DOUBLE_QUOTED -> Optional.of(doubleQuoted(text));
            case SINGLE_QUOTED -> text.indexOf('\n') < 0 ? Optional.of(text.replace("'", "''")) : Optional.empty();
            case PLAIN, LITERAL, FOLDED, JSON_SCALAR_STYLE ->
                PLAIN.matcher(text).matches() ? Optional.of(text) : Optional.empty();
        };
    }

    private static String doubleQuoted(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        escaped.append("\\u%04x".formatted(c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
