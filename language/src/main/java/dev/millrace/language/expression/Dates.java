package dev.millrace.language.expression;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/** Dates and instants as texts of ISO 8601. */
public final class Dates {
    private static final int WORKING_DAYS = 5;
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Dates() {}

    /** {@code 2026-11-24T04:52:55.000000Z}. */
    static String text(Instant instant) {
        return MICROSECONDS.format(instant);
    }

    /**
     * @param hasTime it was written with a time of day
     * @param at in the tenant's zone; the first instant of a day without time
     */
    record Moment(ZonedDateTime at, boolean hasTime) {

        /** In the form in which it came: a day stays a day, a time is told in UTC. */
        String text() {
            return hasTime ? Dates.text(at.toInstant()) : at.toLocalDate().toString();
        }

        Moment on(LocalDate day) {
            return hasTime ? new Moment(at.with(day), true) : new Moment(day.atStartOfDay(at.getZone()), false);
        }
    }

    /** True: the filters for dates can read it. */
    public static boolean isDate(String text) {
        return read(text, ZoneOffset.UTC).isPresent();
    }

    /** Reads {@code 2026-11-24}, and date and time with an offset or, in the tenant's zone, without. */
    static Optional<Moment> read(String text, ZoneId zone) {
        try {
            if (text.indexOf('T') < 0) {
                return Optional.of(new Moment(LocalDate.parse(text).atStartOfDay(zone), false));
            }
            boolean offset = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
            return Optional.of(new Moment(
                    offset
                            ? OffsetDateTime.parse(text).atZoneSameInstant(zone)
                            : LocalDateTime.parse(text).atZone(zone),
                    true));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }

    /** Monday to Friday; from a weekend the first working day counts as one. */
    static LocalDate addWorkingDays(LocalDate day, int count) {
        if (count == 0) {
            return day;
        }
        LocalDate start = day;
        if (isWeekend(day)) {
            start = day.with(
                    count > 0
                            ? TemporalAdjusters.previous(DayOfWeek.FRIDAY)
                            : TemporalAdjusters.next(DayOfWeek.MONDAY));
        }
        LocalDate moved = start.plusWeeks(count / WORKING_DAYS);
        for (int left = Math.abs(count % WORKING_DAYS); left > 0; ) {
            moved = moved.plusDays(Integer.signum(count));
            left -= isWeekend(moved) ? 0 : 1;
        }
        return moved;
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
    }
}
