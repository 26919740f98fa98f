package dev.millrace.language.edit;

import dev.millrace.language.Edited;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sets and removes values, changing as little of the text as the values differ. */
final class Values {
    private final Working working;
    private final Entries entries;

    Values(Working working) {
        this.working = working;
        entries = new Entries(working);
    }

    void set(Path path, JsonNode value) {
        JsonNode old = path.in(working.document());
        if (old.isMissingNode()) {
            add(path, value);
        } else if (old.equals(value)) {
            return;
        } else if (isFull(old) && isFull(value) && old.isObject() && value.isObject()) {
            map(path, old, value);
        } else if (isFull(old) && isFull(value) && old.isArray() && value.isArray()) {
            list(path, old, value);
        } else {
            new Place(working, path).replace(value);
        }
    }

    private static boolean isFull(JsonNode node) {
        return node.isContainer() && !node.isEmpty();
    }

    private void map(Path path, JsonNode old, JsonNode value) {
        value.properties().forEach(e -> set(path.key(e.getKey()), e.getValue()));
        old.propertyNames().stream()
                .filter(name -> !value.has(name))
                .toList()
                .forEach(name -> remove(path.key(name)));
    }

    /** What is the same at both ends stays. */
    private void list(Path path, JsonNode old, JsonNode value) {
        int shorter = Math.min(old.size(), value.size());
        int head = 0;
        while (head < shorter && old.path(head).equals(value.path(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && old.path(old.size() - 1 - tail).equals(value.path(value.size() - 1 - tail))) {
            tail++;
        }
        int both = shorter - head - tail;
        for (int i = head; i < head + both; i++) {
            set(path.item(i), value.path(i));
        }
        for (int i = head + both; i < value.size() - tail; i++) {
            entries.insert(path, i, value.path(i));
        }
        for (int i = old.size() - tail - 1; i >= head + both && old.size() > value.size(); i--) {
            remove(path.item(i));
        }
    }

    private void add(Path path, JsonNode value) {
        Path parent = path.parent();
        JsonNode holder = parent.in(working.document());
        switch (path.last()) {
            case Path.Key key -> {
                if (holder.isObject()) {
                    entries.add(parent, key.name(), value);
                } else if (holder.isMissingNode() || holder.isNull()) {
                    ObjectNode map = JsonNodeFactory.instance.objectNode();
                    set(parent, map.set(key.name(), value));
                } else {
                    throw absent(path);
                }
            }
            case Path.Index index -> {
                if (!holder.isArray() || holder.size() != index.at()) {
                    throw absent(path);
                }
                entries.insert(parent, index.at(), value);
            }
        }
    }

    void remove(Path path) {
        if (path.in(working.document()).isMissingNode()) {
            throw absent(path);
        }
        JsonNode holder = path.parent().in(working.document());
        if (holder.size() == 1 && !path.parent().isRoot()) {
            JsonNode empty =
                    holder.isArray() ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
            new Place(working, path.parent()).replace(empty);
            return;
        }
        entries.remove(path);
    }

    private static Refusal absent(Path path) {
        return new Refusal(
                Edited.Code.PATH_ABSENT,
                "Expected a value at " + path.shown() + " but there is no such place; correct the path.");
    }
}
