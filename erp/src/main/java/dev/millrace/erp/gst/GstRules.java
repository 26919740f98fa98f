package dev.millrace.erp.gst;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The dated rows of the law, as they stand in the database.
 *
 * @param thresholds by the first day on which a value holds
 * @param states by code
 */
public record GstRules(
        List<Rate> rates, Map<Threshold, NavigableMap<LocalDate, BigDecimal>> thresholds, Map<String, State> states) {
    public GstRules {
        rates = List.copyOf(rates);
        thresholds = Map.copyOf(thresholds);
        states = Map.copyOf(states);
    }

    /**
     * A rate that may be charged.
     *
     * @param percent of the taxable value
     * @param hsnPrefix only for codes that begin so; empty: for all
     * @param until the last day; empty: it still holds
     */
    public record Rate(BigDecimal percent, String hsnPrefix, LocalDate from, Optional<LocalDate> until) {
        boolean holds(BigDecimal wanted, String hsn, LocalDate date) {
            return percent.compareTo(wanted) == 0
                    && hsn.startsWith(hsnPrefix)
                    && !date.isBefore(from)
                    && until.filter(date::isAfter).isEmpty();
        }
    }

    /**
     * @param quarterlyDay the day of the month after a quarter by which a quarterly filer of the state files GSTR-3B;
     *     empty where nobody is registered
     */
    public record State(String code, String name, Optional<Integer> quarterlyDay) {}

    /** Whether the rate may be charged for the code on that day. */
    public boolean isRate(BigDecimal percent, String hsn, LocalDate date) {
        return rates.stream().anyMatch(rate -> rate.holds(percent, hsn, date));
    }

    /** Empty: there was no such rule on that day yet. */
    public Optional<BigDecimal> at(Threshold threshold, LocalDate date) {
        return Optional.ofNullable(
                        thresholds.getOrDefault(threshold, new TreeMap<>()).floorEntry(date))
                .map(Map.Entry::getValue);
    }

    /** Digits that a code of goods or services must have at least. */
    public int hsnDigits(BigDecimal turnover, LocalDate date) {
        return at(Threshold.HSN_SIX_DIGITS_TURNOVER, date)
                        .filter(limit -> turnover.compareTo(limit) > 0)
                        .isPresent()
                ? 6
                : 4;
    }

    /** Whether invoices of this kind are registered at the portal at all on that day. */
    public boolean eInvoicing(BigDecimal turnover, LocalDate date) {
        return at(Threshold.E_INVOICE_TURNOVER, date)
                .filter(limit -> turnover.compareTo(limit) > 0)
                .isPresent();
    }

    /** Oldest document that may be registered on that day; empty: any. */
    public Optional<LocalDate> oldest(BigDecimal turnover, LocalDate today) {
        return at(Threshold.E_INVOICE_AGE_TURNOVER, today)
                .filter(limit -> turnover.compareTo(limit) >= 0)
                .flatMap(limit -> at(Threshold.E_INVOICE_AGE_DAYS, today))
                .map(days -> today.minusDays(days.longValueExact()));
    }
}
