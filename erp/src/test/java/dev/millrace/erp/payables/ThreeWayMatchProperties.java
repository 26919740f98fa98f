package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.MatchResult;
import dev.millrace.erp.MatchResult.Decision;
import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.payables.MatchFacts.Invoice;
import dev.millrace.erp.payables.MatchFacts.Line;
import dev.millrace.erp.payables.MatchFacts.Order;
import dev.millrace.erp.payables.MatchFacts.OrderLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What holds of every match, over generated invoices that differ from their orders in all ways at once. */
class ThreeWayMatchProperties {
    private static final BigDecimal RATE = new BigDecimal("18");

    @Property(edgeCases = EdgeCasesMode.NONE)
    void wider_tolerances_never_make_an_outcome_worse(
            @ForAll("invoices") MatchFacts facts, @ForAll("tolerances") MatchTolerances some, @ForAll Random random) {
        MatchTolerances wider = widened(some, random);

        MatchResult strict = ThreeWayMatch.match(facts, some);
        MatchResult lax = ThreeWayMatch.match(facts, wider);

        Statistics.label("outcome").collect(strict.outcome());
        assertThat(lax.outcome()).isLessThanOrEqualTo(strict.outcome());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_order_of_the_lines_does_not_matter(@ForAll("invoices") MatchFacts facts, @ForAll Random random) {
        var shuffled = new ArrayList<>(facts.invoice().lines());
        Collections.shuffle(shuffled, random);

        assertThat(ThreeWayMatch.match(with(facts, shuffled), MatchTolerances.USUAL))
                .isEqualTo(ThreeWayMatch.match(facts, MatchTolerances.USUAL));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_is_released_without_a_tolerance_is_there_and_was_ordered(@ForAll("invoices") MatchFacts facts) {
        MatchResult result = ThreeWayMatch.match(facts, none());

        if (result.decision() == Decision.RELEASE) {
            for (MatchResult.Line line : result.lines()) {
                BigDecimal after = line.previouslyInvoiced().add(line.invoiced());
                assertThat(after).isLessThanOrEqualTo(line.ordered());
                if (line.mode() == Mode.THREE_WAY) {
                    assertThat(after).isLessThanOrEqualTo(line.received());
                }
                assertThat(line.invoicePrice()).isLessThanOrEqualTo(line.poPrice());
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_was_accepted_needs_nobody_again(@ForAll("invoices") MatchFacts facts) {
        var accepted = ThreeWayMatch.acceptable(facts, MatchTolerances.USUAL);
        var again = new MatchFacts(facts.invoice(), facts.order(), facts.duplicateOf(), facts.hasTwin(), accepted);

        assertThat(ThreeWayMatch.match(again, MatchTolerances.USUAL).decision()).isNotEqualTo(Decision.REVIEW);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_outcome_is_the_worst_of_the_lines_or_worse(@ForAll("invoices") MatchFacts facts) {
        MatchResult result = ThreeWayMatch.match(facts, MatchTolerances.USUAL);

        assertThat(result.lines()).allSatisfy(line -> {
            assertThat(line.status()).isLessThanOrEqualTo(result.outcome());
            assertThat(result.codes()).containsAll(line.codes());
        });
    }

    private static MatchFacts with(MatchFacts facts, List<Line> lines) {
        Invoice invoice = facts.invoice();
        return new MatchFacts(
                new Invoice(
                        invoice.supplier(),
                        invoice.currency(),
                        invoice.rate(),
                        invoice.charges(),
                        invoice.roundOff(),
                        invoice.total(),
                        invoice.kind(),
                        lines),
                facts.order(),
                facts.duplicateOf(),
                facts.hasTwin(),
                facts.accepted());
    }

    private static MatchTolerances none() {
        BigDecimal zero = BigDecimal.ZERO;
        return new MatchTolerances(zero, zero, zero, zero, zero, zero, zero, new BigDecimal("100"), zero);
    }

    private static MatchTolerances widened(MatchTolerances some, Random random) {
        return new MatchTolerances(
                more(some.pricePercent(), random),
                more(some.priceAmount(), random),
                more(some.quantityPercent(), random),
                more(some.quantityAmount(), random),
                more(some.taxAmount(), random),
                more(some.totalAmount(), random),
                more(some.smallDifference(), random),
                more(some.lowPricePercent(), random),
                more(some.withoutOrder(), random));
    }

    private static BigDecimal more(BigDecimal limit, Random random) {
        return random.nextBoolean() ? limit : limit.add(BigDecimal.valueOf(random.nextInt(2000), 1));
    }

    @Provide
    Arbitrary<MatchTolerances> tolerances() {
        Arbitrary<BigDecimal> percent =
                Arbitraries.integers().between(0, 200).map(tenths -> BigDecimal.valueOf(tenths, 1));
        Arbitrary<BigDecimal> amount = Arbitraries.integers().between(0, 5000).map(BigDecimal::valueOf);
        return Combinators.combine(percent, amount, percent, amount, amount, amount, amount, percent)
                .as((price, priceAmount, quantity, quantityAmount, tax, total, small, low) -> new MatchTolerances(
                        price,
                        priceAmount,
                        quantity,
                        quantityAmount,
                        tax,
                        total.min(BigDecimal.TEN),
                        small.min(BigDecimal.TEN),
                        low,
                        priceAmount.add(quantityAmount)));
    }

    @Provide
    Arbitrary<MatchFacts> invoices() {
        return Combinators.combine(
                        lines().list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(Taxes.Kind.class),
                        Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.of(true)), Tuple.of(1, Arbitraries.of(false))),
                        Arbitraries.of(0, 0, 0, 0, 0, 750, 1500),
                        Arbitraries.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 3),
                        Arbitraries.of(true, false, false))
                .as(ThreeWayMatchProperties::facts);
    }

    /** One line in numbers that are near to each other. */
    private record Drawn(
            int orderLine,
            Mode mode,
            int ordered,
            int received,
            int before,
            int quantity,
            int price,
            int priceOff,
            int taxOff,
            boolean otherTax) {}

    private static Arbitrary<Drawn> lines() {
        Arbitrary<Integer> quantity = Arbitraries.integers().between(40, 100);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(Mode.THREE_WAY, Mode.THREE_WAY, Mode.TWO_WAY, Mode.NONE),
                        quantity,
                        quantity,
                        Arbitraries.of(0, 0, 0, 10, 50),
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.integers().between(1, 500))
                .flatAs((line, mode, ordered, received, before, invoiced, price) -> Combinators.combine(
                                Arbitraries.of(0, 0, 0, 0, 0, 0, 0, 1, 3, 8, -3, -8, -15),
                                Arbitraries.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 90, -90, 200),
                                Arbitraries.of(false, false, false, false, false, false, false, false, false, true))
                        .as((priceOff, taxOff, otherTax) -> new Drawn(
                                line,
                                mode,
                                ordered + 1,
                                received,
                                before,
                                invoiced,
                                price,
                                priceOff,
                                taxOff,
                                otherTax)));
    }

    private static MatchFacts facts(
            List<Drawn> drawn, Taxes.Kind kind, boolean hasOrder, int charges, int off, boolean twin) {
        var lines = new ArrayList<Line>();
        BigDecimal sum = BigDecimal.valueOf(charges);
        for (int i = 0; i < drawn.size(); i++) {
            Drawn one = drawn.get(i);
            // Several lines may be of one line of the order: then they are held against the same numbers.
            Drawn order = drawn.stream()
                    .filter(other -> other.orderLine() == one.orderLine())
                    .findFirst()
                    .orElseThrow();
            Line line = line(i + 1, one, order, kind, hasOrder);
            lines.add(line);
            sum = sum.add(line.taxable()).add(line.taxes().sum());
        }
        return new MatchFacts(
                new Invoice(
                        Cases.SUPPLIER,
                        "INR",
                        BigDecimal.ONE,
                        BigDecimal.valueOf(charges),
                        BigDecimal.ZERO,
                        sum.add(BigDecimal.valueOf(off)),
                        kind,
                        lines),
                hasOrder ? Optional.of(new Order(Cases.SUPPLIER, "INR", Status.APPROVED)) : Optional.empty(),
                Optional.empty(),
                twin,
                List.of());
    }

    private static Line line(int no, Drawn drawn, Drawn order, Taxes.Kind kind, boolean hasOrder) {
        BigDecimal quantity = BigDecimal.valueOf(drawn.quantity());
        BigDecimal price = BigDecimal.valueOf(order.price());
        BigDecimal invoicePrice =
                price.add(price.multiply(BigDecimal.valueOf(drawn.priceOff())).movePointLeft(2));
        BigDecimal taxable = LineFigures.money(quantity.multiply(invoicePrice));
        Taxes due = Taxes.due(
                drawn.otherTax() == (kind == Taxes.Kind.HALVES) ? Taxes.Kind.UNDIVIDED : Taxes.Kind.HALVES,
                taxable,
                RATE);
        BigDecimal off = BigDecimal.valueOf(drawn.taxOff(), 2);
        Taxes taxes = due.igst().signum() == 0
                ? new Taxes(due.cgst().add(off), due.sgst(), due.igst())
                : new Taxes(due.cgst(), due.sgst(), due.igst().add(off));
        Optional<OrderLine> ordered = hasOrder
                ? Optional.of(new OrderLine(
                        new UUID(2, order.orderLine()),
                        "ITEM",
                        order.mode(),
                        BigDecimal.valueOf(order.ordered()),
                        BigDecimal.valueOf(order.received()),
                        BigDecimal.valueOf(order.before()),
                        price,
                        RATE))
                : Optional.empty();
        return new Line(no, ordered, quantity, invoicePrice, taxable, RATE, taxes);
    }
}
