package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.erp.FiscalPeriod;
import dev.millrace.erp.FiscalPeriod.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code fiscal_periods}. */
public final class PeriodRows {
    // Index: fiscal_periods_pkey. A share lock: postings do not wait for each other, a close waits for them.
    private static final String SHARE = """
            select period, status from fiscal_periods where tenant_id = :tenant and period = :period for share
            """;

    /** It stays as it is until the transaction ends. */
    Optional<FiscalPeriod> share(Tx tx, String period) {
        return find(tx, SHARE, period);
    }

    // Index: fiscal_periods_pkey.
    private static final String HOLD = """
            select period, status from fiscal_periods where tenant_id = :tenant and period = :period for update
            """;

    /** Waits for all who are posting into it. */
    Optional<FiscalPeriod> hold(Tx tx, String period) {
        return find(tx, HOLD, period);
    }

    // Index: fiscal_periods_pkey.
    private static final String HOLD_UNTIL = """
            select period from fiscal_periods where tenant_id = :tenant and period <= :period order by period for update
            """;

    /** Waits for all who are posting into this one and those before it. */
    void holdUntil(Tx tx, String period) {
        tx.handle()
                .createQuery(HOLD_UNTIL)
                .bind("tenant", tx.tenant())
                .bind("period", period)
                .mapTo(String.class)
                .list();
    }

    private static Optional<FiscalPeriod> find(Tx tx, String sql, String period) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("period", period)
                .map(PeriodRows::period)
                .findOne();
    }

    // Index: fiscal_periods_pkey. A month before one that was closed is closed, whether anything was posted in it or
    // not.
    private static final String OPEN = """
            insert into fiscal_periods (tenant_id, period, status)
            values (:tenant, :period,
                    case when exists (select from fiscal_periods p
                                       where p.tenant_id = :tenant and p.period > :period and p.status = 'closed')
                         then 'closed' else 'open' end)
                on conflict (tenant_id, period) do nothing
            """;

    /** Makes it. The company is held, so that none is closed meanwhile. */
    void open(Tx tx, String period) {
        tx.handle()
                .createUpdate(OPEN)
                .bind("tenant", tx.tenant())
                .bind("period", period)
                .execute();
    }

    // Index: fiscal_periods_pkey.
    private static final String OPEN_BEFORE = """
            select period, status
              from fiscal_periods
             where tenant_id = :tenant and period < :period and status <> 'closed'
             order by period
             limit 1
            """;

    /** The first one before this one that is not closed. */
    Optional<FiscalPeriod> openBefore(Tx tx, String period) {
        return find(tx, OPEN_BEFORE, period);
    }

    // Index: fiscal_periods_pkey.
    private static final String CLOSED_AFTER = """
            select period, status
              from fiscal_periods
             where tenant_id = :tenant and period > :period and status = 'closed'
             order by period
             limit 1
            """;

    /** The first one after this one that is closed. */
    Optional<FiscalPeriod> closedAfter(Tx tx, String period) {
        return find(tx, CLOSED_AFTER, period);
    }

    // Index: fiscal_periods_pkey.
    private static final String SET = """
            update fiscal_periods set status = :to, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and period = :period and status = :from
            returning status
            """;

    /**
     * @return it was as expected
     */
    boolean set(Tx tx, String period, Status from, Status to) {
        return tx.handle()
                .createQuery(SET)
                .bind("tenant", tx.tenant())
                .bind("period", period)
                .bind("from", text(from))
                .bind("to", text(to))
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    // Index: fiscal_periods_pkey.
    private static final String ALL = """
            select period, status from fiscal_periods where tenant_id = :tenant order by period desc
            """;

    /** Newest first. */
    public List<FiscalPeriod> all(Tx tx) {
        return tx.handle()
                .createQuery(ALL)
                .bind("tenant", tx.tenant())
                .map(PeriodRows::period)
                .list();
    }

    static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static FiscalPeriod period(ResultSet row, StatementContext context) throws SQLException {
        return new FiscalPeriod(
                row.getString("period"), Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)));
    }
}
