package dev.millrace.language;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * When a company works: deadlines with {@code calendar: business} count these hours only.
 *
 * @param opens start of a working day, local time, before {@code closes}
 * @param holidays days on which nobody works, whatever day of the week
 */
public record BusinessCalendar(
        ZoneId zone, Set<DayOfWeek> days, LocalTime opens, LocalTime closes, Set<LocalDate> holidays) {
    /** Days without an hour of work in a row, after which a calendar is held to have none at all. */
    private static final int IDLE_DAYS_MAX = 400;

    /** @throws IllegalArgumentException no working day, or a day that ends before it begins */
    public BusinessCalendar {
        days = Set.copyOf(days);
        holidays = Set.copyOf(holidays);
        if (days.isEmpty() || !opens.isBefore(closes)) {
            throw new IllegalArgumentException(
                    "Expected at least one working day, and hours that end after they begin, but got " + days + " "
                            + opens + "–" + closes);
        }
    }

    /** Monday to Friday, 09:00 to 18:00, no holidays. */
    public static BusinessCalendar usual(ZoneId zone) {
        return new BusinessCalendar(
                zone,
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(9, 0),
                LocalTime.of(18, 0),
                Set.of());
    }

    public boolean isWorkingDay(LocalDate day) {
        return days.contains(day.getDayOfWeek()) && !holidays.contains(day);
    }

    /**
     * The instant at which {@code work} of working time has passed since {@code from}. Hours are real ones: on a night
     * when the clocks change inside working hours, the day is as long as it is.
     *
     * @throws IllegalStateException the calendar has no working day within 400 days
     */
    public Instant plus(Instant from, Duration work) {
        Duration left = work;
        LocalDate day = from.atZone(zone).toLocalDate();
        for (int idle = 0; idle < IDLE_DAYS_MAX; day = day.plusDays(1)) {
            if (!isWorkingDay(day)) {
                idle++;
                continue;
            }
            idle = 0;
            Instant start = later(ZonedDateTime.of(day, opens, zone).toInstant(), from);
            Instant end = ZonedDateTime.of(day, closes, zone).toInstant();
            Duration today = Duration.between(start, end);
            if (today.compareTo(left) >= 0) {
                return start.plus(left);
            }
            if (!today.isNegative()) {
                left = left.minus(today);
            }
        }
        throw new IllegalStateException("Expected a working day within " + IDLE_DAYS_MAX + " days after " + day);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
