package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import dev.millrace.erp.MatchResult;
import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.payables.MatchFacts.Accepted;
import dev.millrace.erp.payables.MatchFacts.Invoice;
import dev.millrace.erp.payables.MatchFacts.Line;
import dev.millrace.erp.payables.MatchFacts.Order;
import dev.millrace.erp.payables.MatchFacts.OrderLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An invoice beside its order, put together line by line. All at 18 percent, within one state unless said. */
final class Cases {
    static final UUID SUPPLIER = new UUID(1, 1);
    private static final BigDecimal RATE = new BigDecimal("18");

    private final List<Line> lines = new ArrayList<>();
    private Taxes.Kind kind = Taxes.Kind.HALVES;
    private Optional<Order> order = Optional.of(new Order(SUPPLIER, "INR", Status.APPROVED));
    private Optional<String> duplicateOf = Optional.empty();
    private boolean twin;
    private List<Accepted> accepted = List.of();
    private String currency = "INR";
    private BigDecimal rate = BigDecimal.ONE;
    private BigDecimal charges = BigDecimal.ZERO;
    private BigDecimal roundOff = BigDecimal.ZERO;
    private Optional<BigDecimal> total = Optional.empty();
    private MatchTolerances tolerances = MatchTolerances.USUAL;

    static Cases ordered(String quantity, String price, String received, String before) {
        var made = new Cases();
        made.next = Optional.of(line(1, Mode.THREE_WAY, quantity, price, received, before));
        return made;
    }

    private Optional<OrderLine> next = Optional.empty();

    static OrderLine line(int no, Mode mode, String quantity, String price, String received, String before) {
        return new OrderLine(new UUID(2, no), "ITEM" + no, mode, d(quantity), d(received), d(before), d(price), RATE);
    }

    Cases andOrdered(Mode mode, String quantity, String price, String received, String before) {
        next = Optional.of(line(lines.size() + 1, mode, quantity, price, received, before));
        return this;
    }

    /** What follows is not on the order. */
    Cases andNothing() {
        next = Optional.empty();
        return this;
    }

    Cases withoutOrder() {
        order = Optional.empty();
        next = Optional.empty();
        return this;
    }

    Cases ordered(Order other) {
        order = Optional.of(other);
        return this;
    }

    Cases betweenStates() {
        kind = Taxes.Kind.UNDIVIDED;
        return this;
    }

    /** Taxed as it should be. */
    Cases invoiced(String quantity, String price) {
        BigDecimal taxable = LineFigures.money(d(quantity).multiply(d(price)));
        return add(quantity, price, Taxes.due(kind, taxable, RATE));
    }

    Cases invoiced(String quantity, String price, String cgst, String sgst, String igst) {
        return add(quantity, price, new Taxes(d(cgst), d(sgst), d(igst)));
    }

    private Cases add(String quantity, String price, Taxes taxes) {
        BigDecimal taxable = LineFigures.money(d(quantity).multiply(d(price)));
        lines.add(new Line(lines.size() + 1, next, d(quantity), d(price), taxable, RATE, taxes));
        return this;
    }

    Cases charged(String amount) {
        charges = d(amount);
        return this;
    }

    Cases rounded(String amount) {
        roundOff = d(amount);
        return this;
    }

    Cases totalling(String amount) {
        total = Optional.of(d(amount));
        return this;
    }

    Cases in(String other, String worth) {
        currency = other;
        rate = d(worth);
        return this;
    }

    Cases duplicateOf(String number) {
        duplicateOf = Optional.of(number);
        return this;
    }

    Cases likeAnother() {
        twin = true;
        return this;
    }

    Cases accepting(Accepted... differences) {
        accepted = List.of(differences);
        return this;
    }

    Cases within(MatchTolerances other) {
        tolerances = other;
        return this;
    }

    MatchFacts facts() {
        BigDecimal sum = lines.stream()
                .map(line -> line.taxable().add(line.taxes().sum()))
                .reduce(charges.add(roundOff), BigDecimal::add);
        return new MatchFacts(
                new Invoice(SUPPLIER, currency, rate, charges, roundOff, total.orElse(sum), kind, lines),
                order,
                duplicateOf,
                twin,
                accepted);
    }

    MatchResult match() {
        return ThreeWayMatch.match(facts(), tolerances);
    }

    static BigDecimal d(String number) {
        return new BigDecimal(number);
    }
}
