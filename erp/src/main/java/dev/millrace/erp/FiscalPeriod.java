package dev.millrace.erp;

/**
 * An accounting period: a calendar month.
 *
 * @param period {@code 2026-11}
 */
public record FiscalPeriod(String period, Status status) {

    /** Into a closed one nothing is posted any more; only Admin opens it again. */
    public enum Status {
        OPEN,
        /** Only who holds the role Accounts still posts into it. */
        SOFT_CLOSED,
        CLOSED
    }
}
