package dev.millrace.engine;

import java.util.Optional;

/**
 * How long what is over is kept.
 *
 * @param journalYears whole financial years of the journal before the current one, 7 or more
 * @param eventDays 90 or more; for so long an event can be started later
 * @param executionDays for how many days after its end an execution is kept, with its steps and approvals, 90 or more; for
 *     so long it can be retried. Empty: as long as the journal
 */
public record RetentionSettings(int journalYears, int eventDays, Optional<Integer> executionDays) {
    /** Books are kept for eight financial years (Companies Act, section 128(5)); events for thirteen months. */
    public static final RetentionSettings USUAL = new RetentionSettings(8, 400, Optional.empty());

    public RetentionSettings {
        if (journalYears < 7 || journalYears > 100) {
            throw new IllegalArgumentException(
                    "Expected the journal to be kept for 7 to 100 financial years, but got " + journalYears);
        }
        if (isNoNumberOfDays(eventDays)) {
            throw new IllegalArgumentException(
                    "Expected events to be kept for 90 to 36,500 days, but got " + eventDays);
        }
        if (executionDays.filter(RetentionSettings::isNoNumberOfDays).isPresent()) {
            throw new IllegalArgumentException(
                    "Expected finished executions to be kept for 90 to 36,500 days, but got " + executionDays.get());
        }
    }

    private static boolean isNoNumberOfDays(int days) {
        return days < 90 || days > 36_500;
    }
}
