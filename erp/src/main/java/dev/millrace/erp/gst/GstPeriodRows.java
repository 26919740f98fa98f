package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.UUID;

/** The table {@code gst_periods}: which returns were filed. */
final class GstPeriodRows {
    /** A period without a row has filed nothing. */
    record Filed(boolean gstr1, boolean gstr3b) {
        static final Filed NOTHING = new Filed(false, false);
    }

    // Index: gst_periods_tenant_id_period_key.
    private static final String FIND = """
            select gstr1_status = 'filed' as gstr1, gstr3b_status = 'filed' as gstr3b from gst_periods
             where tenant_id = :tenant and period = :period
            """;

    Filed filed(Tx tx, YearMonth period) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .bind("period", period.toString())
                .map((row, context) -> new Filed(row.getBoolean("gstr1"), row.getBoolean("gstr3b")))
                .findOne()
                .orElse(Filed.NOTHING);
    }

    private static final String OPEN = """
            insert into gst_periods (tenant_id, id, period, gstr1_due, gstr3b_due)
            values (:tenant, :id, :period, :gstr1Due, :gstr3bDue)
                on conflict (tenant_id, period) do nothing
            """;

    void open(Tx tx, UUID id, YearMonth period, LocalDate gstr1Due, LocalDate gstr3bDue) {
        tx.handle()
                .createUpdate(OPEN)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("period", period.toString())
                .bind("gstr1Due", gstr1Due)
                .bind("gstr3bDue", gstr3bDue)
                .execute();
    }

    // Index: gst_periods_tenant_id_period_key.
    private static final String FILE_GSTR1 = """
            update gst_periods set gstr1_status = 'filed', version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and period = :period and gstr1_status in ('open')
            returning id
            """;

    // Index: gst_periods_tenant_id_period_key.
    private static final String FILE_GSTR3B = """
            update gst_periods set gstr3b_status = 'filed', arn = :arn, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and period = :period and gstr3b_status in ('open')
            returning id
            """;

    /** @return empty: it was filed before */
    Optional<UUID> fileGstr1(Tx tx, YearMonth period) {
        return tx.handle()
                .createQuery(FILE_GSTR1)
                .bind("tenant", tx.tenant())
                .bind("period", period.toString())
                .mapTo(UUID.class)
                .findOne();
    }

    /** @return empty: it was filed before */
    Optional<UUID> fileGstr3b(Tx tx, YearMonth period, Optional<String> arn) {
        return tx.handle()
                .createQuery(FILE_GSTR3B)
                .bind("tenant", tx.tenant())
                .bind("period", period.toString())
                .bind("arn", arn)
                .mapTo(UUID.class)
                .findOne();
    }
}
