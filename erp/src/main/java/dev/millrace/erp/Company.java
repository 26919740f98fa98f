package dev.millrace.erp;

import dev.millrace.engine.TenantInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A company: the tenant, and what its documents need to know of it.
 *
 * @param stateCode two digits of the Indian state; there when the tax regime is {@code IN_GST}
 * @param fiscalYearStartMonth 1 to 12
 */
public record Company(
        TenantInfo info,
        String legalName,
        Optional<String> gstin,
        Optional<String> stateCode,
        int fiscalYearStartMonth,
        Unrouted unroutedOrders) {

    /** What becomes of a submitted order that no workflow decides on. */
    public enum Unrouted {
        /** It waits, and Admin is told. */
        HOLD,
        /** It is approved at once. */
        APPROVE
    }

    /** The date at the company's place. */
    public LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, info.timeZone());
    }

    /** The first day of the fiscal year that the date lies in. */
    public LocalDate fiscalYearStart(LocalDate date) {
        LocalDate first = LocalDate.of(date.getYear(), fiscalYearStartMonth, 1);
        return date.isBefore(first) ? first.minusYears(1) : first;
    }

    /** {@code 2026-27}, or {@code 2026} where the year starts in January. */
    public String fiscalYear(LocalDate date) {
        int first = fiscalYearStart(date).getYear();
        return fiscalYearStartMonth == 1
                ? Integer.toString(first)
                : first + "-" + String.format("%02d", (first + 1) % 100);
    }
}
