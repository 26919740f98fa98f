package dev.millrace.language.edit;

import dev.millrace.language.Edit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What an edit means for the tree, as plainly as it can be said; knows nothing of text. */
final class EditModel {
    private static final Pattern PART = Pattern.compile("\\[(\\d+)]|\\[\"([^\"]*)\"]|([A-Za-z_][A-Za-z0-9_-]*)");

    private final ObjectNode document;
    private final ArrayNode steps;

    private EditModel(JsonNode document) {
        this.document = (ObjectNode) document.deepCopy();
        steps = (ArrayNode) this.document.path("workflow").path("steps");
    }

    static JsonNode after(JsonNode document, Edit edit) {
        var model = new EditModel(document);
        switch (edit) {
            case Edit.AddStep add -> model.steps.insert(model.index(add.position()), add.step());
            case Edit.RemoveStep remove -> model.remove(remove.id());
            case Edit.ReplaceStep replace -> model.steps.set(model.find(replace.id()), replace.step());
            case Edit.RenameStep rename -> model.rename(rename.id(), rename.newId());
            case Edit.MoveStep move -> model.move(move);
            case Edit.SetValue set -> model.set(set.path(), set.value());
            case Edit.RemoveValue remove -> model.remove(parts(remove.path()));
            case Edit.Exactly exactly -> throw new IllegalArgumentException("a text edit has no tree");
        }
        return model.document;
    }

    private int find(String id) {
        int at = 0;
        while (!steps.path(at).path("id").asString("").equals(id)) {
            at++;
        }
        return at;
    }

    private int index(Edit.Position position) {
        return switch (position) {
            case Edit.Before before -> find(before.id());
            case Edit.After after -> find(after.id()) + 1;
            case Edit.AtEnd end -> steps.size();
        };
    }

    private void move(Edit.MoveStep move) {
        int from = find(move.id());
        int target = index(move.position());
        JsonNode step = steps.remove(from);
        steps.insert(target > from ? target - 1 : target, step);
    }

    private void remove(String id) {
        List<String> before = names(steps.path(find(id)));
        before.remove(id);
        steps.remove(find(id));
        steps.forEach(step -> {
            if (names(step).contains(id)) {
                var after = new LinkedHashSet<String>();
                names(step).forEach(name -> after.addAll(name.equals(id) ? before : List.of(name)));
                boolean text = step.path("depends_on").isString();
                ((ObjectNode) step).remove("depends_on");
                if (text && after.size() == 1) {
                    ((ObjectNode) step).put("depends_on", after.getFirst());
                } else if (!after.isEmpty()) {
                    after.forEach(((ObjectNode) step).putArray("depends_on")::add);
                }
            }
        });
    }

    private static List<String> names(JsonNode step) {
        JsonNode dependsOn = step.path("depends_on");
        var names = new ArrayList<String>();
        (dependsOn.isString() ? List.of(dependsOn) : dependsOn.values())
                .forEach(name -> names.add(name.asString()));
        return names;
    }

    /** The texts of this test have no other 'steps.id' than references. */
    private void rename(String id, String newId) {
        Pattern reference = Pattern.compile("(\\bsteps\\)?(?:\\.|\\[['\"]))" + id + "\\b");
        String replacement = "$1" + Matcher.quoteReplacement(newId);
        texts(document, text -> reference.matcher(text).replaceAll(replacement));
        steps.forEach(step -> {
            UnaryOperator<String> whole = text -> text.equals(id) ? newId : text;
            ObjectNode map = (ObjectNode) step;
            map.put("id", whole.apply(map.path("id").asString()));
            JsonNode dependsOn = map.path("depends_on");
            if (dependsOn.isString()) {
                map.put("depends_on", whole.apply(dependsOn.stringValue()));
            }
            texts(dependsOn, whole);
        });
    }

    private static void texts(JsonNode node, UnaryOperator<String> change) {
        switch (node) {
            case ObjectNode map ->
                map.properties().forEach(e -> {
                    texts(e.getValue(), change);
                    if (e.getValue().isString()) {
                        e.setValue(StringNode.valueOf(change.apply(e.getValue().stringValue())));
                    }
                });
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    texts(list.path(i), change);
                    if (list.path(i).isString()) {
                        list.set(i, StringNode.valueOf(change.apply(list.path(i).stringValue())));
                    }
                }
            }
            default -> {}
        }
    }

    private static List<Object> parts(String path) {
        var parts = new ArrayList<Object>();
        Matcher matcher = PART.matcher(path);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                parts.add(Integer.parseInt(matcher.group(1)));
            } else {
                parts.add(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
        }
        return parts;
    }

    private void set(String path, JsonNode value) {
        List<Object> parts = parts(path);
        JsonNode holder = document.path("workflow");
        for (Object part : parts.subList(0, parts.size() - 1)) {
            holder = part instanceof Integer index ? holder.path(index) : below((ObjectNode) holder, (String) part);
        }
        if (parts.getLast() instanceof Integer index) {
            ((ArrayNode) holder).set(index, value);
        } else {
            ((ObjectNode) holder).set((String) parts.getLast(), value);
        }
    }

    private static JsonNode below(ObjectNode holder, String key) {
        if (!holder.has(key) || holder.path(key).isNull()) {
            holder.set(key, JsonNodeFactory.instance.objectNode());
        }
        return holder.path(key);
    }

    private void remove(List<Object> parts) {
        JsonNode holder = document.path("workflow");
        for (Object part : parts.subList(0, parts.size() - 1)) {
            holder = part instanceof Integer index ? holder.path(index) : holder.path((String) part);
        }
        if (parts.getLast() instanceof Integer index) {
            ((ArrayNode) holder).remove(index);
        } else {
            ((ObjectNode) holder).remove((String) parts.getLast());
        }
    }
}
