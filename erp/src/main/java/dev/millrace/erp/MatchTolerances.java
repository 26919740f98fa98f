package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How far an invoice may differ before somebody has to look. Amounts are in the company's own currency; of a pair of
 * limits both hold.
 *
 * @param pricePercent of the order's price
 * @param priceAmount per line, and of charges that are not on the order
 * @param quantityPercent of the quantity ordered
 * @param quantityAmount value of the excess, per line
 * @param taxAmount per component of the tax and line
 * @param totalAmount between the total and the sum of its parts, and of the rounding
 * @param smallDifference per line; below it no percentage counts
 * @param lowPricePercent from here on a lower price is suspicious
 * @param withoutOrder largest invoice, or part of one, that needs no order
 */
public record MatchTolerances(
        BigDecimal pricePercent,
        BigDecimal priceAmount,
        BigDecimal quantityPercent,
        BigDecimal quantityAmount,
        BigDecimal taxAmount,
        BigDecimal totalAmount,
        BigDecimal smallDifference,
        BigDecimal lowPricePercent,
        BigDecimal withoutOrder) {

    /** Those of a company that has set none. */
    public static final MatchTolerances USUAL = new MatchTolerances(
            new BigDecimal("2"),
            new BigDecimal("1000"),
            BigDecimal.ZERO,
            new BigDecimal("1000"),
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.TEN,
            new BigDecimal("10000"));

    /** Settings of which some may be left out: those of a company, a supplier or a step. */
    public record Overrides(
            Optional<BigDecimal> pricePercent,
            Optional<BigDecimal> priceAmount,
            Optional<BigDecimal> quantityPercent,
            Optional<BigDecimal> quantityAmount,
            Optional<BigDecimal> taxAmount,
            Optional<BigDecimal> totalAmount,
            Optional<BigDecimal> smallDifference,
            Optional<BigDecimal> lowPricePercent,
            Optional<BigDecimal> withoutOrder) {

        public static final Overrides NONE =
                of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** The settings that a step may make. */
        public static Overrides of(
                Optional<BigDecimal> pricePercent,
                Optional<BigDecimal> priceAmount,
                Optional<BigDecimal> quantityPercent,
                Optional<BigDecimal> quantityAmount,
                Optional<BigDecimal> taxAmount) {
            return new Overrides(
                    pricePercent,
                    priceAmount,
                    quantityPercent,
                    quantityAmount,
                    taxAmount,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** These, where the nearer setting says nothing else. */
    public MatchTolerances with(Overrides nearer) {
        return new MatchTolerances(
                nearer.pricePercent().orElse(pricePercent),
                nearer.priceAmount().orElse(priceAmount),
                nearer.quantityPercent().orElse(quantityPercent),
                nearer.quantityAmount().orElse(quantityAmount),
                nearer.taxAmount().orElse(taxAmount),
                nearer.totalAmount().orElse(totalAmount),
                nearer.smallDifference().orElse(smallDifference),
                nearer.lowPricePercent().orElse(lowPricePercent),
                nearer.withoutOrder().orElse(withoutOrder));
    }
}
