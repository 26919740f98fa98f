package dev.millrace.language.testing;

import dev.millrace.language.yaml.YamlPath;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Compares what is expected with what came: maps by the keys that are expected, lists item by item. */
final class Matching {
    private final List<Mismatch> mismatches = new ArrayList<>();

    private Matching() {}

    /** @param path of the expectation */
    record Mismatch(String path, JsonNode expected, JsonNode actual) {}

    static List<Mismatch> compare(JsonNode expected, JsonNode actual, String path) {
        var matching = new Matching();
        matching.value(expected, actual, path);
        return matching.mismatches;
    }

    private void value(JsonNode expected, JsonNode actual, String path) {
        if (expected.isObject() && actual.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                if (!field.getKey().startsWith("x-")) {
                    value(field.getValue(), actual.path(field.getKey()), YamlPath.key(path, field.getKey()));
                }
            }
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int n = 0; n < expected.size(); n++) {
                value(expected.path(n), actual.path(n), YamlPath.item(path, n));
            }
        } else if (!same(expected, actual)) {
            mismatches.add(new Mismatch(path, expected, actual));
        }
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        if (expected.isNull()) {
            return actual.isNull() || actual.isMissingNode();
        }
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        if (expected.isString() && actual.isString()) {
            return expected.equals(actual)
                    || instant(expected).filter(e -> instant(actual).filter(e::isEqual).isPresent()).isPresent();
        }
        return expected.isBoolean() && expected.equals(actual);
    }

    private static Optional<OffsetDateTime> instant(JsonNode text) {
        try {
            return text.stringValue().length() < 16
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text.stringValue()));
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }
}
