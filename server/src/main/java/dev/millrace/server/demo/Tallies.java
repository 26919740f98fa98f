package dev.millrace.server.demo;

import dev.millrace.server.demo.Screen.Line;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts and sums of what is told of together. */
final class Tallies {
    private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    private Instant last = Instant.EPOCH;

    /** What can be told of together, in the order in which it is told. */
    enum Kind {
        BY_RULE("order", "orders", Verb.BY_RULE, "up to ₹5 lakh each: locked at once, nobody is asked"),
        APPROVED("order", "orders", Verb.APPROVED, "above ₹5 lakh, up to ₹25 lakh: by the Finance Head or the CFO"),
        CANCELLED(
                "order",
                "orders",
                Verb.CANCELLED,
                "above ₹5 lakh, up to ₹25 lakh: the Finance Head or the CFO said no"),
        RECEIVED("receipt", "receipts", Verb.IN_STORE, "of goods and services, for approved orders"),
        SENT_BACK("receipt", "receipts", Verb.SENT_BACK, "taken back, and the stock with it"),
        AGREED("invoice", "invoices", Verb.POSTED, "agree with order and receipt: in the books at once"),
        HELD("invoice", "invoices", Verb.ON_HOLD, "came before their goods: they wait for them"),
        GOODS_CAME("invoice", "invoices", Verb.POSTED, "whose goods came: the hold resolved itself"),
        ACCEPTED("invoice", "invoices", Verb.ACCEPTED, "up to ₹25 lakh: the Finance Head agrees to the difference"),
        REJECTED(
                "invoice",
                "invoices",
                Verb.REJECTED,
                "up to ₹25 lakh: the Finance Head does not agree to the difference"),
        REFUSED("invoice", "invoices", Verb.REFUSED, "by rule: sent twice, or for an order that was never approved"),
        TAKEN_BACK("invoice", "invoices", Verb.WITHDRAWN, "by the supplier before they were paid");

        private final String one;
        private final String many;
        private final Verb verb;
        private final String text;

        Kind(String one, String many, Verb verb, String text) {
            this.one = one;
            this.many = many;
            this.verb = verb;
            this.text = text;
        }
    }

    private record Tally(int count, BigDecimal sum) {}

    void add(Kind kind, BigDecimal amount, Instant at) {
        tallies.merge(
                kind,
                new Tally(1, amount),
                (known, one) -> new Tally(known.count() + 1, known.sum().add(amount)));
        last = at;
    }

    /** One line for each kind; afterwards there is nothing. */
    List<Line> take() {
        List<Line> lines = tallies.entrySet().stream()
                .map(e -> line(e.getKey(), e.getValue()))
                .toList();
        tallies.clear();
        return lines;
    }

    private Line line(Kind kind, Tally tally) {
        String subject = tally.count() + " " + (tally.count() == 1 ? kind.one : kind.many);
        return new Line(last, subject, tally.sum(), kind.verb, kind.text);
    }
}
