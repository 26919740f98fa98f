package dev.millrace.erp.gst;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The tax of one line. Each component is rounded by itself, HALF_UP at two decimals: half of a rounded sum would be
 * another number. Source: IGST Act s. 7, 8 and 16.
 */
public record TaxSplit(BigDecimal cgst, BigDecimal sgst, BigDecimal igst) {
    static final int DECIMALS = 2;
    static final BigDecimal ZERO = BigDecimal.ZERO.setScale(DECIMALS);
    static final TaxSplit NONE = new TaxSplit(ZERO, ZERO, ZERO);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TWO_HUNDRED = BigDecimal.valueOf(200);

    /**
     * @param taxable what the line costs without tax
     * @param rate percent
     * @param sellerState two digits
     * @param placeOfSupply two digits; {@code 96} abroad
     */
    public static TaxSplit of(
            BigDecimal taxable, BigDecimal rate, String sellerState, String placeOfSupply, SupplyType type) {
        if (!type.isTaxed()) {
            return NONE;
        }
        if (type.isZeroRated() || !sellerState.equals(placeOfSupply)) {
            return new TaxSplit(ZERO, ZERO, share(taxable, rate, HUNDRED));
        }
        BigDecimal half = share(taxable, rate, TWO_HUNDRED);
        return new TaxSplit(half, half, ZERO);
    }

    private static BigDecimal share(BigDecimal taxable, BigDecimal rate, BigDecimal divisor) {
        return taxable.multiply(rate).divide(divisor, DECIMALS, RoundingMode.HALF_UP);
    }

    public BigDecimal total() {
        return cgst.add(sgst).add(igst);
    }

    TaxSplit plus(TaxSplit other) {
        return new TaxSplit(cgst.add(other.cgst), sgst.add(other.sgst), igst.add(other.igst));
    }
}
