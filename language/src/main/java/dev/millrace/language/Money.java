package dev.millrace.language;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Amounts as people write them: {@code ₹12,34,567.50}, {@code USD 1,234,567.50}, {@code JPY 1,235}.
 *
 * <p>Rounds HALF_UP as postings do, so that a message shows the amount that is booked.
 */
public final class Money {
    private static final Set<String> KNOWN = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Money() {}

    /** @return empty if there is no such currency */
    public static Optional<String> text(BigDecimal amount, String code) {
        if (!KNOWN.contains(code)) {
            return Optional.empty();
        }
        return Optional.of(text(amount, code, decimals(code)));
    }

    private static int decimals(String code) {
        return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
    }

    private static String text(BigDecimal amount, String code, int decimals) {
        BigDecimal rounded = amount.setScale(decimals, RoundingMode.HALF_UP);
        String digits = rounded.abs().toPlainString();
        int point = decimals == 0 ? digits.length() : digits.indexOf('.');
        boolean rupees = code.equals("INR");
        return (rounded.signum() < 0 ? "-" : "")
                + (rupees ? "₹" : code + " ")
                + grouped(digits.substring(0, point), rupees ? 2 : 3)
                + digits.substring(point);
    }

    /** The same of whatever currency: one that is not known is written before the plain digits. */
    public static String written(BigDecimal amount, String code) {
        return text(amount, code).orElseGet(() -> (code + " " + amount.toPlainString()).strip());
    }

    /** What one of a thing costs, as {@link #written} but with every decimal that it has: a bolt for {@code ₹0.3575}. */
    public static String price(BigDecimal amount, String code) {
        int written = amount.stripTrailingZeros().scale();
        return KNOWN.contains(code) ? text(amount, code, Math.max(written, decimals(code))) : written(amount, code);
    }

    /** The last three digits are a group; those before are groups of two (lakh, crore) or three. */
    private static String grouped(String whole, int size) {
        StringBuilder text = new StringBuilder(whole);
        for (int at = whole.length() - 3; at > 0; at -= size) {
            text.insert(at, ',');
        }
        return text.toString();
    }
}
