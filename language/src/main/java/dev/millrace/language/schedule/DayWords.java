package dev.millrace.language.schedule;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;

/** The days of a line in English; nothing if it is every day. */
final class DayWords {
    private static final Values WORKING_WEEK = Values.range(1, 5, 1);

    private final Days days;

    private DayWords(Days days) {
        this.days = days;
    }

    static String of(Days days) {
        var words = new DayWords(days);
        if (days.anyDay() && days.anyWeekday()) {
            return words.everyMonth() ? "" : "every day in " + words.months();
        }
        if (days.anyDay()) {
            return words.weekdays() + (words.everyMonth() ? "" : " in " + words.months());
        }
        if (days.anyWeekday()) {
            return words.monthDays();
        }
        return words.monthDays() + " and " + words.weekdays() + (words.everyMonth() ? "" : " in " + words.months());
    }

    private boolean everyMonth() {
        return days.months().isAllOf(Unit.MONTH);
    }

    private String months() {
        return Words.runs(days.months(), month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    private String monthDays() {
        boolean onlyLast = days.lastDay() && days.days().count() == 0;
        String numbers = onlyLast ? "" : "the " + Words.runs(days.days(), DayWords::ordinal);
        String last = "the last day";
        String named = onlyLast ? last : days.lastDay() ? numbers + " and " + last : numbers;
        String month = onlyLast ? "the month" : "every month";
        return "on " + named + " of " + (everyMonth() ? month : months());
    }

    private String weekdays() {
        if (days.weekdays().equals(WORKING_WEEK)) {
            return "on weekdays";
        }
        return days.weekdays().isAllOf(Unit.WEEKDAY) ? "on every day of the week" : "on " + weekdayNames();
    }

    /** The week of people begins on Monday. */
    private String weekdayNames() {
        Values fromMonday =
                new Values((days.weekdays().bits() >> 1) | ((days.weekdays().bits() & 1) << 6));
        return Words.runs(
                fromMonday, day -> DayOfWeek.of(day + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "s");
    }

    private static String ordinal(int day) {
        boolean teen = day >= 11 && day <= 13;
        String ending = teen
                ? "th"
                : switch (day % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return day + ending;
    }
}
