package dev.millrace.server.demo;

import dev.millrace.server.demo.Screen.Line;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes lines for people out of entries of the journal. Small orders, which a rule approves at once, are told of several
 * at a time. Used by one thread.
 */
final class Story {
    /** Small orders in one line. */
    private static final int GROUP_MOST = 6;

    private final Orders orders;
    private final List<Order> small = new ArrayList<>();
    private final Set<String> passedOn = new HashSet<>();
    private Instant smallAt = Instant.EPOCH;

    Story(Orders orders) {
        this.orders = orders;
    }

    /** An order as the story needs it. */
    record Order(String number, String supplier, BigDecimal total) {
        boolean isSmall() {
            return total.compareTo(OrderBook.LIMIT) <= 0;
        }
    }

    /** Where the story looks up what an entry is about. */
    interface Orders {
        Order byId(String id);

        Order byExecution(String executionId);
    }

    /** What to print for one entry, in this order; mostly nothing, since most entries are the engine's own business. */
    List<Line> tell(JsonNode entry, Instant at) {
        return switch (entry.path("type").asString("")) {
            case "purchase_order.submitted" -> line(about(entry), at, Verb.RAISED, who(entry));
            case "purchase_order.approved" -> approved(entry, at);
            case "purchase_order.cancelled" -> line(about(entry), at, Verb.CANCELLED, "nothing will be ordered");
            case "workflow.awaiting_approval" -> asked(entry, at);
            case "workflow.escalated" -> escalated(entry, at);
            case "workflow.approval_granted" -> line(about(entry), at, Verb.APPROVED, "by " + who(entry));
            case "workflow.approval_rejected" ->
                line(about(entry), at, Verb.REJECTED, "by " + who(entry) + ": " + comment(entry));
            default -> List.of();
        };
    }

    /** The small orders that no line told of yet. */
    List<Line> rest() {
        if (small.isEmpty()) {
            return List.of();
        }
        BigDecimal sum = small.stream().map(Order::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        String subject = small.size() == 1 ? small.getFirst().number() : small.size() + " orders";
        String text = small.size() == 1
                ? small.getFirst().supplier()
                : small.getFirst().number() + " … " + small.getLast().number();
        small.clear();
        return List.of(new Line(smallAt, subject, sum, Verb.BY_RULE, text + ": up to ₹5 lakh each, locked at once"));
    }

    private List<Line> approved(JsonNode entry, Instant at) {
        Order order = about(entry);
        if (!order.isSmall()) {
            return line(order, at, Verb.LOCKED, order.supplier() + " may deliver");
        }
        small.add(order);
        smallAt = at;
        return small.size() == GROUP_MOST ? rest() : List.of();
    }

    private List<Line> asked(JsonNode entry, Instant at) {
        // Where nobody of the first role may decide, the escalation has said already who is asked.
        return passedOn.remove(execution(entry))
                ? List.of()
                : line(about(entry), at, Verb.ASKED, "Finance Head, who has 24 hours");
    }

    private List<Line> escalated(JsonNode entry, Instant at) {
        boolean own = comment(entry).startsWith("Nobody");
        if (own) {
            passedOn.add(execution(entry));
        }
        return line(
                about(entry),
                at,
                Verb.ESCALATED,
                own ? "to the CFO: nobody decides on a request of their own" : "to the CFO: no answer within 24 hours");
    }

    private List<Line> line(Order order, Instant at, Verb verb, String text) {
        if (order.isSmall()) {
            return List.of();
        }
        String all = verb == Verb.RAISED ? order.supplier() + ", by " + text : text;
        return List.of(new Line(at, order.number(), order.total(), verb, all));
    }

    private Order about(JsonNode entry) {
        return entry.path("resource_type").asString("").equals("purchase_order")
                ? orders.byId(entry.path("resource_id").asString())
                : orders.byExecution(execution(entry));
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
