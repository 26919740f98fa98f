package dev.millrace.server.demo;

import dev.millrace.server.demo.Cashier.Second;
import dev.millrace.server.demo.DemoCheckRows.Live;
import dev.millrace.server.demo.DemoCheckRows.OrderFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The demo's last page: what came of it, and whether the tables say the same. */
final class Summary {
    private final Screen screen;
    private final DemoCheckRows rows;
    private final BookRows books;

    Summary(Screen screen, DemoCheckRows rows, BookRows books) {
        this.screen = screen;
        this.rows = rows;
        this.books = books;
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
     * @param unanswered requests about orders that the Finance Head left to their deadline
     */
    void table(JsonNode verified, Crash crash, int unanswered) {
        List<OrderFacts> orders = rows.orders();
        Map<String, Integer> requests = rows.requests();
        int escalated = requests.getOrDefault("expired", 0);
        screen.row(
                "Orders",
                orders.size() + ": " + byRule(orders) + " locked by rule, "
                        + (count(orders, OrderFacts::locked) - byRule(orders)) + " by decision, "
                        + count(orders, order -> order.status().equals("cancelled")) + " cancelled");
        screen.row("Receipts", said(books.receipts(), "taken in, goods worth "));
        screen.row(
                "Suppliers' invoices",
                said(books.invoices("released,part_paid,paid"), "in the books, ") + "; "
                        + books.invoices("rejected").count() + " refused, "
                        + books.invoices("cancelled,reversed").count() + " withdrawn, "
                        + books.invoices("received,on_hold").count() + " on hold");
        screen.row(
                "Paid",
                said(books.paid(), "payments, ") + ": " + books.runs().count()
                        + " signed runs, and one posted by itself");
        screen.row("Ordered because stock ran low", said(books.reordered(), "orders, about "));
        screen.row(
                "Tax invoices",
                said(books.sold(), "made, ") + "; " + books.registered().count() + " with an IRN");
        screen.row("Ledger", said(books.ledger(), "journals, debits and credits of ") + " each");
        screen.row("Stock", "worth " + Screen.rupees(books.stock().amount()));
        screen.row("Executions", words(rows.outcomes()));
        screen.row(
                "Requests for approval",
                requests.getOrDefault("approved", 0) + " approved, " + requests.getOrDefault("rejected", 0)
                        + " rejected");
        screen.row(
                "Escalated to the CFO",
                escalated + ": " + unanswered + " after 24 hours without an answer, " + (escalated - unanswered)
                        + " were the Finance Head's own");
        screen.row("Waiting", waiting());
        screen.row(
                "Audit trail",
                verified.path("entries").asLong() + " entries, chain "
                        + (verified.path("ok").asBoolean()
                                ? "verified from the first to the last"
                                : "BROKEN at " + verified.path("first_broken")));
        screen.row(
                "Server killed and restarted",
                "once, back after " + crash.seconds() + "; " + crash.left().count() + " executions went on");
    }

    private String waiting() {
        List<String> people = books.waitedFor();
        return people.isEmpty() ? "for nobody" : "for " + String.join(", ", people);
    }

    /** What the log has and this company's books have not. */
    void left(List<Course> courses) {
        int notes =
                courses.stream().mapToInt(course -> course.left().creditNotes()).sum();
        int refused =
                courses.stream().mapToInt(course -> course.left().refused()).sum();
        screen.note("Of the log not in these books: what followed for orders that were not approved; " + notes
                + " withdrawals of paid invoices");
        screen.note("(that wants a credit note, which is not handled yet)"
                + (refused == 0 ? "." : "; " + refused + " receipts and returns that no longer fit."));
    }

    /** The checks, from the database; whether all hold. */
    boolean checks(Set<UUID> sent, JsonNode verified, Crash crash, List<Second> seconds) {
        screen.heading("Checked in the database: the books");
        var ofBooks = new ArrayList<DemoCheck>(books.checks());
        ofBooks.add(DemoCheck.refused(seconds));
        boolean booksHold = say(ofBooks);
        screen.heading("Checked in the database: orders, executions and the audit trail");
        var ofOrders = new ArrayList<>(DemoCheck.all(sent, rows.orders(), rows.steps()));
        ofOrders.add(DemoCheck.wentOn(crash.left(), rows.live()));
        boolean ordersHold = say(ofOrders);
        boolean chain = verified.path("ok").asBoolean();
        screen.check(
                chain,
                "the audit trail's chain of hashes is whole: "
                        + verified.path("sealed").asLong() + " seals");
        return booksHold && ordersHold && chain;
    }

    private boolean say(List<DemoCheck> checks) {
        checks.forEach(check -> screen.check(check.holds(), check.text()));
        return checks.stream().allMatch(DemoCheck::holds);
    }

    private static String said(BookRows.Sum sum, String what) {
        return sum.count() + " " + what + Screen.rupees(sum.amount());
    }

    private static int count(List<OrderFacts> orders, Predicate<OrderFacts> which) {
        return (int) orders.stream().filter(which).count();
    }

    private static int byRule(List<OrderFacts> orders) {
        return count(orders, order -> order.locked() && order.requests() == 0);
    }

    private static String words(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " "
                        + (entry.getKey().equals("awaiting_approval") ? "waiting for a person" : entry.getKey()))
                .collect(Collectors.joining(", "));
    }
}
