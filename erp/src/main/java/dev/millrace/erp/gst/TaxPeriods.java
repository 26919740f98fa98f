package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.core.CompanyRows;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the period of a config. */
final class TaxPeriods {
    private final CompanyRows companies = new CompanyRows();

    /**
     * @param wanted {@code yyyy-MM}; empty: the month before this one at the company's place
     * @throws ActionFailure period_invalid: it is none, or is yet to come
     */
    YearMonth read(Tx tx, Optional<String> wanted) {
        YearMonth now = YearMonth.from(today(tx));
        if (wanted.isEmpty()) {
            return now.minusMonths(1);
        }
        try {
            YearMonth period = YearMonth.parse(wanted.get());
            if (!period.isAfter(now)) {
                return period;
            }
        } catch (DateTimeParseException e) {
            // Said below, as of one that is yet to come.
        }
        throw ActionFailure.permanent(
                "period_invalid", "Expected a month such as " + now.minusMonths(1) + " but got '" + wanted.get() + "'");
    }

    LocalDate today(Tx tx) {
        return companies.get(tx).today(tx.now());
    }
}
