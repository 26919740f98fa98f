package dev.millrace.language.simulation;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes up values that fit their declared types: always the same for the same unit at the same instant. */
record Plausible(Instant now, ZoneId zone, String currency) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Longest text and list that is made up, however long the shape wants it. */
    private static final int LONGEST = 100;

    /**
     * The fields that are given, and the required ones that are not.
     *
     * @param whose makes ids differ: the unit's id
     */
    ObjectNode fill(Shape shape, JsonNode given, String whose) {
        ObjectNode filled = JSON.objectNode();
        given.properties().forEach(field -> filled.set(field.getKey(), field.getValue()));
        for (Field field : shape.fields()) {
            JsonNode value = given.path(field.name());
            String at = whose + "." + field.name();
            if (value.isMissingNode() || value.isNull()) {
                if (field.required()) {
                    filled.set(field.name(), value(field, at));
                }
            } else {
                filled.set(field.name(), within(field.type(), value, at));
            }
        }
        return filled;
    }

    /** Maps within what is given are filled too. */
    private JsonNode within(ValueType type, JsonNode given, String at) {
        return switch (type) {
            case Shape shape -> given.isObject() ? fill(shape, given, at) : given;
            case ListOf list -> given.isArray() ? items(list, given, at) : given;
            case Scalar scalar -> given;
            case Choice choice -> given;
            case MapOf map -> given;
        };
    }

    private ArrayNode items(ListOf list, JsonNode given, String at) {
        ArrayNode items = JSON.arrayNode();
        given.forEach(item -> items.add(within(list.item(), item, at + "[" + items.size() + "]")));
        return items;
    }

    private JsonNode value(Field field, String at) {
        if (field.defaultValue().isPresent()) {
            return field.defaultValue().get();
        }
        int least = field.least().map(BigDecimal::intValue).orElse(0);
        int length = Math.min(Math.max(least, 0), LONGEST);
        return switch (field.type()) {
            case Scalar scalar ->
                switch (scalar) {
                    case INTEGER, DECIMAL -> DecimalNode.valueOf(nearestToZero(field));
                    case STRING -> JSON.stringNode("x".repeat(Math.max(1, length)));
                    default -> scalar(scalar, at);
                };
            case ListOf list -> {
                ArrayNode items = JSON.arrayNode();
                while (items.size() < length) {
                    items.add(value(list.item(), at + "[" + items.size() + "]"));
                }
                yield items;
            }
            case Choice choice -> value(choice, at);
            case MapOf map -> value(map, at);
            case Shape shape -> value(shape, at);
        };
    }

    private static BigDecimal nearestToZero(Field field) {
        BigDecimal least = field.least().orElse(BigDecimal.ZERO);
        BigDecimal most = field.most().orElse(BigDecimal.ZERO);
        return least.signum() > 0 ? least : most.signum() < 0 ? most : BigDecimal.ZERO;
    }

    private JsonNode value(ValueType type, String at) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar, at);
            case Choice choice -> JSON.stringNode(choice.values().getFirst());
            case ListOf list -> JSON.arrayNode();
            case MapOf map -> JSON.objectNode();
            case Shape shape -> fill(shape, JSON.objectNode(), at);
        };
    }

    private JsonNode scalar(Scalar type, String at) {
        return switch (type) {
            case INTEGER, DECIMAL -> DecimalNode.valueOf(BigDecimal.ZERO);
            case BOOLEAN -> JSON.booleanNode(false);
            case UUID, MEMBER -> JSON.stringNode(id(at).toString());
            case DATE -> JSON.stringNode(LocalDate.ofInstant(now, zone).toString());
            case DATETIME -> JSON.stringNode(now.toString());
            case DURATION -> JSON.stringNode("1h");
            case CURRENCY -> JSON.stringNode(currency);
            case ANY, STRING, EXPRESSION, ROLE, EVENT, ENTITY -> JSON.stringNode("x");
        };
    }

    /** Fixed for the same text. */
    static UUID id(String whose) {
        return UUID.nameUUIDFromBytes(whose.getBytes(StandardCharsets.UTF_8));
    }
}
