package dev.millrace.erp;

import dev.millrace.language.BusinessCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When a company works, as it is set.
 *
 * @param opens start of a working day, local time
 * @param holidays in the order of their days
 */
public record CompanyCalendar(Set<DayOfWeek> days, LocalTime opens, LocalTime closes, List<Holiday> holidays) {
    /** That of a company that has set none. */
    public static final CompanyCalendar USUAL = new CompanyCalendar(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(9, 0), LocalTime.of(18, 0), List.of());

    public static final int HOLIDAYS_MOST = 1000;
    private static final int NAME_MOST = 100;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2200;

    /** Deadlines count working hours, so there must always be some ahead. */
    private static final int IDLE_DAYS_MOST = 60;

    public CompanyCalendar {
        days = Set.copyOf(days);
        holidays = holidays.stream().sorted(Comparator.comparing(Holiday::date)).toList();
    }

    /** A day on which nobody works. */
    public record Holiday(LocalDate date, String name) {}

    /** Where the company is. Only for a calendar without {@link #problems()}. */
    public BusinessCalendar at(ZoneId zone) {
        var free = new HashSet<LocalDate>();
        holidays.forEach(holiday -> free.add(holiday.date()));
        return new BusinessCalendar(zone, days, opens, closes, free);
    }

    /** Everything that is wrong with it. */
    public List<InputProblem> problems() {
        var problems = new ArrayList<InputProblem>();
        if (days.isEmpty()) {
            problems.add(new InputProblem("required", "days", "Expected at least one working day at days"));
        }
        if (!opens.isBefore(closes)) {
            problems.add(new InputProblem(
                    "out_of_range",
                    "closes",
                    "Expected closes to be later than opens, " + opens + ", but got " + closes));
        }
        if (holidays.size() > HOLIDAYS_MOST) {
            problems.add(new InputProblem(
                    "out_of_range",
                    "holidays",
                    "Expected at most " + HOLIDAYS_MOST + " holidays but got " + holidays.size()
                            + ": leave out those of years gone by"));
        }
        var seen = new HashSet<LocalDate>();
        holidays.forEach(holiday -> check(holiday, seen, problems));
        if (problems.isEmpty() && isIdleTooLong()) {
            problems.add(new InputProblem(
                    "out_of_range",
                    "holidays",
                    "Expected a working day in every " + IDLE_DAYS_MOST
                            + " days, because deadlines count working hours, but there is a longer pause"));
        }
        return problems;
    }

    private static void check(Holiday holiday, Set<LocalDate> seen, List<InputProblem> problems) {
        LocalDate date = holiday.date();
        if (date.getYear() < FIRST_YEAR || date.getYear() >= LAST_YEAR) {
            problems.add(new InputProblem(
                    "out_of_range", "holidays", "Expected holidays from the year 2000 to 2199 but got " + date));
        }
        if (!seen.add(date)) {
            problems.add(
                    new InputProblem("duplicate", "holidays", "Expected each day once but got " + date + " twice"));
        }
        if (holiday.name().isBlank() || holiday.name().length() > NAME_MOST) {
            problems.add(new InputProblem(
                    "out_of_range",
                    "holidays",
                    "Expected a name of 1 to " + NAME_MOST + " characters for the holiday on " + date));
        }
    }

    private boolean isIdleTooLong() {
        if (holidays.isEmpty()) {
            return false;
        }
        BusinessCalendar calendar = at(ZoneId.of("UTC"));
        LocalDate last = holidays.getLast().date().plusDays(8);
        int idle = 0;
        for (LocalDate day = holidays.getFirst().date().minusDays(7); day.isBefore(last); day = day.plusDays(1)) {
            idle = calendar.isWorkingDay(day) ? 0 : idle + 1;
            if (idle > IDLE_DAYS_MOST) {
                return true;
            }
        }
        return false;
    }
}
