package dev.millrace.language.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What values mean as a condition, as a text, as a list. */
final class Values {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Values() {}

    /** @param value not a missing node */
    static boolean truth(JsonNode value) {
        return switch (Kind.of(value)) {
            case UNDEFINED, NONE -> false;
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.decimalValue().signum() != 0;
            case TEXT -> !value.stringValue().isEmpty();
            case LIST, MAP -> !value.isEmpty();
        };
    }

    /** As it stands within a text; the caller charges what it makes of it. */
    static String text(JsonNode value, Evaluation run) {
        return switch (Kind.of(value)) {
            case UNDEFINED, NONE -> "";
            case BOOLEAN -> value.booleanValue() ? "true" : "false";
            case NUMBER -> Numbers.of(value, run).toPlainString();
            case TEXT -> run.reading(value.stringValue());
            case LIST, MAP -> JsonText.write(value, 0, run);
        };
    }

    /** What a loop over the value would see: items, keys, characters. */
    static List<JsonNode> items(JsonNode value, String where, Evaluation run) {
        return switch (Kind.of(value)) {
            case LIST -> {
                run.spend(value.size());
                yield new ArrayList<>(value.values());
            }
            case MAP -> {
                run.spend(value.size());
                List<JsonNode> keys = new ArrayList<>();
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    keys.add(StringNode.valueOf(entry.getKey()));
                }
                yield keys;
            }
            case TEXT -> {
                run.spend(value.stringValue().length());
                List<JsonNode> characters = new ArrayList<>();
                value.stringValue()
                        .codePoints()
                        .forEach(c -> characters.add(StringNode.valueOf(Character.toString(c))));
                yield characters;
            }
            case UNDEFINED, NONE, BOOLEAN, NUMBER ->
                throw run.typeError("Expected a list " + where + ", but there is "
                        + Kind.of(value).words() + "; put [ ] around a single value");
        };
    }

    static ArrayNode list(Iterable<? extends JsonNode> items) {
        ArrayNode list = JSON.arrayNode();
        for (JsonNode item : items) {
            list.add(item);
        }
        return list;
    }

    static ObjectNode map() {
        return JSON.objectNode();
    }
}
