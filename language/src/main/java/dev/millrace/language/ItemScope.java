package dev.millrace.language;

import java.time.Instant;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;

/** A scope in which {@code item} and {@code item_index} name one item of a step with {@code for_each}. */
public record ItemScope(Scope base, JsonNode item, int index) implements Scope {

    @Override
    public JsonNode root(String name) {
        return switch (name) {
            case "item" -> item;
            case "item_index" -> DecimalNode.valueOf(BigDecimal.valueOf(index));
            default -> base.root(name);
        };
    }

    @Override
    public Instant now() {
        return base.now();
    }

    @Override
    public ZoneId zone() {
        return base.zone();
    }

    @Override
    public String currency() {
        return base.currency();
    }
}
