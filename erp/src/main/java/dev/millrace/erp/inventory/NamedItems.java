package dev.millrace.erp.inventory;

import static java.util.stream.Collectors.toMap;

import dev.millrace.erp.Item;
import dev.millrace.erp.core.InputProblems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The items that a document's lines name, each by its id or by its code. */
public final class NamedItems {
    private final Map<UUID, Item> byId;
    private final Map<String, Item> byCode;

    /**
     * @param items as far as there are any
     */
    public NamedItems(List<Item> items) {
        this.byId = items.stream().collect(toMap(Item::id, item -> item));
        this.byCode = items.stream().collect(toMap(Item::code, item -> item));
    }

    /**
     * @param at where the line stands, {@code lines[0].}
     * @return empty: none is named, or none that is there and active, and that was taken down
     */
    public Optional<Item> find(Optional<UUID> id, Optional<String> code, String at, InputProblems problems) {
        if (id.isPresent() == code.isPresent()) {
            problems.add(
                    "exactly_one_of",
                    at + "item_code",
                    "Expected either item_id or item_code at %s".formatted(at + "item_code"));
            return Optional.empty();
        }
        String path = at + (code.isPresent() ? "item_code" : "item_id");
        Optional<Item> item = code.map(byCode::get).or(() -> id.map(byId::get)).filter(Item::active);
        if (item.isEmpty()) {
            String named = code.or(() -> id.map(UUID::toString)).orElse("");
            problems.add(
                    "item_unknown", path, "Expected an item of this company at %s but got '%s'".formatted(path, named));
        }
        return item;
    }
}
