package dev.millrace.engine.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.millrace.engine.Json;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Reads the shape of a config, an output or a payload off its record; see {@link Describe}. */
public final class RecordShapes {
    private static final Map<Class<?>, Scalar> SCALARS = Map.ofEntries(
            Map.entry(String.class, Scalar.STRING),
            Map.entry(UUID.class, Scalar.UUID),
            Map.entry(int.class, Scalar.INTEGER),
            Map.entry(Integer.class, Scalar.INTEGER),
            Map.entry(long.class, Scalar.INTEGER),
            Map.entry(Long.class, Scalar.INTEGER),
            Map.entry(BigDecimal.class, Scalar.DECIMAL),
            Map.entry(boolean.class, Scalar.BOOLEAN),
            Map.entry(Boolean.class, Scalar.BOOLEAN),
            Map.entry(LocalDate.class, Scalar.DATE),
            Map.entry(Instant.class, Scalar.DATETIME),
            Map.entry(Duration.class, Scalar.DURATION),
            Map.entry(JsonNode.class, Scalar.ANY));

    private RecordShapes() {}

    /**
     * @throws IllegalArgumentException a component's type is not known
     */
    public static Shape of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class)) {
            return Shape.FREE;
        }
        var fields = new ArrayList<Field>();
        var groups = new LinkedHashMap<String, List<String>>();
        for (RecordComponent component : components) {
            Field field = field(type, component);
            fields.add(field);
            Optional.ofNullable(component.getAnnotation(Describe.class))
                    .map(Describe::oneOf)
                    .filter(group -> !group.isEmpty())
                    .ifPresent(group -> groups.computeIfAbsent(group, g -> new ArrayList<>())
                            .add(field.name()));
        }
        return new Shape(fields, List.copyOf(groups.values()), false);
    }

    private static Field field(Class<?> owner, RecordComponent component) {
        Optional<Describe> described = Optional.ofNullable(component.getAnnotation(Describe.class));
        Type declared = component.getGenericType();
        boolean optional = component.getType() == Optional.class;
        Type inner = optional ? argument(declared, 0) : declared;
        boolean orSingle = described.map(Describe::orSingle).orElse(false);
        ValueType type = type(owner, inner, described.map(Describe::as).orElse(Describe.As.PLAIN), orSingle);
        return new Field(
                name(component),
                type,
                !optional,
                described.map(Describe::value).orElse(""),
                described.map(Describe::least).filter(n -> n >= 0).map(BigDecimal::valueOf),
                described.map(Describe::most).filter(n -> n >= 0).map(BigDecimal::valueOf),
                described.map(Describe::byDefault).filter(s -> !s.isEmpty()).map(Json::read));
    }

    private static ValueType type(Class<?> owner, Type type, Describe.As as, boolean orSingle) {
        if (type instanceof ParameterizedType parameterized) {
            if (parameterized.getRawType() == List.class) {
                return new ListOf(type(owner, argument(type, 0), as, false), orSingle);
            }
            if (parameterized.getRawType() == Map.class) {
                return new MapOf(type(owner, argument(type, 1), as, false));
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain.isEnum()) {
                return new Choice(Arrays.stream(plain.getEnumConstants())
                        .map(c -> c.toString().toLowerCase(Locale.ROOT))
                        .toList());
            }
            if (plain.isRecord()) {
                return of(plain);
            }
            if (SCALARS.containsKey(plain)) {
                return as == Describe.As.PLAIN ? SCALARS.getOrDefault(plain, Scalar.ANY) : meaning(as);
            }
        }
        throw new IllegalArgumentException("no shape is known for " + type + " in " + owner.getName());
    }

    private static Scalar meaning(Describe.As as) {
        return switch (as) {
            case PLAIN -> Scalar.STRING;
            case EXPRESSION -> Scalar.EXPRESSION;
            case ROLE -> Scalar.ROLE;
            case MEMBER -> Scalar.MEMBER;
            case EVENT -> Scalar.EVENT;
            case ENTITY -> Scalar.ENTITY;
            case CURRENCY -> Scalar.CURRENCY;
        };
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** A component whose name is a word of Java carries its own in {@code @JsonProperty}. */
    private static String name(RecordComponent component) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
                .map(JsonProperty::value)
                .orElseGet(() -> snakeCase(component.getName()));
    }

    /** As {@link Json} writes it, or what is declared would not be what is written: of capitals in a row it divides none. */
    private static String snakeCase(String name) {
        var snake = new StringBuilder();
        boolean afterCapital = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isCapital = Character.isUpperCase(c);
            snake.append(isCapital && !afterCapital ? "_" : "").append(Character.toLowerCase(c));
            afterCapital = isCapital;
        }
        return snake.toString();
    }
}
