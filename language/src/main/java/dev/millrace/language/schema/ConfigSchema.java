package dev.millrace.language.schema;

import static dev.millrace.language.schema.Parts.NODES;
import static dev.millrace.language.schema.Parts.ref;

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
import tools.jackson.databind.node.ObjectNode;

/**
 * A shape as people write it in a definition: a text with <code>{{ … }}</code> may stand wherever a value may, and a
 * key that begins with {@code x-} is a note. Refers to the definitions of {@link ScalarSchema}.
 *
 * <p>Never refuses what the validator accepts. It cannot see everything: of a number in quotes it knows the form but
 * not the size, of a date not whether there is such a day.
 */
final class ConfigSchema {
    private ConfigSchema() {}

    static ObjectNode of(Shape shape) {
        ObjectNode config = shape(shape);
        if (!isNeeded(shape)) {
            config.putArray("type").add("object").add("null");
        }
        config.putObject("patternProperties").put("^x-", true);
        return config;
    }

    /** An empty config would lack something. */
    static boolean isNeeded(Shape shape) {
        return !shape.exactlyOneOf().isEmpty() || shape.fields().stream().anyMatch(Field::required);
    }

    private static ObjectNode shape(Shape shape) {
        ObjectNode schema = Parts.type("a map of fields", "object");
        ObjectNode properties = schema.putObject("properties");
        shape.fields().forEach(field -> properties.set(field.name(), field(field)));
        List<String> required =
                shape.fields().stream().filter(Field::required).map(Field::name).toList();
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        ShapeSchema.exactlyOneOf(shape, schema);
        return schema.put("additionalProperties", shape.open());
    }

    private static ObjectNode field(Field field) {
        ObjectNode type = value(field.type());
        bounds(type, field);
        ObjectNode schema = field.required() ? given(type, field.type()) : orNull(type, field.type());
        schema.put("description", FieldText.of(field));
        field.defaultValue().ifPresent(value -> schema.set("default", value));
        return schema;
    }

    private static ObjectNode value(ValueType type) {
        return switch (type) {
            case Scalar scalar -> ScalarSchema.use(scalar);
            case Choice choice -> ScalarSchema.orTemplate(Parts.words("one of the words", choice.values()));
            case ListOf list -> list(list);
            case MapOf map -> {
                ObjectNode schema = Parts.type("a map", "object");
                schema.set("additionalProperties", value(map.value()));
                yield ScalarSchema.orTemplate(schema);
            }
            case Shape shape -> ScalarSchema.orTemplate(shape(shape));
        };
    }

    private static ObjectNode list(ListOf list) {
        ObjectNode whole = Parts.list(value(list.item()), "a list");
        if (!list.orSingle()) {
            return ScalarSchema.orTemplate(whole);
        }
        ObjectNode either = NODES.objectNode();
        either.putObject("if").put("type", "array");
        either.set("then", whole);
        either.set("else", value(list.item()));
        return either;
    }

    private static void bounds(ObjectNode schema, Field field) {
        if (field.least().isEmpty() && field.most().isEmpty()) {
            return;
        }
        switch (field.type()) {
            case Scalar scalar -> {
                boolean number = scalar == Scalar.INTEGER || scalar == Scalar.DECIMAL;
                bounds(number ? schema : unlessTemplate(schema), number ? "imum" : "Length", field);
            }
            case Choice choice -> bounds(unlessTemplate(schema), "Length", field);
            case ListOf list -> bounds(schema, "Items", field);
            case MapOf map -> bounds(schema, "Properties", field);
            case Shape shape -> bounds(schema, "Properties", field);
        }
    }

    private static void bounds(ObjectNode schema, String of, Field field) {
        field.least().ifPresent(least -> schema.set("min" + of, number(least)));
        field.most().ifPresent(most -> schema.set("max" + of, number(most)));
    }

    private static JsonNode number(BigDecimal value) {
        return NODES.numberNode(value);
    }

    /** Where the length of a text is asked: a template has none yet. */
    private static ObjectNode unlessTemplate(ObjectNode schema) {
        if (!schema.has("else")) {
            schema.set("if", ref(ScalarSchema.TEMPLATE));
            schema.putObject("else");
        }
        return schema.withObjectProperty("else");
    }

    private static ObjectNode given(ObjectNode schema, ValueType type) {
        if (type == Scalar.ANY) {
            schema.putObject("not").put("type", "null");
        }
        return schema;
    }

    private static ObjectNode orNull(ObjectNode schema, ValueType type) {
        if (type == Scalar.ANY) {
            return schema;
        }
        if (type == Scalar.STRING) {
            schema.putArray("type").add("string").add("null");
            return schema;
        }
        ObjectNode either = NODES.objectNode();
        either.set("if", ref(ScalarSchema.TEMPLATE_OR_NULL));
        either.set("else", schema);
        return either;
    }
}
