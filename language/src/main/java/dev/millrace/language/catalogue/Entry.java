package dev.millrace.language.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A value of the file and where it stands; reading says what was expected and what there is. */
record Entry(String path, JsonNode node) {
    private static final int LONGEST = 60;

    Entry key(String key) {
        return new Entry(path.isEmpty() ? key : path + "." + key, node.path(key));
    }

    boolean isGiven() {
        return !node.isMissingNode() && !node.isNull();
    }

    List<Entry> items() {
        if (isGiven() && !node.isArray()) {
            throw fault("a list");
        }
        var items = new ArrayList<Entry>();
        node.forEach(item -> items.add(new Entry(path + "[" + items.size() + "]", item)));
        return items;
    }

    List<String> keys() {
        if (isGiven() && !node.isObject()) {
            throw fault("a map");
        }
        return List.copyOf(node.propertyNames());
    }

    List<String> texts() {
        return items().stream().map(Entry::text).toList();
    }

    String text() {
        if (!node.isString()) {
            throw fault("a text");
        }
        return node.stringValue();
    }

    String text(String otherwise) {
        return isGiven() ? text() : otherwise;
    }

    Optional<String> optionalText() {
        return isGiven() ? Optional.of(text()) : Optional.empty();
    }

    boolean flag() {
        if (isGiven() && !node.isBoolean()) {
            throw fault("true or false");
        }
        return node.booleanValue(false);
    }

    Optional<BigDecimal> number() {
        if (isGiven() && !node.isNumber()) {
            throw fault("a number");
        }
        return isGiven() ? Optional.of(node.decimalValue()) : Optional.empty();
    }

    CatalogueFault fault(String expected) {
        String given = isGiven() ? node.toString() : "nothing";
        String shown = given.length() > LONGEST ? given.substring(0, LONGEST) + "…" : given;
        String place = path.isEmpty() ? "" : " at " + path;
        return new CatalogueFault("Expected " + expected + place + " but got " + shown + ".");
    }
}
