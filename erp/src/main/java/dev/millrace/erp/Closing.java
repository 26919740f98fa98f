package dev.millrace.erp;

/** What came of closing an accounting period, or of opening it again. */
public sealed interface Closing {
    /**
     * @param unpostedDocuments of the month; 0 where it is closed for good
     * @param changed false: it was so before
     */
    record Done(FiscalPeriod period, int unpostedDocuments, boolean changed) implements Closing {}

    /** {@code period_invalid}: it is no month. */
    record Invalid(String period) implements Closing {}

    /** {@code period_already_closed}: what is closed for good is not closed for a part. */
    record AlreadyClosed(FiscalPeriod period) implements Closing {}

    /** {@code previous_period_open}: months are closed one after the other. */
    record PreviousOpen(FiscalPeriod previous) implements Closing {}

    /** {@code next_period_closed}: months are opened again one after the other, the last one first. */
    record NextClosed(FiscalPeriod next) implements Closing {}

    /** {@code unposted_documents}. */
    record Unposted(String period, int documents) implements Closing {}
}
