package dev.millrace.engine.approval;

import dev.millrace.engine.FieldChange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What differs between two states of a document, field by field. Numbers are equal if their values are. */
final class Differences {
    /** Fields that tell an element of a list from the others, the first that all elements of both lists have. */
    private static final List<String> KEYS = List.of("id", "line_no", "key", "code", "number");

    private final List<FieldChange> changes = new ArrayList<>();

    private Differences() {}

    static List<FieldChange> between(ObjectNode before, ObjectNode after) {
        var differences = new Differences();
        differences.compare("", Optional.of(before), Optional.of(after));
        return List.copyOf(differences.changes);
    }

    private void compare(String path, Optional<JsonNode> before, Optional<JsonNode> after) {
        if (before.isEmpty() || after.isEmpty()) {
            changes.add(new FieldChange(path, before, after));
        } else if (before.get() instanceof ObjectNode was && after.get() instanceof ObjectNode is) {
            compareFields(path, was, is);
        } else if (before.get().isArray() && after.get().isArray()) {
            compareLists(path, before.get(), after.get());
        } else if (!isSame(before.get(), after.get())) {
            changes.add(new FieldChange(path, before, after));
        }
    }

    private void compareFields(String path, ObjectNode before, ObjectNode after) {
        var names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            compare(path.isEmpty() ? name : path + "." + name, before.optional(name), after.optional(name));
        }
    }

    private void compareLists(String path, JsonNode before, JsonNode after) {
        Map<String, JsonNode> was = elements(before, after);
        Map<String, JsonNode> is = elements(after, before);
        var keys = new ArrayList<>(was.keySet());
        is.keySet().stream().filter(key -> !was.containsKey(key)).forEach(keys::add);
        for (String key : keys) {
            compare(path + "[" + key + "]", Optional.ofNullable(was.get(key)), Optional.ofNullable(is.get(key)));
        }
    }

    private static Map<String, JsonNode> elements(JsonNode list, JsonNode other) {
        Optional<String> key =
                KEYS.stream().filter(k -> isKey(list, k) && isKey(other, k)).findFirst();
        var elements = new LinkedHashMap<String, JsonNode>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode element = list.get(i);
            String name = key.map(k -> k + "=" + element.path(k).asString()).orElse(Integer.toString(i));
            elements.put(name, element);
        }
        return elements;
    }

    private static boolean isKey(JsonNode list, String field) {
        var seen = new HashSet<String>();
        return list.valueStream()
                .allMatch(element -> element.path(field).isValueNode()
                        && !element.path(field).isNull()
                        && seen.add(element.path(field).asString()));
    }

    private static boolean isSame(JsonNode before, JsonNode after) {
        if (before.isNumber() && after.isNumber()) {
            return before.decimalValue().compareTo(after.decimalValue()) == 0;
        }
        return before.equals(after);
    }

    /** A number, or a text that is one: amounts come as both. */
    static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        try {
            return value.isString() ? Optional.of(new BigDecimal(value.stringValue())) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
