package dev.millrace.erp.core;

import dev.millrace.engine.Tx;

/** The table {@code number_series}: numbers without gaps. */
public final class NumberRows {
    // Index: number_series_pkey. Locks the series until the caller's transaction ends, so that a rollback leaves no
    // gap.
    private static final String NEXT = """
            insert into number_series as s (tenant_id, series, fiscal_year, next)
            values (:tenant, :series, :fiscalYear, 2)
                on conflict (tenant_id, series, fiscal_year)
                do update set next = s.next + 1, updated_at = millrace_now()
            returning s.next - 1
            """;

    /** The next number of the series in this year, from 1. */
    public long next(Tx tx, String series, String fiscalYear) {
        return tx.handle()
                .createQuery(NEXT)
                .bind("tenant", tx.tenant())
                .bind("series", series)
                .bind("fiscalYear", fiscalYear)
                .mapTo(Long.class)
                .one();
    }

    private static final String OPEN = """
            insert into number_series (tenant_id, series, fiscal_year, next)
            values (:tenant, :series, :fiscalYear, 1)
                on conflict (tenant_id, series, fiscal_year) do nothing
            """;

    /** Makes the row that the first documents will lock. */
    public void open(Tx tx, String series, String fiscalYear) {
        tx.handle()
                .createUpdate(OPEN)
                .bind("tenant", tx.tenant())
                .bind("series", series)
                .bind("fiscalYear", fiscalYear)
                .execute();
    }
}
