package dev.millrace.language.schema;

import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The pieces that schemas are made of. A title completes "Expected … at steps[0].id"; a description is for people who write. */
final class Parts {
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Parts() {}

    static ObjectNode object(String title, List<String> required) {
        ObjectNode object = type(title, "object");
        object.putObject("properties");
        object.putObject("patternProperties").put("^x-", true);
        object.put("additionalProperties", false);
        if (!required.isEmpty()) {
            required.forEach(object.putArray("required")::add);
        }
        return object;
    }

    /** The properties of an object schema; each is set with what people read when they point at it. */
    record Fields(ObjectNode properties) {
        static Fields of(ObjectNode object) {
            return new Fields(object.withObjectProperty("properties"));
        }

        Fields set(String name, ObjectNode schema, String description) {
            properties.set(name, schema.put("description", description));
            return this;
        }
    }

    /** Told apart by {@code if} on the type, not by {@code anyOf}: a validator then says what is wrong with the one that was meant. */
    static ObjectNode oneOrList(ObjectNode item, String title) {
        ObjectNode either = NODES.objectNode().put("title", title);
        either.set("if", NODES.objectNode().put("type", "array"));
        either.set("then", list(item, title).put("minItems", 1));
        either.set("else", item.deepCopy());
        return either;
    }

    static ObjectNode list(JsonNode item, String title) {
        ObjectNode list = type(title, "array");
        list.set("items", item);
        return list;
    }

    static ObjectNode words(String title, String... words) {
        return words(title, List.of(words));
    }

    static ObjectNode words(String title, Collection<String> words) {
        ObjectNode node = NODES.objectNode().put("title", title);
        words.forEach(node.putArray("enum")::add);
        return node;
    }

    static ObjectNode pattern(String pattern, String title) {
        return text(title).put("pattern", pattern);
    }

    static ObjectNode text(String title) {
        return type(title, "string");
    }

    static ObjectNode range(ObjectNode number, int least, int most) {
        return number.put("minimum", least).put("maximum", most);
    }

    static ObjectNode type(String title, String... types) {
        ObjectNode node = NODES.objectNode().put("title", title);
        if (types.length == 1) {
            return node.put("type", types[0]);
        }
        List.of(types).forEach(node.putArray("type")::add);
        return node;
    }

    static ObjectNode ref(String name) {
        return NODES.objectNode().put("$ref", "#/$defs/" + name);
    }
}
