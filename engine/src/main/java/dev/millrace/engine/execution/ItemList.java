package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.language.StepState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The items of a step with {@code for_each}, kept as the input of the step's own row: evaluated once, whatever changes
 * afterwards. The row is {@code running} while its items are at work.
 */
final class ItemList {
    private static final String ITEMS = "items";

    private ItemList() {}

    static StepRow row(String step, String action, List<JsonNode> items, Instant now) {
        ObjectNode input = Json.object();
        items.forEach(input.putArray(ITEMS)::add);
        return StepRow.fresh(step, action).running(1, 0, input, now);
    }

    /** The list has been evaluated, whatever has become of the step. */
    static boolean isKnown(StepRow row) {
        return row.input().filter(input -> input.has(ITEMS)).isPresent();
    }

    /** How many; empty while the list has not been evaluated, and when the step is over. */
    static Optional<Integer> count(StepRow row) {
        return row.status() == Status.RUNNING
                ? row.input().map(input -> input.path(ITEMS).size())
                : Optional.empty();
    }

    static JsonNode item(StepRow row, int item) {
        return row.input().orElseThrow().path(ITEMS).path(item);
    }
}
