package dev.millrace.erp.payables;

import static java.math.RoundingMode.HALF_UP;

import java.math.BigDecimal;

/**
 * A tax by its components, each at two decimals.
 *
 * @param igst the undivided tax; of companies without GST, the tax
 */
public record Taxes(BigDecimal cgst, BigDecimal sgst, BigDecimal igst) {
    private static final int DECIMALS = 2;
    private static final BigDecimal TWO_HUNDRED = new BigDecimal("200");
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    /** In which components a tax is owed. */
    public enum Kind {
        /** Within a state: half to the union, half to the state, each rounded by itself. */
        HALVES,
        /** Between states, and wherever a tax is not divided. */
        UNDIVIDED
    }

    /**
     * @param rate percent
     */
    public static Taxes due(Kind kind, BigDecimal taxable, BigDecimal rate) {
        BigDecimal none = BigDecimal.ZERO.setScale(DECIMALS);
        BigDecimal exact = taxable.multiply(rate);
        return switch (kind) {
            case HALVES -> {
                BigDecimal half = exact.divide(TWO_HUNDRED, DECIMALS, HALF_UP);
                yield new Taxes(half, half, none);
            }
            case UNDIVIDED -> new Taxes(none, none, exact.divide(HUNDRED, DECIMALS, HALF_UP));
        };
    }

    public BigDecimal sum() {
        return cgst.add(sgst).add(igst);
    }

    public Taxes minus(Taxes other) {
        return new Taxes(cgst.subtract(other.cgst), sgst.subtract(other.sgst), igst.subtract(other.igst));
    }

    /** The component that is furthest from zero, without its sign. */
    public BigDecimal largest() {
        return cgst.abs().max(sgst.abs()).max(igst.abs());
    }

    /** It has a component that is not owed, whatever its amount. */
    public boolean isOfAnotherKind(Kind kind) {
        return switch (kind) {
            case HALVES -> igst.signum() != 0;
            case UNDIVIDED -> cgst.signum() != 0 || sgst.signum() != 0;
        };
    }
}
