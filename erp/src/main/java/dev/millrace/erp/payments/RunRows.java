package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PaymentRun;
import dev.millrace.erp.PaymentRun.Status;
import dev.millrace.erp.core.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code payment_runs}. */
public final class RunRows {
    private static final String SELECT = """
            select r.id, r.number, r.bank_account, r.value_date, r.currency, r.total_amount, r.payment_count, r.status,
                   r.prepared_by, m.name, m.email, r.approved_by, r.cancel_reason, r.created_at
              from payment_runs r
              join members m on m.tenant_id = r.tenant_id and m.id = r.prepared_by
             where r.tenant_id = :tenant
            """;

    // Index: payment_runs_pkey.
    private static final String BY_ID = SELECT + " and r.id = :id";

    public Optional<PaymentRun> find(Tx tx, UUID id) {
        return find(tx, BY_ID, id);
    }

    // Index: payment_runs_pkey.
    private static final String HOLD = BY_ID + " for update of r";

    public Optional<PaymentRun> hold(Tx tx, UUID id) {
        return find(tx, HOLD, id);
    }

    private static Optional<PaymentRun> find(Tx tx, String sql, UUID id) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(RunRows::run)
                .findOne();
    }

    // Index: payment_runs_pkey, backwards.
    private static final String PAGE = SELECT + """
               and (:status::text is null or r.status = :status)
               and (:before::uuid is null or r.id < :before)
             order by r.id desc
             limit :limit
            """;

    /** Newest first. */
    public List<PaymentRun> page(Tx tx, Optional<Status> status, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("status", status.map(PaymentRows::text))
                .bind("before", before)
                .bind("limit", limit)
                .map(RunRows::run)
                .list();
    }

    private static final String INSERT = """
            insert into payment_runs
                   (tenant_id, id, number, bank_account, value_date, currency, total_amount, payment_count, status,
                    prepared_by)
            values (:tenant, :id, :number, :bankAccount, :valueDate, :currency, :totalAmount, :paymentCount, 'proposed',
                    :preparedBy)
            """;

    void insert(Tx tx, PaymentRun run) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", run.id())
                .bind("number", run.number())
                .bind("bankAccount", run.bankAccount())
                .bind("valueDate", run.valueDate())
                .bind("currency", run.currency())
                .bind("totalAmount", run.totalAmount())
                .bind("paymentCount", run.paymentCount())
                .bind("preparedBy", run.preparedBy())
                .execute();
    }

    // Index: payment_runs_pkey.
    private static final String RELEASE = """
            update payment_runs
               set status = 'released', approved_by = :approvedBy, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('proposed')
            returning id
            """;

    void release(Tx tx, UUID id, Collection<UUID> approvedBy) {
        tx.handle()
                .createQuery(RELEASE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bindArray("approvedBy", UUID.class, approvedBy.toArray())
                .mapTo(UUID.class)
                .one();
    }

    // Index: payment_runs_pkey.
    private static final String CANCEL = """
            update payment_runs
               set status = 'cancelled', cancel_reason = :reason, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('proposed')
            returning id
            """;

    void cancel(Tx tx, UUID id, String reason) {
        tx.handle()
                .createQuery(CANCEL)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("reason", reason)
                .mapTo(UUID.class)
                .one();
    }

    private static PaymentRun run(ResultSet row, StatementContext context) throws SQLException {
        return new PaymentRun(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getString("bank_account"),
                row.getObject("value_date", LocalDate.class),
                row.getString("currency"),
                Columns.decimal(row, "total_amount", 2),
                row.getInt("payment_count"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getObject("prepared_by", UUID.class),
                row.getString("name"),
                row.getString("email"),
                List.of((UUID[]) row.getArray("approved_by").getArray()),
                Optional.ofNullable(row.getString("cancel_reason")),
                Columns.instant(row, "created_at").orElseThrow());
    }
}
