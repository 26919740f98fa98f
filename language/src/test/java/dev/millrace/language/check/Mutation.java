package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A valid document with one to three things changed: mostly invalid, and near to what people get wrong. */
final class Mutation {
    private static final List<String> VALUES = List.of(
            "null", "true", "0", "7", "1.5", "-1", "101", "\"\"", "\" \"", "\"x\"", "\"continue\"", "\"24h\"", "\"48h\"",
            "\"CFO\"", "\"Auditor\"", "\"CEO\"", "\"asha@acme.example\"", "\"nobody@acme.example\"", "\"INR\"", "\"QQQ\"",
            "\"2026-02-30\"", "\"12.50\"", "\"{{ trigger.id }}\"", "\"{{ 1 }} of {{ 2 }}\"", "[]", "{}", "[\"a\"]",
            "{\"a\":1}", "{\"x-note\":1}", "[null]", "{\"action\":\"core.stop\"}", "[{}]", "\"trigger.id == 1\"");
    private static final List<String> KEYS = List.of(
            "x-note", "acton", "action", "config", "then", "do", "after", "condition", "timeout", "on_timeout", "role",
            "user", "event", "manual", "schedule", "for_each", "max_parallel", "a.b", "depends_on", "retry", "message");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Random random;
    private final List<String> actions;
    private final List<String> events;
    private final JsonNode document;
    private final List<JsonNode> documents;

    Mutation(Random random, Catalogue catalogue, List<JsonNode> documents) {
        this.random = random;
        this.documents = documents;
        actions = List.copyOf(new TreeSet<>(catalogue.actions().keySet()));
        events = List.copyOf(new TreeSet<>(catalogue.events().keySet()));
        document = pick(documents).deepCopy();
    }

    /** As JSON, which is YAML. */
    String text() {
        for (int i = random.nextInt(4) == 0 ? 3 : 1; i > 0; i--) {
            change();
        }
        return document.toString() + "\n";
    }

    private void change() {
        List<JsonNode> holders = containers(document);
        switch (pick(holders)) {
            case ObjectNode map -> change(map);
            case ArrayNode list -> change(list);
            default -> throw new IllegalStateException("only containers are picked");
        }
    }

    private void change(ObjectNode map) {
        List<String> names = List.copyOf(map.propertyNames());
        String key = names.isEmpty() ? pick(KEYS) : pick(names);
        switch (random.nextInt(6)) {
            case 0 -> map.remove(key);
            case 1 -> map.set(key, value());
            case 2 -> map.set(pick(KEYS), value());
            case 3 -> {
                JsonNode value = map.remove(key);
                map.set(random.nextBoolean() ? pick(KEYS) : key + "s", value == null ? value() : value);
            }
            case 4 -> map.set(key, pick(containers(pick(documents))).deepCopy());
            default -> name(map, key);
        }
    }

    private void name(ObjectNode map, String key) {
        if (map.has("action")) {
            map.put("action", random.nextInt(10) == 0 ? "erp.no.such" : pick(actions));
        } else if (map.has("event")) {
            map.put("event", pick(events));
        } else {
            map.set(key, value());
        }
    }

    private void change(ArrayNode list) {
        switch (random.nextInt(3)) {
            case 0 -> list.add(value());
            case 1 -> list.removeAll();
            default -> {
                if (!list.isEmpty()) {
                    list.set(random.nextInt(list.size()), value());
                }
            }
        }
    }

    private JsonNode value() {
        return JSON.readTree(pick(VALUES));
    }

    private static List<JsonNode> containers(JsonNode node) {
        var found = new ArrayList<JsonNode>();
        if (node.isContainer()) {
            found.add(node);
            node.values().forEach(child -> found.addAll(containers(child)));
        }
        return found;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
