package dev.millrace.server.demo;

import dev.millrace.server.demo.DemoCheckRows.OrderFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The demo's last page: what came of it, and whether the tables say the same. */
final class Summary {
    private final Screen screen;
    private final DemoCheckRows rows;

    Summary(Screen screen, DemoCheckRows rows) {
        this.screen = screen;
        this.rows = rows;
    }

    /**
     * The restart in the middle.
     *
     * @param working executions that the engine was at work on when the server was killed
     * @param waiting those that waited for a person
     */
    record Restart(int working, int waiting, long millis) {}

    /** The table. */
    void table(JsonNode verified, Restart restart) {
        List<OrderFacts> orders = rows.orders();
        Map<String, Integer> requests = rows.requests();
        screen.row("Orders in", number(orders.size()));
        screen.row("Executions", rows.outcomes().isEmpty() ? "0" : words(rows.outcomes()));
        screen.row("Requests for approval", words(requests));
        screen.row("Escalated to the CFO", number(requests.getOrDefault("expired", 0)));
        screen.row("Orders locked", number(count(orders, "approved")));
        screen.row("  of these by rule, nobody asked", number(byRule(orders)));
        screen.row("Orders cancelled", number(count(orders, "cancelled")));
        screen.row(
                "Journal",
                verified.path("entries").asLong() + " entries, chain "
                        + (verified.path("ok").asBoolean()
                                ? "verified from the first to the last"
                                : "BROKEN at " + verified.path("first_broken")));
        screen.row(
                "Server killed and started again",
                "once, back after " + restart.millis() / 1000 + "." + restart.millis() % 1000 / 100 + " s; "
                        + (restart.working() + restart.waiting()) + " executions went on (" + restart.working()
                        + " in the middle of a step, " + restart.waiting() + " waiting for a person)");
    }

    /** The checks, from the database; whether all hold. */
    boolean checks(Set<UUID> sent, JsonNode verified) {
        List<DemoCheck> checks = DemoCheck.all(sent, rows.orders(), rows.steps());
        checks.forEach(check -> screen.check(check.holds(), check.text()));
        boolean chain = verified.path("ok").asBoolean();
        screen.check(chain, "the journal's chain of hashes is whole");
        return chain && checks.stream().allMatch(DemoCheck::holds);
    }

    private static int count(List<OrderFacts> orders, String status) {
        return (int) orders.stream().filter(o -> o.status().equals(status)).count();
    }

    private static int byRule(List<OrderFacts> orders) {
        return (int)
                orders.stream().filter(o -> o.locked() && o.requests() == 0).count();
    }

    private static String words(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String number(int value) {
        return String.valueOf(value);
    }
}
