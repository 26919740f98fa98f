package dev.millrace.language.check;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The words of messages: what was expected, where, what there is, what to do. */
public final class Say {
    private static final int LONGEST = 60;

    private Say() {}

    /** "Expected a role of this company at steps[0].config.role but got 'Haed'; did you mean 'Head'?" */
    public static String expected(String what, String path, JsonNode value, Optional<String> suggestion) {
        return "Expected " + what + place(path) + " but got " + value(value) + end(suggestion);
    }

    static String expected(String what, String path, String value, Optional<String> suggestion) {
        return "Expected " + what + place(path) + " but got " + quoted(value) + end(suggestion);
    }

    static String place(String path) {
        return path.isEmpty() ? "" : " at " + path;
    }

    static String end(Optional<String> suggestion) {
        return suggestion.map(s -> "; did you mean '" + s + "'?").orElse(".");
    }

    static String quoted(String text) {
        String line = text.replaceAll("\\s+", " ");
        return "'" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "'";
    }

    /** "a, b or c". */
    static String oneOf(Iterable<String> words) {
        var list = new java.util.ArrayList<String>();
        words.forEach(list::add);
        if (list.size() < 2) {
            return String.join("", list);
        }
        return list.subList(0, list.size() - 1).stream().collect(Collectors.joining(", ")) + " or " + list.getLast();
    }

    static String value(JsonNode node) {
        Function<JsonNode, String> text =
                n -> n.isString() ? quoted(n.stringValue()) : "the " + kind(n) + " " + quoted(n.toString());
        return switch (node.getNodeType()) {
            case ARRAY -> node.isEmpty() ? "an empty list" : "a list";
            case OBJECT -> node.isEmpty() ? "an empty map" : "a map";
            case NULL, MISSING -> "nothing";
            case STRING -> node.stringValue().isEmpty() ? "an empty text" : text.apply(node);
            case NUMBER, BOOLEAN, BINARY, POJO -> text.apply(node);
        };
    }

    private static String kind(JsonNode node) {
        return node.isNumber() ? "number" : node.isBoolean() ? "boolean" : "value";
    }
}
