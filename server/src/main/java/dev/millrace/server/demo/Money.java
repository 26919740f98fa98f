package dev.millrace.server.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rupees as they are written in India: {@code ₹12,34,567.50}, the last three digits together, then pairs. */
final class Money {
    private Money() {}

    static String rupees(BigDecimal amount) {
        String digits = amount.abs().setScale(2, RoundingMode.HALF_UP).toPlainString();
        int point = digits.length() - 3;
        int cut = Math.max(0, point - 3);
        var grouped = new StringBuilder(digits.substring(cut));
        while (cut > 0) {
            int from = Math.max(0, cut - 2);
            grouped.insert(0, digits.substring(from, cut) + ",");
            cut = from;
        }
        return (amount.signum() < 0 ? "-₹" : "₹") + grouped;
    }
}
