package dev.millrace.server.demo;

import dev.millrace.server.demo.Cashier.Second;
import dev.millrace.server.demo.DemoCheckRows.Live;
import dev.millrace.server.demo.DemoCheckRows.OrderFacts;
import dev.millrace.server.demo.DemoCheckRows.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Judges what the tables say: every order ended as its decision says, exactly once.
 *
 * @param of how many things were looked at
 * @param faulty those for which it does not hold, in words
 */
record DemoCheck(String claim, int of, List<String> faulty) {
    /** Faulty ones that are named; the others are counted. */
    private static final int NAMED_MOST = 5;

    DemoCheck {
        faulty = List.copyOf(faulty);
    }

    boolean holds() {
        return faulty.isEmpty();
    }

    String text() {
        String counted = of == 1 ? claim : claim + ": " + (of - faulty.size()) + " of " + of;
        if (holds()) {
            return counted;
        }
        String named = String.join(", ", faulty.subList(0, Math.min(NAMED_MOST, faulty.size())));
        return counted + ". Not so: " + named + (faulty.size() > NAMED_MOST ? ", …" : "");
    }

    /**
     * Every check there is.
     *
     * @param sent the ids of the orders that the server said it had taken
     */
    static List<DemoCheck> all(Set<UUID> sent, List<OrderFacts> orders, Steps steps) {
        List<OrderFacts> small = orders.stream().filter(OrderFacts::small).toList();
        List<OrderFacts> large = orders.stream().filter(o -> !o.small()).toList();
        List<OrderFacts> granted = having(large, "approved");
        List<OrderFacts> refused = having(large, "rejected");
        return List.of(
                arrived(sent, orders),
                check("one execution for each order", orders, o -> o.executions() == 1),
                check("every one of them is finished", orders, o -> o.live() == 0),
                check("no order is left pending", orders, o -> !o.status().equals("pending_approval")),
                check("no order's request for approval is left pending", orders, o -> o.pending() == 0),
                check("above ₹5 lakh: exactly one decision", large, o -> o.decided() == 1),
                check("approved: locked, once", granted, o -> o.locked() && ended(o, 1, 0)),
                check("rejected: cancelled, once", refused, o -> o.status().equals("cancelled") && ended(o, 0, 1)),
                check(
                        "up to ₹5 lakh: locked by rule, nobody asked",
                        small,
                        o -> o.locked() && o.requests() == 0 && ended(o, 1, 0)),
                check("one effect on each order", orders, o -> o.approvedEvents() + o.cancelledEvents() == 1),
                new DemoCheck("each step was completed once", steps.completed(), steps.repeated()));
    }

    /** Whether what a killed server left unfinished is finished by now, or waits for a person as it did then. */
    static DemoCheck wentOn(Live left, Live now) {
        return new DemoCheck(
                "what the killed server left unfinished went on to its end, or waits for a person",
                left.count(),
                left.all().stream()
                        .filter(now.working()::contains)
                        .map(UUID::toString)
                        .toList());
    }

    /** Whether of every attempt to pay an invoice more than once all but the first were refused. */
    static DemoCheck refused(List<Second> seconds) {
        return new DemoCheck(
                "paying a paid invoice again is refused, and so is one of two payments at the same moment",
                seconds.size(),
                seconds.stream()
                        .filter(s -> !s.isRefused())
                        .map(s -> s.invoice() + " (" + s.drafts().size() + " of " + s.attempts() + " went through)")
                        .toList());
    }

    private static DemoCheck arrived(Set<UUID> sent, List<OrderFacts> orders) {
        var faulty = new ArrayList<String>();
        Set<UUID> there = Set.copyOf(orders.stream().map(OrderFacts::id).toList());
        sent.stream().filter(id -> !there.contains(id)).forEach(id -> faulty.add(id + " is missing"));
        orders.stream().filter(o -> !sent.contains(o.id())).forEach(o -> faulty.add(o.number() + " was not sent"));
        return new DemoCheck("every order that was sent is there, once", sent.size() + extra(sent, orders), faulty);
    }

    private static int extra(Set<UUID> sent, List<OrderFacts> orders) {
        return (int) orders.stream().filter(o -> !sent.contains(o.id())).count();
    }

    private static DemoCheck check(String claim, List<OrderFacts> orders, Predicate<OrderFacts> holds) {
        return new DemoCheck(
                claim,
                orders.size(),
                orders.stream()
                        .filter(o -> !holds.test(o))
                        .map(o -> o.number() + " (" + o.status() + ")")
                        .toList());
    }

    private static List<OrderFacts> having(List<OrderFacts> orders, String verdict) {
        return orders.stream()
                .filter(o -> o.verdict().filter(verdict::equals).isPresent())
                .toList();
    }

    private static boolean ended(OrderFacts order, int approvals, int cancellations) {
        return order.approvedEvents() == approvals && order.cancelledEvents() == cancellations;
    }
}
