package dev.millrace.erp;

import static java.util.stream.Collectors.joining;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CalendarRows;
import dev.millrace.erp.core.CompanyRows;
import java.util.Locale;
import java.util.Optional;

/** A company's working hours and holidays, and changing them. Every method joins the caller's transaction. */
public final class CalendarSettings {
    private final Trail trail;
    private final CompanyRows companies = new CompanyRows();
    private final CalendarRows rows = new CalendarRows();

    CalendarSettings(Trail trail) {
        this.trail = trail;
    }

    public Versioned<CompanyCalendar> get(Tx tx) {
        return rows.get(tx);
    }

    /** As {@link #get}; nobody else changes the company's settings until the transaction ends. */
    public Versioned<CompanyCalendar> hold(Tx tx) {
        companies.hold(tx);
        return rows.get(tx);
    }

    /**
     * Sets the whole calendar. Deadlines of requests that wait already stay as they are.
     *
     * @param calendar one without problems
     */
    public Versioned<CompanyCalendar> set(Tx tx, CompanyCalendar calendar, Actor actor) {
        Versioned<CompanyCalendar> before = hold(tx);
        if (before.value().equals(calendar)) {
            return before;
        }
        rows.put(tx, calendar, actor.name());
        trail.write(
                tx,
                actor,
                "calendar.changed",
                "company",
                tx.tenant(),
                Optional.of(summary(before.value())),
                Optional.of(summary(calendar)),
                "working hours and holidays");
        return rows.get(tx);
    }

    private static String summary(CompanyCalendar calendar) {
        String days = calendar.days().stream()
                .sorted()
                .map(day -> day.name().toLowerCase(Locale.ROOT))
                .collect(joining(", "));
        String holidays = calendar.holidays().stream()
                .map(holiday -> holiday.date() + " " + holiday.name())
                .collect(joining(", "));
        return days + ", " + calendar.opens() + " to " + calendar.closes()
                + (holidays.isEmpty() ? "; no holidays" : "; holidays " + holidays);
    }
}
