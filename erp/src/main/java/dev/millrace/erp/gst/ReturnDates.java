package dev.millrace.erp.gst;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/** When the returns of a period are due. */
public final class ReturnDates {
    private static final int MONTHS_OF_A_QUARTER = 3;

    private ReturnDates() {}

    /** How often a company files. */
    public sealed interface Filing {
        record Monthly() implements Filing {}

        /** @param state of the company: it decides the day of GSTR-3B */
        record Quarterly(String state) implements Filing {}
    }

    /**
     * @throws IllegalStateException the rules have no day for it
     */
    public static LocalDate gstr1(YearMonth period, Filing filing, GstRules rules) {
        return switch (filing) {
            case Filing.Monthly monthly -> onDay(period.plusMonths(1), rules, Threshold.GSTR1_DAY);
            case Filing.Quarterly quarterly -> onDay(afterQuarter(period), rules, Threshold.GSTR1_QUARTER_DAY);
        };
    }

    /**
     * @throws IllegalStateException the rules have no day for it
     */
    public static LocalDate gstr3b(YearMonth period, Filing filing, GstRules rules) {
        return switch (filing) {
            case Filing.Monthly monthly -> onDay(period.plusMonths(1), rules, Threshold.GSTR3B_DAY);
            case Filing.Quarterly quarterly ->
                Optional.ofNullable(rules.states().get(quarterly.state()))
                        .flatMap(GstRules.State::quarterlyDay)
                        .map(afterQuarter(period)::atDay)
                        .orElseThrow(() -> new IllegalStateException("nobody files in state " + quarterly.state()));
        };
    }

    private static YearMonth afterQuarter(YearMonth period) {
        // The tax year's quarters are those of the calendar.
        return period.plusMonths(MONTHS_OF_A_QUARTER - (period.getMonthValue() - 1) % MONTHS_OF_A_QUARTER);
    }

    private static LocalDate onDay(YearMonth month, GstRules rules, Threshold threshold) {
        return rules.at(threshold, month.atEndOfMonth())
                .map(BigDecimal::intValueExact)
                .map(month::atDay)
                .orElseThrow(() -> new IllegalStateException("no " + threshold + " is known for " + month));
    }
}
