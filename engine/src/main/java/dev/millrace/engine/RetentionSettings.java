package dev.millrace.engine;

/**
 * How long what is over is kept.
 *
 * @param journalYears whole financial years of the journal before the current one, 7 or more
 * @param eventDays 90 or more; for so long an event can be started later
 */
public record RetentionSettings(int journalYears, int eventDays) {
    /** Books are kept for eight financial years (Companies Act, section 128(5)); events for thirteen months. */
    public static final RetentionSettings USUAL = new RetentionSettings(8, 400);

    public RetentionSettings {
        if (journalYears < 7 || journalYears > 100) {
            throw new IllegalArgumentException(
                    "Expected the journal to be kept for 7 to 100 financial years, but got " + journalYears);
        }
        if (eventDays < 90 || eventDays > 36_500) {
            throw new IllegalArgumentException(
                    "Expected events to be kept for 90 to 36,500 days, but got " + eventDays);
        }
    }
}
