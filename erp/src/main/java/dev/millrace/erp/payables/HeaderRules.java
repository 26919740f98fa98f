package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.payables.MatchFacts.Invoice;
import dev.millrace.erp.payables.MatchFacts.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be found on an invoice as a whole, in the order in which it is asked. */
final class HeaderRules {
    private HeaderRules() {}

    /** The same number of the same supplier in the same fiscal year. */
    static Optional<Finding> duplicate(MatchFacts facts) {
        return facts.duplicateOf()
                .map(number -> whole(
                        "duplicate_number",
                        Outcome.DUPLICATE,
                        BigDecimal.ZERO,
                        "the supplier's invoice " + number + " has the same number"));
    }

    /** What makes it an invoice of nothing that was ordered, or one that does not add up. */
    static List<Finding> invalid(MatchFacts facts, MatchTolerances tolerances) {
        var found = new ArrayList<Finding>();
        facts.order().ifPresent(order -> misfits(facts.invoice(), order, found));
        sums(facts.invoice(), tolerances, found);
        return found;
    }

    private static void misfits(Invoice invoice, Order order, List<Finding> found) {
        switch (order.status()) {
            case DRAFT, PENDING_APPROVAL, RETURNED ->
                found.add(invalid("order_not_approved", "its order is not approved"));
            case CANCELLED -> found.add(invalid("order_cancelled", "its order is cancelled"));
            case APPROVED, PARTIALLY_RECEIVED, RECEIVED, CLOSED -> {
                // What was ordered may be invoiced.
            }
        }
        if (!order.supplier().equals(invoice.supplier())) {
            found.add(invalid("supplier_differs", "its order went to another supplier"));
        }
        if (!order.currency().equals(invoice.currency())) {
            found.add(invalid(
                    "currency_differs", "it is in " + invoice.currency() + " but its order in " + order.currency()));
        }
    }

    private static void sums(Invoice invoice, MatchTolerances tolerances, List<Finding> found) {
        BigDecimal sum = invoice.charges().add(invoice.roundOff());
        for (MatchFacts.Line line : invoice.lines()) {
            BigDecimal value = LineFigures.money(line.quantity().multiply(line.unitPrice()));
            if (isBeyond(line.taxable().subtract(value), invoice, tolerances)) {
                found.add(invalid(
                        "line_total_differs",
                        "line " + line.lineNo() + " says "
                                + line.taxable().toPlainString() + " but quantity and price come to "
                                + value.toPlainString()));
            }
            sum = sum.add(line.taxable()).add(line.taxes().sum());
        }
        if (isBeyond(invoice.total().subtract(sum), invoice, tolerances)) {
            found.add(invalid(
                    "total_differs",
                    "its total is " + invoice.total().toPlainString() + " but its parts come to "
                            + sum.toPlainString()));
        }
        if (isBeyond(invoice.roundOff(), invoice, tolerances)) {
            found.add(invalid(
                    "round_off_too_large",
                    "it is rounded by " + invoice.roundOff().toPlainString()));
        }
    }

    private static boolean isBeyond(BigDecimal difference, Invoice invoice, MatchTolerances tolerances) {
        return difference.abs().multiply(invoice.rate()).compareTo(tolerances.totalAmount()) > 0;
    }

    /** An invoice without an order, or the part of one that its order does not know. */
    static Optional<Finding> withoutOrder(MatchFacts facts, MatchTolerances tolerances) {
        Invoice invoice = facts.invoice();
        BigDecimal amount = facts.order().isEmpty()
                ? invoice.total()
                : ThreeWayMatch.notOnOrder(invoice).stream()
                        .map(line -> line.taxable().add(line.taxes().sum()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (facts.order().isPresent() && ThreeWayMatch.notOnOrder(invoice).isEmpty()) {
            return Optional.empty();
        }
        boolean isFree = amount.multiply(invoice.rate()).compareTo(tolerances.withoutOrder()) <= 0;
        return Optional.of(whole(
                "no_purchase_order",
                isFree ? Outcome.WITHIN_TOLERANCE : Outcome.VARIANCE,
                amount,
                amount.toPlainString() + " without an order"));
    }

    /** Instalments look alike: it weighs only where no order says how much there is to be invoiced. */
    static Optional<Finding> twin(MatchFacts facts) {
        if (!facts.hasTwin()) {
            return Optional.empty();
        }
        return Optional.of(whole(
                "possible_duplicate",
                facts.order().isPresent() ? Outcome.MATCHED : Outcome.VARIANCE,
                BigDecimal.ZERO,
                "another invoice of the same total was written within a week"));
    }

    /** Freight and the like have no line on the order. */
    static Optional<Finding> charges(MatchFacts facts, MatchTolerances tolerances) {
        BigDecimal charges = facts.invoice().charges();
        if (charges.signum() == 0) {
            return Optional.empty();
        }
        boolean isWithin = charges.abs().multiply(facts.invoice().rate()).compareTo(tolerances.priceAmount()) <= 0;
        return Optional.of(whole(
                "unplanned_charges",
                isWithin ? Outcome.WITHIN_TOLERANCE : Outcome.VARIANCE,
                charges.abs(),
                "charges of " + charges.toPlainString() + " that were not ordered"));
    }

    private static Finding invalid(String code, String text) {
        return whole(code, Outcome.INVALID, BigDecimal.ZERO, text);
    }

    private static Finding whole(String code, Outcome outcome, BigDecimal deviation, String text) {
        return new Finding(code, Finding.WHOLE, outcome, deviation, text);
    }
}
