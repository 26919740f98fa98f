package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Payment;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The tables {@code payments} and {@code payment_allocations}, as they are written. */
final class PaymentWriteRows {
    private static final String INSERT = """
            insert into payments
                   (tenant_id, id, number, direction, party_type, party_id, party_name, amount, currency, rate, amount_base,
                    method, date, reference, status, created_by)
            values (:tenant, :id, :number, :direction, :partyType, :partyId, :partyName, :amount, :currency, :rate,
                    :amountBase, :method, :date, :reference, 'draft', :createdBy)
            """;

    /** As a draft. */
    void insert(Tx tx, Payment payment) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", payment.id())
                .bind("number", payment.number())
                .bind("direction", PaymentRows.text(payment.direction()))
                .bind("partyType", PaymentRows.text(payment.partyType()))
                .bind("partyId", payment.partyId())
                .bind("partyName", payment.partyName())
                .bind("amount", payment.amount())
                .bind("currency", payment.currency())
                .bind("rate", payment.rate())
                .bind("amountBase", payment.amountBase())
                .bind("method", PaymentRows.text(payment.method()))
                .bind("date", payment.date())
                .bind("reference", payment.reference())
                .bind("createdBy", payment.createdBy())
                .execute();
    }

    private static final String INSERT_ALLOCATION = """
            insert into payment_allocations (tenant_id, payment_id, document_type, document_id, amount, number, rate)
            values (:tenant, :payment, :type, :document, :amount, :number, :rate)
            """;

    void insertAllocations(Tx tx, UUID payment, List<Payment.Allocation> allocations) {
        if (allocations.isEmpty()) {
            return;
        }
        var batch = tx.handle().prepareBatch(INSERT_ALLOCATION);
        allocations.forEach(allocation -> batch.bind("tenant", tx.tenant())
                .bind("payment", payment)
                .bind("type", allocation.documentType())
                .bind("document", allocation.documentId())
                .bind("amount", allocation.amount())
                .bind("number", allocation.number())
                .bind("rate", allocation.rate())
                .add());
        batch.execute();
    }

    // Index: payments_pkey.
    private static final String POST = """
            update payments
               set status = 'posted', journal_id = :journal, posted_at = millrace_now(), version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('draft')
            returning id
            """;

    void post(Tx tx, UUID id, UUID journal) {
        tx.handle()
                .createQuery(POST)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("journal", journal)
                .mapTo(UUID.class)
                .one();
    }

    // Index: payments_pkey.
    private static final String CANCEL = """
            update payments
               set status = 'cancelled', end_reason = :reason, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('draft')
            returning id
            """;

    void cancel(Tx tx, UUID id, String reason) {
        end(tx, CANCEL, id, reason);
    }

    // Index: payments_pkey.
    private static final String REVERSE = """
            update payments
               set status = 'reversed', end_reason = :reason, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('posted')
            returning id
            """;

    void reverse(Tx tx, UUID id, String reason) {
        end(tx, REVERSE, id, reason);
    }

    private static void end(Tx tx, String sql, UUID id, String reason) {
        tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("reason", reason)
                .mapTo(UUID.class)
                .one();
    }

    // Index: payments_pkey.
    private static final String TAKE_INTO_RUN = """
            update payments
               set payment_run_id = :run, date = :valueDate, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = any (:ids) and status in ('draft') and payment_run_id is null
            """;

    /** They are posted on the run's day. */
    int takeIntoRun(Tx tx, UUID run, LocalDate valueDate, List<UUID> payments) {
        return tx.handle()
                .createUpdate(TAKE_INTO_RUN)
                .bind("tenant", tx.tenant())
                .bind("run", run)
                .bind("valueDate", valueDate)
                .bindArray("ids", UUID.class, payments.toArray())
                .execute();
    }
}
