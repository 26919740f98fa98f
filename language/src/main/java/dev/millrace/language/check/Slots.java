package dev.millrace.language.check;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.yaml.YamlPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which field of an action's config receives the value of each template in it, by path from the root. */
final class Slots {
    private final Map<String, Slot> slots = new HashMap<>();

    private Slots() {}

    /** @param required a value of none does not fit */
    record Slot(ValueType type, boolean required) {}

    static Slots of(String path, JsonNode config, Shape shape) {
        var slots = new Slots();
        slots.shape(config, shape, path);
        return slots;
    }

    Optional<Slot> at(String path) {
        return Optional.ofNullable(slots.get(path));
    }

    private void collect(JsonNode node, ValueType type, boolean required, String path) {
        if (node.isString()) {
            if (TemplateReader.isTemplate(node.stringValue())) {
                slots.put(path, new Slot(type, required));
            }
        } else if (type instanceof Shape shape) {
            shape(node, shape, path);
        } else if (type instanceof MapOf map) {
            node.properties()
                    .forEach(e -> collect(
                            e.getValue(), map.value(), map.value() != Scalar.ANY, YamlPath.key(path, e.getKey())));
        } else if (type instanceof ListOf list) {
            int index = 0;
            for (JsonNode item : node) {
                collect(item, list.item(), list.item() != Scalar.ANY, YamlPath.item(path, index++));
            }
        }
    }

    private void shape(JsonNode node, Shape shape, String path) {
        for (Field field : shape.fields()) {
            JsonNode value = node.path(field.name());
            if (!value.isMissingNode()) {
                collect(
                        value,
                        field.type(),
                        field.required() || isOnlyOne(field.name(), node, shape),
                        YamlPath.key(path, field.name()));
            }
        }
    }

    /** Of fields of which exactly one must be given. */
    private static boolean isOnlyOne(String name, JsonNode node, Shape shape) {
        return shape.exactlyOneOf().stream().anyMatch(group -> group.contains(name) && isAlone(name, group, node));
    }

    private static boolean isAlone(String name, List<String> group, JsonNode node) {
        return group.stream()
                .filter(other -> !other.equals(name))
                .allMatch(other ->
                        node.path(other).isMissingNode() || node.path(other).isNull());
    }
}
