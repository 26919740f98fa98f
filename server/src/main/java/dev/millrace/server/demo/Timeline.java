package dev.millrace.server.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Follows the audit journal as the company's auditor sees it, and prints what it tells of documents. The journal is the
 * only source, so that nothing is printed that was not committed.
 */
final class Timeline {
    private static final Duration SEALED_MOST = Duration.ofSeconds(20);

    private final Caller auditor;
    private final Screen screen;
    private final Story story;
    private long told;
    private Duration ahead = Duration.ZERO;

    Timeline(Caller auditor, Screen screen) {
        this.auditor = auditor;
        this.screen = screen;
        this.story = new Story(new Lookups(auditor));
    }

    /** Whatever was before the demo is not told. */
    synchronized void skipToEnd() {
        JsonNode newest = page("");
        told = newest.path("items").isEmpty()
                ? 0
                : newest.path("items").get(0).path("seq").asLong();
    }

    /** Prints what is new. */
    synchronized void runOnce() {
        for (JsonNode entry : unseen().reversed()) {
            Instant at = Instant.parse(entry.path("at").asString()).plus(ahead);
            story.tell(entry, at).forEach(screen::tell);
            told = entry.path("seq").asLong();
        }
    }

    /** Returns when all that is committed by now is printed, also what is told of together. */
    void drain() {
        Await.that("the journal is sealed to its end", SEALED_MOST, () -> {
            JsonNode state = verified();
            runOnce();
            return state.path("unsealed").asLong() == 0
                    && isTold(state.path("sealed").asLong());
        });
        rest();
    }

    /** From here on the demo's clock is further ahead of the journal's, which is never moved. */
    synchronized void moveClock(Duration by) {
        ahead = ahead.plus(by);
    }

    /** What the server finds when it recomputes the chain of hashes: {@code ok, entries, sealed, unsealed}. */
    JsonNode verified() {
        return auditor.expect("have the journal verified", auditor.get("/audit-logs/verify"));
    }

    private synchronized boolean isTold(long sealed) {
        return told >= sealed;
    }

    private synchronized void rest() {
        story.rest().forEach(screen::tell);
    }

    /** Newest first. */
    private List<JsonNode> unseen() {
        var entries = new ArrayList<JsonNode>();
        String cursor = "";
        while (true) {
            JsonNode page = page(cursor);
            for (JsonNode entry : page.path("items")) {
                if (entry.path("seq").asLong() <= told) {
                    return entries;
                }
                entries.add(entry);
            }
            cursor = page.path("next_cursor").asString("");
            if (cursor.isEmpty()) {
                return entries;
            }
        }
    }

    private JsonNode page(String cursor) {
        String path = "/audit-logs?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        return auditor.expect("read the journal", auditor.get(path));
    }

    /** Looks orders and executions up over the API, each once. */
    private record Lookups(Caller caller, Map<String, Story.Document> orders, Map<String, Story.Document> executions)
            implements Story.Lookups {
        Lookups(Caller caller) {
            this(caller, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        @Override
        public Story.Document order(String id) {
            return orders.computeIfAbsent(id, key -> {
                JsonNode order = caller.expect("open an order", caller.get("/purchase-orders/" + key));
                return new Story.Document(
                        "purchase_order",
                        id,
                        order.path("po_number").asString(),
                        order.path("supplier_name").asString(),
                        new BigDecimal(order.path("total_amount").asString()),
                        "");
            });
        }

        @Override
        public Story.Document byExecution(String executionId) {
            return executions.computeIfAbsent(
                    executionId,
                    key -> document(caller.expect("open an execution", caller.get("/workflows/executions/" + key))));
        }

        private static Story.Document document(JsonNode execution) {
            JsonNode trigger = execution.path("trigger");
            String event = execution.path("trigger_event").asString("");
            String type = event.substring(0, Math.max(0, event.indexOf('.')));
            return new Story.Document(
                    type,
                    trigger.path("id").asString(),
                    trigger.path(
                                    switch (type) {
                                        case "purchase_order" -> "po_number";
                                        case "payment_run" -> "run_number";
                                        default -> "invoice_number";
                                    })
                            .asString(""),
                    trigger.path("supplier_name").asString(""),
                    new BigDecimal(trigger.path("total_amount").asString("0")),
                    trigger.path("requested_by_name").asString(""));
        }
    }
}
