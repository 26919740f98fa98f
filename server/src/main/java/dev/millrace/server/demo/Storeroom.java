package dev.millrace.server.demo;

import dev.millrace.engine.Json;
import dev.millrace.server.demo.OrderBook.Raised;
import dev.millrace.server.demo.Trade.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Stock is used up until it is low; the workflow drafts an order, and Purchasing sends it. */
final class Storeroom {
    private static final Duration DRAFTED_MOST = Duration.ofSeconds(60);
    private static final String CHECK_AND_SEND = "Check and send ";

    private final Trade trade;
    private final Caller purchasing;
    private final OrderBook book;

    Storeroom(Trade trade, Caller purchasing, OrderBook book) {
        this.trade = trade;
        this.purchasing = purchasing;
        this.book = book;
    }

    /**
     * Uses up so many items, each in three withdrawals: to just above its level, to it, and below it.
     *
     * @return the levels as they were
     */
    List<Level> useUp(int items) {
        List<Level> chosen = trade.stock(Person.IMRAN).stream()
                .filter(level -> level.reorderQuantity().signum() > 0
                        && level.onOrder().signum() == 0
                        && level.projected().compareTo(level.reorderLevel()) > 0
                        && level.reorderLevel().compareTo(BigDecimal.TWO) >= 0)
                .limit(items)
                .toList();
        for (Level level : chosen) {
            BigDecimal above = level.onHand().subtract(level.reorderLevel()).subtract(BigDecimal.ONE);
            if (above.signum() > 0) {
                trade.withdraw(Person.IMRAN, level, above, "To production");
            }
            trade.withdraw(Person.IMRAN, level, BigDecimal.ONE, "To production");
            BigDecimal half = level.reorderLevel().divide(BigDecimal.TWO, 0, RoundingMode.DOWN);
            trade.withdraw(Person.IMRAN, level, half, "To production");
        }
        return chosen;
    }

    /** Purchasing does its tasks: sends every draft that the workflow made. */
    List<Raised> send(int drafts) {
        List<JsonNode> tasks = Await.answer("a task to send each draft order", DRAFTED_MOST, () -> {
            List<JsonNode> found = tasks();
            return found.size() < drafts ? Optional.empty() : Optional.of(found);
        });
        var sent = new ArrayList<Raised>();
        for (JsonNode task : tasks) {
            String path = "/purchase-orders/" + task.path("entity_id").asString();
            JsonNode draft = purchasing.expect("open a draft", purchasing.get(path));
            // Before it is sent: the Finance Head may be asked at once.
            Raised order = Raised.of(draft, Optional.empty());
            book.add(order);
            purchasing.expect("send a draft", purchasing.post(path + "/submit", Json.object()));
            purchasing.expect(
                    "do a task", purchasing.post("/tasks/" + task.path("id").asString() + "/done", Json.object()));
            sent.add(order);
        }
        return sent;
    }

    private List<JsonNode> tasks() {
        JsonNode page = purchasing.expect("see the tasks", purchasing.get("/tasks?limit=200"));
        var found = new ArrayList<JsonNode>();
        for (JsonNode task : page.path("items")) {
            if (task.path("title").asString("").startsWith(CHECK_AND_SEND)) {
                found.add(task);
            }
        }
        return found;
    }
}
