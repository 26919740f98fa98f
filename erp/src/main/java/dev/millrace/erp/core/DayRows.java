package dev.millrace.erp.core;

import dev.millrace.engine.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code company_days}. */
public final class DayRows {
    private static final String OPEN = """
            insert into company_days (tenant_id, next_day, due_at)
            values (:tenant, :day, :dueAt)
            """;

    public void open(Tx tx, LocalDate day, Instant dueAt) {
        tx.handle()
                .createUpdate(OPEN)
                .bind("tenant", tx.tenant())
                .bind("day", day)
                .bind("dueAt", dueAt.atOffset(ZoneOffset.UTC))
                .execute();
    }

    // Index: company_days_due. The function gives ids only.
    private static final String DUE = """
            select millrace_day_tenants()
            """;

    /** Companies whose next day has begun, whoever asks. */
    public List<UUID> tenantsDue(Tx tx) {
        return tx.handle().createQuery(DUE).mapTo(UUID.class).list();
    }

    // Index: company_days_pkey. Whom another node goes through the day of is passed by.
    private static final String HOLD = """
            select next_day
              from company_days
             where tenant_id = :tenant and due_at <= millrace_now()
               for update skip locked
            """;

    /** The day to go through, if it has begun and nobody else does; the row is locked until the transaction ends. */
    public Optional<LocalDate> hold(Tx tx) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .mapTo(LocalDate.class)
                .findOne();
    }

    // Index: company_days_pkey.
    private static final String MOVE = """
            update company_days
               set next_day = :next, due_at = :dueAt, updated_at = millrace_now()
             where tenant_id = :tenant and next_day = :day
            """;

    public void move(Tx tx, LocalDate day, LocalDate next, Instant dueAt) {
        tx.handle()
                .createUpdate(MOVE)
                .bind("tenant", tx.tenant())
                .bind("day", day)
                .bind("next", next)
                .bind("dueAt", dueAt.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
