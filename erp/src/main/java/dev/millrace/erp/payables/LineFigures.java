package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import static java.math.RoundingMode.HALF_UP;

import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.payables.MatchFacts.OrderLine;
import java.math.BigDecimal;

/**
 * A line of an invoice beside its line of the order, in numbers. Percentages that decide are not rounded.
 *
 * @param before what others, and earlier lines of the same invoice, have invoiced of the order's line
 * @param rate what one unit of the invoice's currency is worth in the company's own
 */
record LineFigures(
        MatchFacts.Line line,
        OrderLine ordered,
        BigDecimal before,
        BigDecimal rate,
        Taxes.Kind kind,
        MatchTolerances tolerances) {
    static final int DECIMALS = 2;

    /** What may still be invoiced, as far as it is there. */
    BigDecimal available() {
        BigDecimal there = ordered.mode() == Mode.TWO_WAY ? ordered.ordered() : ordered.received();
        return there.subtract(before).max(BigDecimal.ZERO);
    }

    /** Invoiced beyond what is there, or beyond what was ordered. */
    BigDecimal excess() {
        return line.quantity()
                .subtract(available())
                .max(before.add(line.quantity()).subtract(ordered.ordered()))
                .max(BigDecimal.ZERO);
    }

    boolean isCoveredByOrder() {
        return line.quantity().compareTo(ordered.ordered().subtract(before)) <= 0;
    }

    BigDecimal excessValue() {
        return money(excess().multiply(ordered.unitPrice()));
    }

    boolean isExcessWithinLimits() {
        BigDecimal value = base(excessValue());
        return isSmall(value)
                || (isWithin(excess(), ordered.ordered(), tolerances.quantityPercent())
                        && value.compareTo(tolerances.quantityAmount()) <= 0);
    }

    /** Of one unit; signed. */
    BigDecimal priceDifference() {
        return line.unitPrice().subtract(ordered.unitPrice());
    }

    /** For the quantity invoiced; signed. */
    BigDecimal priceValue() {
        return money(priceDifference().multiply(line.quantity()));
    }

    BigDecimal pricePercent() {
        return percent(priceDifference(), ordered.unitPrice());
    }

    boolean isPriceWithinLimits() {
        BigDecimal value = base(priceValue().abs());
        return isSmall(value)
                || (isWithin(priceDifference(), ordered.unitPrice(), tolerances.pricePercent())
                        && value.compareTo(tolerances.priceAmount()) <= 0);
    }

    boolean isPriceSuspiciouslyLow() {
        return !isWithin(priceDifference().negate(), ordered.unitPrice(), tolerances.lowPricePercent());
    }

    /** At the order's rate, of what the invoice charges. */
    Taxes taxDue() {
        return Taxes.due(kind, line.taxable(), ordered.gstRate());
    }

    Taxes taxDifference() {
        return line.taxes().minus(taxDue());
    }

    /** What the line should have come to: no more than there is, at the order's price. */
    BigDecimal expectedValue() {
        return money(line.quantity().subtract(excess()).max(BigDecimal.ZERO).multiply(ordered.unitPrice()));
    }

    BigDecimal base(BigDecimal amount) {
        return amount.multiply(rate);
    }

    private boolean isSmall(BigDecimal baseValue) {
        return baseValue.compareTo(tolerances.smallDifference()) <= 0;
    }

    private static boolean isWithin(BigDecimal part, BigDecimal whole, BigDecimal percent) {
        return part.movePointRight(2).compareTo(whole.multiply(percent)) <= 0;
    }

    static BigDecimal money(BigDecimal exact) {
        return exact.setScale(DECIMALS, HALF_UP);
    }

    /** Rounded, to be shown; a hundred where there is no whole. */
    static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        if (part.signum() == 0) {
            return BigDecimal.ZERO.setScale(DECIMALS);
        }
        if (whole.signum() == 0) {
            return new BigDecimal("100").setScale(DECIMALS).multiply(BigDecimal.valueOf(part.signum()));
        }
        return part.movePointRight(2).divide(whole, DECIMALS, HALF_UP);
    }
}
