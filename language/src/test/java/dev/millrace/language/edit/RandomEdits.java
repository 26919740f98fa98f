package dev.millrace.language.edit;

import dev.millrace.language.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Edits that people, an assistant or a user interface could make. */
final class RandomEdits {
    private static final List<String> VALUES = List.of(
            "\"CFO\"", "\"{{ trigger.id }}\"", "\"a: b\"", "\"a #b\"", "\"\"", "\" x\"", "\"true\"", "\"12\"", "\"24h\"",
            "\"one\\ntwo\"", "\"one\\n\\n  two\\n\"", "\"tab\\tand \\\"quotes\\\"\"", "\"it's\"", "\"₹ 🂡\"", "\"- x\"", "\"~\"",
            "\"\\u0000\\u2028\"", "\"x:\"", "\"[a]\"", "\"key: |\"", "7", "1.50", "1e3", "true", "null", "{}", "[]",
            "[\"a\",\"b\"]", "[{\"a\":[1,{\"b\":[]}]}]", "{\"to_role\":\"CFO\"}", "{\"a\":{\"b\":\"x\\ny\"}}",
            "{\"action\":\"core.stop\",\"config\":{\"reason\":\"x\"}}", "\"trigger.total_amount > 500000\"");
    private static final List<String> KEYS = List.of(
            "condition", "depends_on", "description", "config", "config.role", "config.message", "retry.max_attempts",
            "on_error", "timeout", "x-note", "config[\"a.b\"]", "config[\"x: y\"].z");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Random random;
    private final JsonNode document;
    private final List<String> all = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    RandomEdits(Random random, JsonNode document) {
        this.random = random;
        this.document = document;
        document.path("workflow").path("steps").forEach(step -> all.add(step.path("id").asString("")));
        all.stream()
                .filter(id -> !id.isBlank() && all.indexOf(id) == all.lastIndexOf(id))
                .forEach(ids::add);
    }

    Edit next() {
        if (ids.isEmpty()) {
            return new Edit.SetValue(pick(paths()), value());
        }
        return switch (random.nextInt(7)) {
            case 0 -> new Edit.AddStep(position(), step("new_" + random.nextInt(1000)));
            case 1 -> new Edit.RemoveStep(pick(ids));
            case 2 -> replaced();
            case 3 -> new Edit.RenameStep(pick(ids), "renamed_" + random.nextInt(1000));
            case 4 -> new Edit.MoveStep(pick(ids), position());
            case 5 -> new Edit.SetValue(path(), value());
            default -> new Edit.RemoveValue(pick(paths()));
        };
    }

    private Edit replaced() {
        String id = pick(ids);
        JsonNode old = document.path("workflow").path("steps").path(all.indexOf(id));
        ObjectNode step = (ObjectNode) (random.nextBoolean() ? step(id) : old.deepCopy());
        List<String> names = List.copyOf(step.propertyNames());
        String name = pick(names);
        if (!name.equals("id")) {
            step.set(name, value());
        }
        return new Edit.ReplaceStep(id, step);
    }

    private ObjectNode step(String id) {
        ObjectNode step = JsonNodeFactory.instance.objectNode().put("id", id).put("action", "core.stop");
        if (random.nextBoolean()) {
            step.put("depends_on", pick(ids));
        }
        ObjectNode config = step.putObject("config");
        for (int i = random.nextInt(5); i >= 0; i--) {
            config.set("field_" + i, value());
        }
        return step;
    }

    private Edit.Position position() {
        return switch (random.nextInt(3)) {
            case 0 -> new Edit.Before(pick(ids));
            case 1 -> new Edit.After(pick(ids));
            default -> new Edit.AtEnd();
        };
    }

    private String path() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(List.of("description", "trigger.condition", "name", "x-note.a.b", "on_failure"));
            case 1 -> "steps[" + all.indexOf(pick(ids)) + "]." + pick(KEYS);
            default -> pick(paths());
        };
    }

    /** Of everything below the workflow. */
    private List<String> paths() {
        var paths = new ArrayList<String>();
        collect(document.path("workflow"), new Path(List.of(new Path.Key("workflow"))), paths);
        return paths;
    }

    private static void collect(JsonNode node, Path path, List<String> paths) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                paths.add(path.item(i).shown());
                collect(node.path(i), path.item(i), paths);
            }
        }
        if (node.isObject()) {
            node.properties().forEach(e -> {
                paths.add(path.key(e.getKey()).shown());
                collect(e.getValue(), path.key(e.getKey()), paths);
            });
        }
    }

    private JsonNode value() {
        return JSON.readTree(pick(VALUES));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
