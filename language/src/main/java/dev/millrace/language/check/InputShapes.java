package dev.millrace.language.check;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.Scalar;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON Schema says of the fields of a payload, as far as a shape can tell it. What it says with {@code anyOf},
 * {@code $ref} and the like is not followed: anything may be there then.
 */
final class InputShapes {
    /** Nobody writes inputs as deep as that; bounds the work. */
    private static final int DEEPEST = 8;

    private static final List<String> NOT_FOLLOWED =
            List.of("$ref", "$dynamicRef", "anyOf", "oneOf", "allOf", "if", "patternProperties");

    private InputShapes() {}

    /** JSON Schema leaves objects open unless it says otherwise. */
    static Shape object(JsonNode schema) {
        return object(schema, 0);
    }

    private static Shape object(JsonNode schema, int depth) {
        if (!schema.path("properties").isObject() || depth > DEEPEST || isFollowed(schema)) {
            return Shape.FREE;
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        List<Field> fields = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            ValueType type = type(property.getValue(), depth + 1);
            boolean there =
                    type == Scalar.ANY || (required.contains(property.getKey()) && !isNullable(property.getValue()));
            fields.add(
                    there ? Field.required(property.getKey(), type, "") : Field.optional(property.getKey(), type, ""));
        });
        JsonNode more = schema.path("additionalProperties");
        return new Shape(fields, List.of(), !more.isBoolean() || more.booleanValue());
    }

    private static boolean isFollowed(JsonNode schema) {
        return NOT_FOLLOWED.stream().anyMatch(schema::has);
    }

    private static boolean isNullable(JsonNode schema) {
        return !schema.path("type").isString() || schema.path("type").asString().equals("null");
    }

    private static ValueType type(JsonNode schema, int depth) {
        if (isFollowed(schema) || schema.has("const")) {
            return Scalar.ANY;
        }
        if (schema.path("enum").isArray()) {
            return words(schema.path("enum"));
        }
        return switch (schema.path("type").asString("")) {
            // formats are notes that nobody checks: a text stays any text
            case "string" -> Scalar.STRING;
            case "number" -> Scalar.DECIMAL;
            case "integer" -> Scalar.INTEGER;
            case "boolean" -> Scalar.BOOLEAN;
            case "array" -> new ListOf(type(schema.path("items"), depth), false);
            case "object" -> object(schema, depth);
            default -> Scalar.ANY;
        };
    }

    private static ValueType words(JsonNode values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(value.asString("")));
        boolean texts = values.valueStream().allMatch(JsonNode::isString);
        return texts && !words.isEmpty() ? new Choice(words) : Scalar.ANY;
    }
}
