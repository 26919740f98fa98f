package dev.millrace.language.schema;

import dev.millrace.language.Durations;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes shapes as JSON Schema; accepts what the validator accepts at run time. */
public final class ShapeSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ShapeSchema() {}

    public static ObjectNode root(Shape shape) {
        ObjectNode schema = NODES.objectNode().put("$schema", Parts.DIALECT);
        schema.setAll(of(shape));
        return schema;
    }

    private static ObjectNode of(ValueType type) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar);
            case Choice choice -> {
                ObjectNode schema = NODES.objectNode().put("type", "string");
                choice.values().forEach(schema.putArray("enum")::add);
                yield schema;
            }
            case ListOf list -> list(list);
            case MapOf map -> {
                ObjectNode schema = NODES.objectNode().put("type", "object");
                schema.set("additionalProperties", of(map.value()));
                yield schema;
            }
            case Shape shape -> shape(shape);
        };
    }

    private static ObjectNode list(ListOf list) {
        ObjectNode whole = NODES.objectNode().put("type", "array");
        whole.set("items", of(list.item()));
        if (!list.orSingle()) {
            return whole;
        }
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(whole).add(of(list.item()));
        return either;
    }

    private static ObjectNode shape(Shape shape) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        shape.fields().forEach(f -> properties.set(f.name(), field(f)));
        List<String> required =
                shape.fields().stream().filter(Field::required).map(Field::name).toList();
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        exactlyOneOf(shape, schema);
        return schema.put("additionalProperties", shape.open());
    }

    static void exactlyOneOf(Shape shape, ObjectNode schema) {
        if (!shape.exactlyOneOf().isEmpty()) {
            var all = schema.putArray("allOf");
            shape.exactlyOneOf().forEach(group -> all.add(exactlyOne(group)));
        }
    }

    /** Given means present and not null, as the validator has it. */
    private static ObjectNode exactlyOne(List<String> group) {
        ObjectNode one = NODES.objectNode();
        var cases = one.putArray("oneOf");
        for (String name : group) {
            ObjectNode given = cases.addObject();
            given.putArray("required").add(name);
            given.putObject("properties").putObject(name).putObject("not").put("type", "null");
        }
        return one;
    }

    private static ObjectNode field(Field field) {
        ObjectNode type = of(field.type());
        bounds(type, field);
        ObjectNode schema = field.required() || field.type() == Scalar.ANY ? type : orNull(type);
        if (!field.description().isBlank()) {
            schema.put("description", field.description());
        }
        field.defaultValue().ifPresent(value -> schema.set("default", value));
        return schema;
    }

    private static ObjectNode orNull(ObjectNode type) {
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(type).add(NODES.objectNode().put("type", "null"));
        return either;
    }

    private static void bounds(ObjectNode schema, Field field) {
        String unit = switch (field.type()) {
            case Scalar scalar -> scalar == Scalar.INTEGER || scalar == Scalar.DECIMAL ? "imum" : "Length";
            case Choice choice -> "Length";
            case ListOf list -> "Items";
            case MapOf map -> "Properties";
            case Shape shape -> "Properties";
        };
        field.least().ifPresent(least -> schema.set("min" + unit, number(least)));
        field.most().ifPresent(most -> schema.set("max" + unit, number(most)));
    }

    private static JsonNode number(BigDecimal value) {
        return NODES.numberNode(value);
    }

    private static ObjectNode scalar(Scalar type) {
        ObjectNode schema = NODES.objectNode();
        return switch (type) {
            case ANY -> schema;
            case STRING -> schema.put("type", "string");
            case ROLE, MEMBER, EVENT, ENTITY, EXPRESSION ->
                schema.put("type", "string").put("minLength", 1);
            case INTEGER -> schema.put("type", "integer");
            case BOOLEAN -> schema.put("type", "boolean");
            case DECIMAL -> {
                schema.putArray("type").add("number").add("string");
                yield schema.put("pattern", Forms.DECIMAL);
            }
            case UUID -> schema.put("type", "string").put("format", "uuid");
            case DATE -> schema.put("type", "string").put("format", "date");
            case DATETIME -> schema.put("type", "string").put("format", "date-time");
            case DURATION -> schema.put("type", "string").put("pattern", Durations.PATTERN);
            case CURRENCY -> schema.put("type", "string").put("pattern", "^[A-Z]{3}$");
        };
    }
}
