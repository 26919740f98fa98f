package dev.millrace.language.typing;

import dev.millrace.language.Field;
import dev.millrace.language.Fitted;
import dev.millrace.language.Scope;
import dev.millrace.language.Shape;
import dev.millrace.language.Shapes;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Random payloads that fit the shape of {@link Sample}. */
final class Payloads {
    private final Random random;
    private final ObjectNode trigger;

    Payloads(long seed) {
        random = new Random(seed);
        Fitted fitted = Shapes.fit(shape(Sample.TRIGGER), Sample.TRIGGER);
        if (!fitted.fits()) {
            throw new AssertionError(fitted.misfits());
        }
        trigger = fitted.value();
    }

    ObjectNode trigger() {
        return trigger;
    }

    Scope scope() {
        return new Scope() {
            @Override
            public JsonNode root(String name) {
                return name.equals("trigger") ? trigger : MissingNode.getInstance();
            }

            @Override
            public Instant now() {
                return Instant.parse("2026-11-24T04:52:55Z");
            }

            @Override
            public ZoneId zone() {
                return ZoneId.of("Asia/Kolkata");
            }

            @Override
            public String currency() {
                return "INR";
            }
        };
    }

    private ObjectNode shape(Shape shape) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (Field field : shape.fields()) {
            boolean none = !field.required() && random.nextBoolean();
            map.set(field.name(), none ? NullNode.getInstance() : value(field.type()));
        }
        return map;
    }

    private JsonNode value(ValueType type) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar);
            case Choice choice ->
                StringNode.valueOf(
                        choice.values().get(random.nextInt(choice.values().size())));
            case ListOf list -> list(list.item());
            case MapOf map -> JsonNodeFactory.instance.objectNode().set("a", value(map.value()));
            case Shape shape -> shape(shape);
        };
    }

    /** Never fewer than two items, so that what compares or adds items does so. */
    private ArrayNode list(ValueType item) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int count = 2 + random.nextInt(3); count > 0; count--) {
            list.add(value(item));
        }
        return list;
    }

    private JsonNode scalar(Scalar scalar) {
        return switch (scalar) {
            case ANY -> random.nextBoolean() ? BooleanNode.TRUE : StringNode.valueOf("any");
            case STRING, EXPRESSION, ROLE, MEMBER, EVENT, ENTITY ->
                StringNode.valueOf(List.of("", "a", "PO-17", "₹ and more", "äö").get(random.nextInt(5)) + "x");
            case INTEGER -> DecimalNode.valueOf(BigDecimal.valueOf(1 + random.nextInt(9)));
            case DECIMAL -> DecimalNode.valueOf(BigDecimal.valueOf(1 + random.nextInt(100_000), 2));
            case BOOLEAN -> BooleanNode.valueOf(random.nextBoolean());
            case UUID -> StringNode.valueOf(new UUID(random.nextLong(), random.nextLong()).toString());
            case DATE ->
                StringNode.valueOf(
                        LocalDate.EPOCH.plusDays(random.nextInt(30_000)).toString());
            case DATETIME ->
                StringNode.valueOf(
                        Instant.ofEpochSecond(random.nextInt(2_000_000_000)).toString());
            case DURATION -> StringNode.valueOf("24h");
            case CURRENCY -> StringNode.valueOf("INR");
        };
    }
}
