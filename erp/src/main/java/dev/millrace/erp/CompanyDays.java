package dev.millrace.erp;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.DayRows;
import dev.millrace.erp.core.Daybreak;
import dev.millrace.erp.core.Herald;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Goes through each day of each company once, soon after it began there, and publishes what it brings: documents that
 * are overdue, a month that ended, prices that take effect. Days that were missed are gone through one after the other.
 */
public final class CompanyDays {
    /** At the company's place; where the clocks jump over it, the first moment after the gap. */
    private static final LocalTime BEGINS = LocalTime.of(0, 15);

    private static final UUID NO_TENANT = new UUID(0, 0);

    /** What a day brings to companies that have the module. */
    record Duty(String module, Daybreak daybreak) {}

    private final Transactions transactions;
    private final Herald herald;
    private final List<Duty> duties;
    private final CompanyRows companies = new CompanyRows();
    private final DayRows days = new DayRows();

    CompanyDays(Transactions transactions, Herald herald, List<Duty> duties) {
        this.transactions = transactions;
        this.herald = herald;
        this.duties = List.copyOf(duties);
    }

    /**
     * Goes through every day of every company that has begun; safe to call on several nodes at once.
     *
     * @throws RuntimeException it failed for a company; the others were gone through nevertheless
     */
    public void runAll() {
        EachCompany.of(transactions.run(NO_TENANT, days::tenantsDue), this::catchUp);
    }

    private void catchUp(UUID tenant) {
        while (runOnce(tenant).isPresent()) {
            // The next of the days that were missed.
        }
    }

    /**
     * Goes through one day of a company, in one transaction: all of what it brings is published, or the day is still to
     * come.
     *
     * @return the day; empty: none has begun, or another node is at it
     */
    public Optional<LocalDate> runOnce(UUID tenant) {
        return transactions.run(tenant, tx -> days.hold(tx).map(day -> goThrough(tx, day)));
    }

    private LocalDate goThrough(Tx tx, LocalDate day) {
        Set<String> modules = companies.modules(tx);
        duties.stream()
                .filter(duty -> modules.contains(duty.module()))
                .forEach(duty -> duty.daybreak().begin(tx, day, herald));
        LocalDate next = day.plusDays(1);
        days.move(tx, day, next, beginning(next, companies.get(tx).info().timeZone()));
        return day;
    }

    static Instant beginning(LocalDate day, ZoneId zone) {
        return day.atTime(BEGINS).atZone(zone).toInstant();
    }
}
