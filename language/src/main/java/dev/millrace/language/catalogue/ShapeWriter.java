package dev.millrace.language.catalogue;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes what {@link ShapeReader} reads. */
final class ShapeWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ShapeWriter() {}

    static ObjectNode shape(Shape shape) {
        ObjectNode node = NODES.objectNode();
        ArrayNode fields = node.putArray("fields");
        shape.fields().forEach(field -> fields.add(field(field)));
        if (!shape.exactlyOneOf().isEmpty()) {
            ArrayNode groups = node.putArray("exactly_one_of");
            shape.exactlyOneOf().forEach(group -> groups.add(CatalogueWriter.texts(group)));
        }
        return shape.open() ? node.put("open", true) : node;
    }

    private static ObjectNode field(Field field) {
        ObjectNode node = NODES.objectNode().put("name", field.name());
        node.set("type", type(field.type()));
        node.put("required", field.required());
        if (!field.description().isEmpty()) {
            node.put("description", field.description());
        }
        field.least().ifPresent(least -> node.put("min", least));
        field.most().ifPresent(most -> node.put("max", most));
        field.defaultValue().ifPresent(value -> node.set("default", value));
        return node;
    }

    private static JsonNode type(ValueType type) {
        ObjectNode node = NODES.objectNode();
        return switch (type) {
            case Scalar scalar -> StringNode.valueOf(word(scalar));
            case Choice choice -> {
                node.set("one_of", CatalogueWriter.texts(choice.values()));
                yield node;
            }
            case ListOf list -> {
                node.set("list_of", type(list.item()));
                yield list.orSingle() ? node.put("or_single", true) : node;
            }
            case MapOf map -> {
                node.set("map_of", type(map.value()));
                yield node;
            }
            case Shape shape -> shape(shape);
        };
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
