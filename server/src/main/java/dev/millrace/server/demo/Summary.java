package dev.millrace.server.demo;

import dev.millrace.server.demo.DemoCheckRows.Live;
import dev.millrace.server.demo.DemoCheckRows.OrderFacts;
import java.time.Duration;
import java.util.ArrayList;
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
     * The death of the server in the middle.
     *
     * @param left executions that it left unfinished
     * @param away from the kill until it answered again
     */
    record Crash(Live left, Duration away) {
        String seconds() {
            return away.toSeconds() + "." + away.toMillisPart() / 100 + " s";
        }
    }

    /**
     * The table.
     *
     * @param unanswered requests that the Finance Head left to their deadline
     */
    void table(JsonNode verified, Crash crash, int unanswered) {
        List<OrderFacts> orders = rows.orders();
        Map<String, Integer> requests = rows.requests();
        int escalated = requests.getOrDefault("expired", 0);
        screen.row("Orders in", number(orders.size()));
        screen.row("Executions", words(rows.outcomes()));
        screen.row(
                "Approvals",
                requests.getOrDefault("approved", 0) + " approved, " + requests.getOrDefault("rejected", 0)
                        + " rejected, " + requests.getOrDefault("pending", 0) + " pending");
        screen.row(
                "Escalated to the CFO",
                escalated + ": " + unanswered + " after 24 hours without an answer, " + (escalated - unanswered)
                        + " were the Finance Head's own");
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
                "Server killed and restarted",
                "once, back after " + crash.seconds() + "; " + crash.left().count() + " executions went on");
    }

    /** The checks, from the database; whether all hold. */
    boolean checks(Set<UUID> sent, JsonNode verified, Crash crash) {
        var checks = new ArrayList<>(DemoCheck.all(sent, rows.orders(), rows.steps()));
        checks.add(DemoCheck.wentOn(crash.left(), rows.live()));
        checks.forEach(check -> screen.check(check.holds(), check.text()));
        boolean chain = verified.path("ok").asBoolean();
        screen.check(
                chain,
                "the journal's chain of hashes is whole: "
                        + verified.path("sealed").asLong() + " seals");
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
