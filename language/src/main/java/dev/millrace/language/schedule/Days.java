package dev.millrace.language.schedule;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The days that a schedule names.
 *
 * @param days without any bit if only {@code L} is given
 * @param lastDay the last day of each month as well
 * @param anyDay the day field is {@code *}
 * @param anyWeekday the weekday field is {@code *}
 */
record Days(Values days, boolean lastDay, Values months, Values weekdays, boolean anyDay, boolean anyWeekday) {
    private static final int LEAP_YEAR = 2000;

    boolean has(LocalDate date) {
        return months.has(date.getMonthValue()) && hasInMonth(date);
    }

    /** Both restricted: either will do. */
    private boolean hasInMonth(LocalDate date) {
        if (anyDay || anyWeekday) {
            return hasDay(date) && hasWeekday(date);
        }
        return hasDay(date) || hasWeekday(date);
    }

    private boolean hasDay(LocalDate date) {
        return days.has(date.getDayOfMonth()) || (lastDay && date.getDayOfMonth() == date.lengthOfMonth());
    }

    private boolean hasWeekday(LocalDate date) {
        return weekdays.has(date.getDayOfWeek().getValue() % 7);
    }

    Optional<LocalDate> atOrAfter(LocalDate from, LocalDate last) {
        LocalDate date = from;
        while (!date.isAfter(last)) {
            if (has(date)) {
                return Optional.of(date);
            }
            date = months.has(date.getMonthValue())
                    ? date.plusDays(1)
                    : date.withDayOfMonth(1).plusMonths(1);
        }
        return Optional.empty();
    }

    /** No month of the schedule has such a day: the 30th of February. */
    boolean isNever() {
        return anyWeekday
                && !lastDay
                && months.list().stream()
                        .noneMatch(month -> days.first()
                                <= LocalDate.of(LEAP_YEAR, month, 1).lengthOfMonth());
    }
}
