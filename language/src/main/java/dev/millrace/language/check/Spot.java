package dev.millrace.language.check;

import dev.millrace.language.yaml.YamlPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A node and its path from the root of the document; reading never fails, it finds nothing. */
record Spot(String path, JsonNode node) {

    Spot key(String key) {
        return new Spot(YamlPath.key(path, key), node.path(key));
    }

    /** The items of a list. */
    List<Spot> items() {
        var items = new ArrayList<Spot>();
        if (node.isArray()) {
            node.forEach(item -> items.add(new Spot(YamlPath.item(path, items.size()), item)));
        }
        return items;
    }

    /** The items of a list; a single value counts as a list of one. */
    List<Spot> oneOrItems() {
        return node.isArray() ? items() : isGiven() ? List.of(this) : List.of();
    }

    /** Neither absent nor null. */
    boolean isGiven() {
        return !node.isMissingNode() && !node.isNull();
    }

    Optional<String> text() {
        return node.isString() && !node.stringValue().isEmpty() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    boolean is(String word) {
        return node.isString() && node.stringValue().equals(word);
    }

    /** As people see it in a message. */
    String shown() {
        return Findings.shown(path);
    }
}
