package dev.millrace.erp.core;

import dev.millrace.engine.Tx;
import dev.millrace.erp.CompanyCalendar;
import dev.millrace.erp.CompanyCalendar.Holiday;
import dev.millrace.erp.Versioned;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables {@code company_calendars} and {@code holidays}. */
public final class CalendarRows {
    // Index: company_calendars_pkey.
    private static final String FIND = """
            select days, opens, closes, version from company_calendars where tenant_id = :tenant
            """;

    // Index: holidays_pkey.
    private static final String HOLIDAYS = """
            select day, name from holidays where tenant_id = :tenant order by day
            """;

    /** The usual one, at version 0, where the company has set none. */
    public Versioned<CompanyCalendar> get(Tx tx) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .map((row, context) -> new Hours(
                        days(row),
                        row.getObject("opens", LocalTime.class),
                        row.getObject("closes", LocalTime.class),
                        row.getInt("version")))
                .findOne()
                .map(hours -> new Versioned<>(
                        new CompanyCalendar(hours.days(), hours.opens(), hours.closes(), holidays(tx)),
                        hours.version()))
                .orElse(new Versioned<>(CompanyCalendar.USUAL, 0));
    }

    private record Hours(Set<DayOfWeek> days, LocalTime opens, LocalTime closes, int version) {}

    private static Set<DayOfWeek> days(ResultSet row) throws SQLException {
        return Arrays.stream((Integer[]) row.getArray("days").getArray())
                .map(DayOfWeek::of)
                .collect(Collectors.toSet());
    }

    private static List<Holiday> holidays(Tx tx) {
        return tx.handle()
                .createQuery(HOLIDAYS)
                .bind("tenant", tx.tenant())
                .map((row, context) -> new Holiday(row.getObject("day", LocalDate.class), row.getString("name")))
                .list();
    }

    // Index: company_calendars_pkey.
    private static final String PUT = """
            insert into company_calendars (tenant_id, days, opens, closes, version, updated_by)
            values (:tenant, :days, :opens, :closes, 1, :by)
                on conflict (tenant_id) do update
                   set days = excluded.days, opens = excluded.opens, closes = excluded.closes,
                       version = company_calendars.version + 1, updated_by = excluded.updated_by,
                       updated_at = millrace_now()
            """;

    // Index: holidays_pkey.
    private static final String CLEAR = """
            delete from holidays where tenant_id = :tenant
            """;
    private static final String ADD = """
            insert into holidays (tenant_id, day, name) values (:tenant, :day, :name)
            """;

    /** Its holidays are all there are afterwards. */
    public void put(Tx tx, CompanyCalendar calendar, String by) {
        tx.handle()
                .createUpdate(PUT)
                .registerArrayType(Integer.class, "int4")
                .bind("tenant", tx.tenant())
                .bindArray(
                        "days",
                        Integer.class,
                        calendar.days().stream()
                                .map(DayOfWeek::getValue)
                                .sorted()
                                .toList())
                .bind("opens", calendar.opens())
                .bind("closes", calendar.closes())
                .bind("by", by)
                .execute();
        tx.handle().createUpdate(CLEAR).bind("tenant", tx.tenant()).execute();
        var batch = tx.handle().prepareBatch(ADD);
        calendar.holidays()
                .forEach(holiday -> batch.bind("tenant", tx.tenant())
                        .bind("day", holiday.date())
                        .bind("name", holiday.name())
                        .add());
        batch.execute();
    }
}
