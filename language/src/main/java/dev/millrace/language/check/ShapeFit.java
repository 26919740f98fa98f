package dev.millrace.language.check;

import dev.millrace.language.Field;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.yaml.YamlPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fits a value to a shape: at run time to the letter, at save time with templates left alone.
 *
 * <p>Recursion follows the shape, whose depth its author chose, not the value.
 */
public final class ShapeFit {
    private final Watch watch;
    private final List<Found> found = new ArrayList<>();

    private ShapeFit(Watch watch) {
        this.watch = watch;
    }

    /** What the caller wants to know on the way. */
    public interface Watch {
        /** Nothing is a template, nobody listens. */
        Watch NONE = new Watch() {};

        /** True: the text will only be known when it is rendered; it fits everything. */
        default boolean isTemplate(String text) {
            return false;
        }

        /** A text that fits, of a type whose words only the tenant's catalogue knows. */
        default void literal(Scalar type, String path, String text) {}
    }

    /** One misfit. The path is within the value. */
    public record Found(ProblemCode code, String path, String message, Optional<String> suggestion) {}

    /** The normalised value and what does not fit; where something does not, the value holds it as it was given. */
    public record Fit(ObjectNode value, List<Found> found) {
        public Fit {
            found = List.copyOf(found);
        }
    }

    /** Nothing at all counts as a map without fields. Never throws. */
    public static Fit fit(JsonNode value, Shape shape, Watch watch) {
        var fit = new ShapeFit(watch);
        JsonNode given = value.isNull() || value.isMissingNode() ? JsonNodeFactory.instance.objectNode() : value;
        if (!given.isObject()) {
            fit.mismatch("a map of fields", "", given);
            return new Fit(JsonNodeFactory.instance.objectNode(), fit.found);
        }
        return new Fit(fit.shape(given, shape, ""), fit.found);
    }

    private ObjectNode shape(JsonNode given, Shape shape, String path) {
        var fitted = JsonNodeFactory.instance.objectNode();
        for (Field field : shape.fields()) {
            String at = YamlPath.key(path, field.name());
            fitted.set(field.name(), field(given.path(field.name()), field, at));
        }
        shape.exactlyOneOf().forEach(group -> exactlyOne(given, group, path));
        var names = shape.fields().stream().map(Field::name).toList();
        given.propertyNames().stream().filter(name -> !names.contains(name)).forEach(name -> {
            if (shape.open()) {
                fitted.set(name, given.path(name));
            } else {
                unknown(name, names, path);
            }
        });
        return fitted;
    }

    private JsonNode field(JsonNode given, Field field, String path) {
        if (absent(given)) {
            if (field.required()) {
                add(
                        ProblemCode.REQUIRED,
                        path,
                        "required. Expected " + purpose(field) + " but there is none; add it",
                        Optional.empty());
            }
            return field.defaultValue().orElse(NullNode.getInstance());
        }
        int before = found.size();
        JsonNode fitted = value(given, field.type(), path);
        if (found.size() == before && !isTemplate(given)) {
            range(fitted, field, path);
        }
        return fitted;
    }

    private static String purpose(Field field) {
        return field.description().isBlank() ? "a value" : "a value (" + field.description() + ")";
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private void exactlyOne(JsonNode given, List<String> group, String path) {
        List<String> present =
                group.stream().filter(name -> !absent(given.path(name))).toList();
        if (present.isEmpty()) {
            add(
                    ProblemCode.REQUIRED,
                    YamlPath.key(path, group.getFirst()),
                    "required. Expected exactly one of " + Say.oneOf(group) + " but there is none; add one",
                    Optional.empty());
        } else if (present.size() > 1) {
            add(
                    ProblemCode.EXACTLY_ONE_OF,
                    YamlPath.key(path, present.get(1)),
                    "expected exactly one of " + Say.oneOf(group) + " but got " + String.join(" and ", present)
                            + "; remove all but one",
                    Optional.empty());
        }
    }

    private void unknown(String name, List<String> names, String path) {
        Optional<String> suggestion = Suggestion.nearest(name, names);
        String known = names.isEmpty() ? "there are none here" : "the fields are " + String.join(", ", names);
        add(
                ProblemCode.UNKNOWN_FIELD,
                YamlPath.key(path, name),
                "expected a known field but got " + Say.quoted(name)
                        + suggestion.map(s -> "; did you mean '" + s + "'?").orElse("; " + known),
                suggestion);
    }

    private JsonNode value(JsonNode given, ValueType type, String path) {
        if (isTemplate(given)) {
            if (type == Scalar.EXPRESSION) {
                watch.literal(Scalar.EXPRESSION, path, given.stringValue());
            }
            return given;
        }
        return switch (type) {
            case Scalar scalar -> scalar(given, scalar, path);
            case Choice choice -> choice(given, choice, path);
            case ListOf list -> list(given, list, path);
            case MapOf map -> map(given, map, path);
            case Shape shape -> {
                if (!given.isObject()) {
                    mismatch("a map of fields", path, given);
                    yield given;
                }
                yield shape(given, shape, path);
            }
        };
    }

    private JsonNode scalar(JsonNode given, Scalar type, String path) {
        Optional<JsonNode> fitted = ScalarFit.fit(given, type);
        if (fitted.isEmpty()) {
            mismatch(ScalarFit.name(type), path, given);
            return given;
        }
        if (fitted.get().isString() && type != Scalar.ANY) {
            watch.literal(type, path, fitted.get().stringValue());
        }
        return fitted.get();
    }

    private JsonNode choice(JsonNode given, Choice choice, String path) {
        if (given.isString() && choice.values().contains(given.stringValue())) {
            return given;
        }
        Optional<String> near =
                given.isString() ? Suggestion.nearest(given.stringValue(), choice.values()) : Optional.empty();
        String message = "expected " + Say.oneOf(choice.values()) + " but got " + Say.value(given)
                + near.map(s -> "; did you mean '" + s + "'?").orElse("");
        add(given.isString() ? ProblemCode.NOT_ONE_OF : ProblemCode.TYPE_MISMATCH, path, message, near);
        return given;
    }

    private JsonNode list(JsonNode given, ListOf type, String path) {
        var fitted = JsonNodeFactory.instance.arrayNode();
        if (!given.isArray()) {
            if (!type.orSingle()) {
                mismatch("a list", path, given);
                return given;
            }
            return fitted.add(value(given, type.item(), path));
        }
        for (JsonNode item : given) {
            fitted.add(value(item, type.item(), YamlPath.item(path, fitted.size())));
        }
        return fitted;
    }

    private JsonNode map(JsonNode given, MapOf type, String path) {
        if (!given.isObject()) {
            mismatch("a map", path, given);
            return given;
        }
        var fitted = JsonNodeFactory.instance.objectNode();
        given.properties()
                .forEach(e ->
                        fitted.set(e.getKey(), value(e.getValue(), type.value(), YamlPath.key(path, e.getKey()))));
        return fitted;
    }

    private void range(JsonNode fitted, Field field, String path) {
        if (field.least().isEmpty() && field.most().isEmpty()) {
            return;
        }
        BigDecimal size = fitted.isNumber()
                ? fitted.decimalValue()
                : BigDecimal.valueOf(
                        fitted.isString()
                                ? fitted.stringValue()
                                        .codePointCount(0, fitted.stringValue().length())
                                : fitted.size());
        boolean small = field.least().filter(least -> size.compareTo(least) < 0).isPresent();
        boolean large = field.most().filter(most -> size.compareTo(most) > 0).isPresent();
        if (small || large) {
            String unit = fitted.isNumber() ? "" : fitted.isString() ? " characters" : " entries";
            add(
                    ProblemCode.OUT_OF_RANGE,
                    path,
                    "expected " + bounds(field) + unit + " but got " + size.toPlainString() + unit,
                    Optional.empty());
        }
    }

    private static String bounds(Field field) {
        String least = field.least().map(BigDecimal::toPlainString).orElse("");
        String most = field.most().map(BigDecimal::toPlainString).orElse("");
        return most.isEmpty() ? "at least " + least : least.isEmpty() ? "at most " + most : least + " to " + most;
    }

    private boolean isTemplate(JsonNode node) {
        return node.isString() && watch.isTemplate(node.stringValue());
    }

    private void mismatch(String expected, String path, JsonNode given) {
        add(ProblemCode.TYPE_MISMATCH, path, "expected " + expected + " but got " + Say.value(given), Optional.empty());
    }

    private void add(ProblemCode code, String path, String message, Optional<String> suggestion) {
        found.add(new Found(code, path, message, suggestion));
    }
}
