package dev.millrace.erp.gst;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An invoice's total in whole rupees. Source: CGST Act s. 170.
 *
 * @param roundOff what was added: negative where it was rounded down
 */
public record RoundedTotal(BigDecimal total, BigDecimal roundOff) {

    /** HALF_UP, at two decimals. */
    public static RoundedTotal toTheRupee(BigDecimal exact) {
        BigDecimal total = exact.setScale(0, RoundingMode.HALF_UP).setScale(TaxSplit.DECIMALS);
        return new RoundedTotal(total, total.subtract(exact));
    }

    public static RoundedTotal unrounded(BigDecimal exact) {
        return new RoundedTotal(exact, TaxSplit.ZERO);
    }
}
