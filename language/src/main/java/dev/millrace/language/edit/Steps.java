package dev.millrace.language.edit;

import dev.millrace.language.Edit.After;
import dev.millrace.language.Edit.AtEnd;
import dev.millrace.language.Edit.Before;
import dev.millrace.language.Edit.Position;
import dev.millrace.language.Edited;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Adds, removes, replaces and moves whole steps. */
final class Steps {
    private final Working working;
    private final Values values;
    private final Entries entries;

    Steps(Working working) {
        this.working = working;
        values = new Values(working);
        entries = new Entries(working);
    }

    void add(Position position, JsonNode step) {
        refuseTaken(idOf(step));
        JsonNode steps = Path.STEPS.in(working.document());
        if (steps.isArray()) {
            entries.insert(Path.STEPS, index(position), step);
        } else if (steps.isMissingNode() || steps.isNull()) {
            index(position);
            values.set(Path.STEPS, JsonNodeFactory.instance.arrayNode().add(step));
        } else {
            throw new Refusal(
                    Edited.Code.PATH_ABSENT, "Expected a list at steps but there is another value; write a list there.");
        }
    }

    void remove(String id) {
        Path step = find(id);
        List<String> before = names(step.key("depends_on"));
        before.remove(id);
        int size = Path.STEPS.in(working.document()).size();
        for (int i = 0; i < size; i++) {
            rewire(Path.STEPS.item(i), id, before);
        }
        values.remove(step);
    }

    /** Depends on what the removed one depended on. */
    private void rewire(Path step, String removed, List<String> before) {
        Path dependsOn = step.key("depends_on");
        List<String> names = names(dependsOn);
        if (!names.contains(removed) || isNamed(step.in(working.document()), removed)) {
            return;
        }
        var after = new LinkedHashSet<String>();
        names.forEach(name -> after.addAll(name.equals(removed) ? before : List.of(name)));
        if (after.isEmpty()) {
            values.remove(dependsOn);
            return;
        }
        boolean single = after.size() == 1 && dependsOn.in(working.document()).isString();
        var list = JsonNodeFactory.instance.arrayNode();
        after.forEach(list::add);
        values.set(dependsOn, single ? list.path(0) : list);
    }

    private List<String> names(Path dependsOn) {
        JsonNode node = dependsOn.in(working.document());
        var names = new ArrayList<String>();
        if (node.isString()) {
            names.add(node.stringValue());
        }
        node.values().stream().filter(JsonNode::isString).forEach(name -> names.add(name.stringValue()));
        return names;
    }

    void replace(String id, JsonNode step) {
        Path path = find(id);
        String newId = idOf(step);
        if (!newId.equals(id)) {
            refuseTaken(newId);
        }
        values.set(path, step);
    }

    void move(String id, Position position) {
        int from = indexOf(find(id));
        int target = index(position);
        entries.move(Path.STEPS, from, target > from ? target - 1 : target);
    }

    /** Before which step of the list as it is. */
    private int index(Position position) {
        return switch (position) {
            case Before before -> indexOf(find(before.id()));
            case After after -> indexOf(find(after.id())) + 1;
            case AtEnd end -> Path.STEPS.in(working.document()).size();
        };
    }

    private static int indexOf(Path step) {
        return step.last() instanceof Path.Index index ? index.at() : 0;
    }

    Path find(String id) {
        var found = new ArrayList<Path>();
        JsonNode steps = Path.STEPS.in(working.document());
        for (int i = 0; i < steps.size() && steps.isArray(); i++) {
            if (isNamed(steps.path(i), id)) {
                found.add(Path.STEPS.item(i));
            }
        }
        if (found.isEmpty()) {
            throw new Refusal(
                    Edited.Code.UNKNOWN_STEP, "Expected the id of a step but there is no step '" + id + "'; correct it.");
        }
        if (found.size() > 1) {
            throw new Refusal(
                    Edited.Code.STEP_AMBIGUOUS,
                    "Expected one step '" + id + "' but there are " + found.size() + "; give each an id of its own first.");
        }
        return found.getFirst();
    }

    private static boolean isNamed(JsonNode step, String id) {
        return step.path("id").isString() && step.path("id").stringValue().equals(id) && !id.isBlank();
    }

    void refuseTaken(String id) {
        if (Path.STEPS.in(working.document()).valueStream().anyMatch(step -> isNamed(step, id))) {
            throw new Refusal(
                    Edited.Code.STEP_ID_TAKEN, "Expected a new id but a step '" + id + "' is there; take another.");
        }
    }

    private static String idOf(JsonNode step) {
        if (!step.path("id").isString() || step.path("id").stringValue().isBlank()) {
            throw new Refusal(
                    Edited.Code.VALUE_NOT_ALLOWED,
                    "Expected a step as a map with an id but got one without; add 'id'.");
        }
        return step.path("id").stringValue();
    }
}
