package dev.millrace.server.demo;

import dev.millrace.server.demo.Screen.Line;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes lines for people out of entries of the journal. What is large or is decided by a person has lines of its own; what
 * a rule does many times is told of together, at the end of a chapter. Used by one thread.
 */
final class Story {
    /** What is above it has lines of its own. */
    private static final BigDecimal LARGE = new BigDecimal("2500000");

    private final Lookups lookups;
    private final Tallies tallies = new Tallies();
    private final Map<String, Document> bills = new HashMap<>();
    private final Set<String> freed = new HashSet<>();
    private final Map<String, String> deciders = new HashMap<>();

    Story(Lookups lookups) {
        this.lookups = lookups;
    }

    /**
     * What an entry is about.
     *
     * @param type {@code purchase_order}, {@code supplier_invoice} or {@code payment_run}
     * @param by who brought it
     */
    record Document(String type, String id, String number, String party, BigDecimal total, String by) {
        /** It has no lines of its own. */
        boolean isSmall() {
            return !type.equals("payment_run") && total.compareTo(LARGE) <= 0;
        }

        /** A rule approves it. */
        boolean isBelowLimit() {
            return total.compareTo(OrderBook.LIMIT) <= 0;
        }
    }

    /** Where the story looks up what an entry is about. */
    interface Lookups {
        Document order(String id);

        Document byExecution(String executionId);
    }

    /** What to print for one entry, in this order; mostly nothing, since most entries are the engine's own business. */
    List<Line> tell(JsonNode entry, Instant at) {
        return switch (entry.path("type").asString("")) {
            case "purchase_order.approved" -> approved(entry, at);
            case "purchase_order.cancelled" -> cancelled(entry, at);
            case "workflow.escalated" -> escalated(entry, at);
            case "workflow.approval_granted" -> decided(entry, at, true);
            case "workflow.approval_rejected" -> decided(entry, at, false);
            case "goods_receipt.posted" -> tallied(Tallies.Kind.RECEIVED, Words.amount(comment(entry)), at);
            case "goods_receipt.reversed" -> tallied(Tallies.Kind.SENT_BACK, BigDecimal.ZERO, at);
            case "supplier_invoice.received" -> billed(entry);
            case "supplier_invoice.freed" -> freed(entry);
            case "supplier_invoice.released" -> released(entry, at);
            case "supplier_invoice.held" ->
                comment(entry).startsWith("receipt:") ? tallied(Tallies.Kind.HELD, bill(entry), at) : List.of();
            case "supplier_invoice.rejected" ->
                comment(entry).startsWith("Rejected by") ? List.of() : tallied(Tallies.Kind.REFUSED, bill(entry), at);
            case "supplier_invoice.cancelled", "supplier_invoice.reversed" ->
                tallied(Tallies.Kind.TAKEN_BACK, bill(entry), at);
            case "payment_run.proposed" ->
                run(entry, at, Verb.PROPOSED, "by " + who(entry) + ": " + Words.payments(comment(entry)));
            case "payment_run.released" -> run(entry, at, Verb.PAID, "all of its payments are posted");
            case "payment_run.cancelled" -> run(entry, at, Verb.CANCELLED, comment(entry));
            default -> List.of();
        };
    }

    /** What was told of together and is not printed yet. */
    List<Line> rest() {
        return tallies.take();
    }

    private List<Line> approved(JsonNode entry, Instant at) {
        Document order = lookups.order(entry.path("resource_id").asString());
        if (order.isBelowLimit()) {
            return tallied(Tallies.Kind.BY_RULE, order.total(), at);
        }
        return order.isSmall()
                ? tallied(Tallies.Kind.APPROVED, order.total(), at)
                : line(
                        order,
                        at,
                        Verb.APPROVED,
                        "by " + deciders.getOrDefault(order.id(), "a rule") + "; locked, " + order.party()
                                + " may deliver");
    }

    private List<Line> cancelled(JsonNode entry, Instant at) {
        Document order = lookups.order(entry.path("resource_id").asString());
        return order.isSmall()
                ? tallied(Tallies.Kind.CANCELLED, order.total(), at)
                : line(order, at, Verb.CANCELLED, comment(entry));
    }

    private List<Line> escalated(JsonNode entry, Instant at) {
        boolean own = comment(entry).startsWith("Nobody");
        Document about = lookups.byExecution(execution(entry));
        return line(
                about,
                at,
                Verb.ESCALATED,
                own
                        ? "to the CFO: " + about.by() + " does not decide on a request of her own"
                        : "to the CFO: no answer in time");
    }

    private List<Line> decided(JsonNode entry, Instant at, boolean granted) {
        Document about = lookups.byExecution(execution(entry));
        deciders.put(about.id(), who(entry));
        return switch (about.type()) {
            // What the decision did is told as soon as it is done.
            case "purchase_order" -> List.of();
            case "supplier_invoice" -> differing(entry, about, at, granted);
            default ->
                line(
                        about,
                        at,
                        granted ? Verb.SIGNED : Verb.REJECTED,
                        "by " + who(entry) + (granted ? "" : ": " + comment(entry)));
        };
    }

    private List<Line> differing(JsonNode entry, Document bill, Instant at, boolean granted) {
        if (bill.isSmall()) {
            return tallied(granted ? Tallies.Kind.ACCEPTED : Tallies.Kind.REJECTED, bill.total(), at);
        }
        return line(
                bill,
                at,
                granted ? Verb.ACCEPTED : Verb.REJECTED,
                "by " + who(entry) + (granted ? ": the difference is agreed" : ": " + comment(entry)));
    }

    private List<Line> billed(JsonNode entry) {
        bills.put(entry.path("resource_id").asString(), Words.bill(entry));
        return List.of();
    }

    private List<Line> freed(JsonNode entry) {
        freed.add(entry.path("resource_id").asString());
        return List.of();
    }

    private List<Line> released(JsonNode entry, Instant at) {
        if (comment(entry).contains(", approval ")) {
            return List.of();
        }
        boolean waited = freed.contains(entry.path("resource_id").asString());
        return tallied(waited ? Tallies.Kind.GOODS_CAME : Tallies.Kind.AGREED, bill(entry), at);
    }

    private List<Line> run(JsonNode entry, Instant at, Verb verb, String text) {
        String number = comment(entry).split(",", 2)[0];
        Document run = bills.computeIfAbsent(
                entry.path("resource_id").asString(),
                id -> new Document("payment_run", id, number, "", Words.amount(comment(entry)), who(entry)));
        return line(run, at, verb, text);
    }

    private List<Line> tallied(Tallies.Kind kind, BigDecimal amount, Instant at) {
        tallies.add(kind, amount, at);
        return List.of();
    }

    private static List<Line> line(Document about, Instant at, Verb verb, String text) {
        return List.of(new Line(at, about.number(), about.total(), verb, text));
    }

    private BigDecimal bill(JsonNode entry) {
        return Optional.ofNullable(bills.get(entry.path("resource_id").asString()))
                .map(Document::total)
                .orElse(BigDecimal.ZERO);
    }

    private static String execution(JsonNode entry) {
        return entry.path("execution_id").asString("");
    }

    private static String who(JsonNode entry) {
        return entry.path("actor").path("name").asString("Millrace");
    }

    private static String comment(JsonNode entry) {
        return entry.path("comment").asString("");
    }
}
