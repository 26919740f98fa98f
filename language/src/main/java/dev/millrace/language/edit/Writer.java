package dev.millrace.language.edit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Writes values as YAML in the style of a text. */
final class Writer {
    private final Style style;
    private final Set<String> flowKeys = new HashSet<>();
    private final Set<String> blockKeys = new HashSet<>();

    Writer(Source source) {
        style = Style.of(source);
        look(source);
    }

    Style style() {
        return style;
    }

    /** On one line, between brackets. */
    String flow(JsonNode value) {
        if (value.isObject()) {
            var entries = new ArrayList<String>();
            value.properties().forEach(e -> entries.add(key(e.getKey()) + ": " + flow(e.getValue())));
            return entries.isEmpty()
                    ? "{}"
                    : "{" + style.braceSpace() + String.join(", ", entries) + style.braceSpace() + "}";
        }
        if (value.isArray()) {
            var items = new ArrayList<String>();
            value.forEach(item -> items.add(flow(item)));
            return "[" + String.join(", ", items) + "]";
        }
        return value.isString() && style.quoted() ? ScalarText.quoted(value.stringValue()) : ScalarText.of(value);
    }

    /** Of a map between brackets. */
    String key(String name) {
        return style.quoted() ? ScalarText.quoted(name) : ScalarText.of(name);
    }

    /** What follows a key and its colon, with the space or line break before it. */
    String afterKey(String key, JsonNode value, int column) {
        Optional<String> inline = inline(key, value, column + key.length() + 2);
        if (inline.isPresent()) {
            return " " + inline.get();
        }
        if (value.isString()) {
            return " " + literal(value.stringValue(), column + style.step());
        }
        int inner = column + (value.isArray() ? style.listStep() : style.step());
        return style.lineBreak() + style.spaces(inner) + block(value, inner);
    }

    /** Lines at the column; the first without its indentation. */
    String block(JsonNode value, int column) {
        var lines = new ArrayList<String>();
        if (value.isObject() && !value.isEmpty()) {
            value.properties()
                    .forEach(e -> lines.add(
                            ScalarText.of(e.getKey()) + ":" + afterKey(e.getKey(), e.getValue(), column)));
        } else if (value.isArray() && !value.isEmpty()) {
            value.forEach(item -> lines.add("- " + item(item, column + 2)));
        } else {
            return flow(value);
        }
        return String.join(style.lineBreak() + style.spaces(column), lines);
    }

    /** What follows a dash and a space. */
    String item(JsonNode value, int column) {
        Optional<String> inline = inline("", value, column);
        return inline.orElseGet(() ->
                value.isString() ? literal(value.stringValue(), column) : block(value, column));
    }

    /** An item of a list whose other items are written as told. */
    String item(JsonNode value, int column, boolean flow) {
        String between = flow(value);
        return flow && value.isObject() && column + between.length() <= Style.LONGEST_LINE
                ? between
                : block(value, column);
    }

    private Optional<String> inline(String key, JsonNode value, int column) {
        if (value.isString()) {
            return isLiteral(value.stringValue()) ? Optional.empty() : Optional.of(flow(value));
        }
        if (!value.isContainer() || value.isEmpty()) {
            return Optional.of(flow(value));
        }
        boolean flat = value.valueStream().noneMatch(JsonNode::isContainer) || flowKeys.contains(key);
        boolean wanted = value.isArray() ? flat : !key.isEmpty() && flat && isFlowWanted(key);
        String between = flow(value);
        return wanted && column + between.length() <= Style.LONGEST_LINE && !between.contains("\\n")
                ? Optional.of(between)
                : Optional.empty();
    }

    /** Maps under the same key are between brackets somewhere, or there are none. */
    private boolean isFlowWanted(String key) {
        return flowKeys.contains(key) || !blockKeys.contains(key);
    }

    private void look(Source source) {
        source.tree().keys().keySet().stream()
                .filter(path -> !path.endsWith("]") && !source.tree().styles().containsKey(path))
                .forEach(path -> {
                    char first = source.firstChar(path);
                    Set<String> keys = first == '{' ? flowKeys : blockKeys;
                    if (first != '[' && first != '-') {
                        keys.add(path.substring(path.lastIndexOf('.') + 1));
                    }
                });
    }

    /** Texts of several lines, as far as a block can hold them. */
    private static boolean isLiteral(String text) {
        boolean several = text.strip().indexOf('\n') > 0;
        boolean edges = !text.startsWith("\n") && !text.startsWith(" ") && !text.startsWith("\t")
                && !text.endsWith("\n\n") && !text.endsWith(" ") && !text.endsWith(" \n");
        return several && edges && text.codePoints().allMatch(c -> c == '\n' || ScalarText.isPrintable(c));
    }

    private String literal(String text, int column) {
        boolean ended = text.endsWith("\n");
        String body = ended ? text.substring(0, text.length() - 1) : text;
        var out = new StringBuilder(ended ? "|" : "|-");
        body.lines().forEach(line -> out.append(style.lineBreak())
                .append(line.isEmpty() ? "" : style.spaces(column) + line));
        return out.toString();
    }
}
