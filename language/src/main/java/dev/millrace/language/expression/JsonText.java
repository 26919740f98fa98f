package dev.millrace.language.expression;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes JSON as Python does, with a space after comma and colon; numbers keep their digits, without exponent. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private final int indent;
    private final Evaluation run;

    private JsonText(int indent, Evaluation run) {
        this.indent = indent;
        this.run = run;
    }

    /** @param indent spaces per level; 0 for one line */
    static String write(JsonNode value, int indent, Evaluation run) {
        JsonText text = new JsonText(indent, run);
        text.value(value, 1);
        return text.out.toString();
    }

    private void value(JsonNode value, int level) {
        run.spend(1);
        switch (Kind.of(value)) {
            case UNDEFINED, NONE -> add("null");
            case BOOLEAN, NUMBER -> add(Values.text(value, run));
            case TEXT -> quoted(value.stringValue());
            case LIST -> list(value, level);
            case MAP -> map(value, level);
        }
    }

    private void list(JsonNode list, int level) {
        add("[");
        boolean first = true;
        for (JsonNode item : list.values()) {
            separate(first, level);
            value(item, level + 1);
            first = false;
        }
        close("]", first, level);
    }

    private void map(JsonNode map, int level) {
        add("{");
        boolean first = true;
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            separate(first, level);
            quoted(entry.getKey());
            add(": ");
            value(entry.getValue(), level + 1);
            first = false;
        }
        close("}", first, level);
    }

    private void separate(boolean first, int level) {
        if (!first) {
            add(indent > 0 ? "," : ", ");
        }
        line(level);
    }

    private void close(String bracket, boolean empty, int level) {
        if (!empty) {
            line(level - 1);
        }
        add(bracket);
    }

    private void line(int level) {
        if (indent > 0) {
            add("\n");
            add(" ".repeat(indent * level));
        }
    }

    private void quoted(String text) {
        run.room(out.length() + text.length() + 2L);
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> add("\\\"");
            case '\\' -> add("\\\\");
            case '\n' -> add("\\n");
            case '\r' -> add("\\r");
            case '\t' -> add("\\t");
            case '\b' -> add("\\b");
            case '\f' -> add("\\f");
            default -> {
                if (c < 0x20) {
                    add("\\u00" + Character.forDigit(c >> 4, 16) + Character.forDigit(c & 15, 16));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private void add(String more) {
        run.append(out, more);
    }
}
