package dev.millrace.language.edit;

import dev.millrace.language.Edited;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a change means for the tree. */
final class Trees {
    private Trees() {}

    static JsonNode set(JsonNode document, Path path, JsonNode value) {
        return changed(document, path.parent(), holder -> {
            switch (path.last()) {
                case Path.Key key -> ((ObjectNode) holder).set(key.name(), value);
                case Path.Index index -> ((ArrayNode) holder).set(index.at(), value);
            }
        });
    }

    static JsonNode remove(JsonNode document, Path path) {
        return changed(document, path.parent(), holder -> {
            switch (path.last()) {
                case Path.Key key -> ((ObjectNode) holder).remove(key.name());
                case Path.Index index -> ((ArrayNode) holder).remove(index.at());
            }
        });
    }

    static JsonNode insert(JsonNode document, Path list, int at, JsonNode value) {
        return changed(document, list, holder -> ((ArrayNode) holder).insert(at, value));
    }

    /** @param to where it is afterwards */
    static JsonNode move(JsonNode document, Path list, int from, int to) {
        return changed(document, list, holder -> {
            JsonNode moved = ((ArrayNode) holder).remove(from);
            ((ArrayNode) holder).insert(to, moved);
        });
    }

    private static JsonNode changed(JsonNode document, Path holder, Consumer<JsonNode> change) {
        JsonNode copy = document.deepCopy();
        change.accept(holder.in(copy));
        return copy;
    }

    /** Numbers as a text holds them, so that what is read again is equal. */
    static JsonNode normal(JsonNode value) {
        if (value.isNumber() && !isUndefined(value)) {
            return DecimalNode.valueOf(value.decimalValue());
        }
        if (value.isObject()) {
            ObjectNode map = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(e -> map.set(e.getKey(), normal(e.getValue())));
            return map;
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> list.add(normal(item)));
            return list;
        }
        if (value.isString() || value.isBoolean() || value.isNull()) {
            return value;
        }
        throw new Refusal(
                Edited.Code.VALUE_NOT_ALLOWED,
                "Expected a text, number, boolean, list or map but got a value of another kind; YAML cannot hold it.");
    }

    private static boolean isUndefined(JsonNode number) {
        return (number.isDouble() || number.isFloat()) && !Double.isFinite(number.doubleValue());
    }
}
