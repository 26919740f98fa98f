package dev.millrace.erp.core;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** When it is said of a document that it is overdue: not every day. */
public final class Overdue {
    private static final List<Integer> DAYS = List.of(1, 7, 30, 60);

    private Overdue() {}

    /** Of what was due on one of these days it is said on this one. */
    public static List<LocalDate> dueDates(LocalDate day) {
        return DAYS.stream().map(day::minusDays).toList();
    }

    public static int days(LocalDate due, LocalDate day) {
        return Math.toIntExact(ChronoUnit.DAYS.between(due, day));
    }
}
