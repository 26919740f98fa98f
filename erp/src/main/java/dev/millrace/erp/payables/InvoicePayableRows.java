package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Columns;
import dev.millrace.erp.ledger.Posting.Party;
import dev.millrace.erp.payments.Payable.Owed;
import dev.millrace.erp.procurement.OpenBills.Open;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code supplier_invoices}: what is open of released ones. */
final class InvoicePayableRows {
    // Index: supplier_invoices_pkey.
    private static final String HOLD = """
            select id, internal_number, supplier_id, currency, rate, open_amount, due_date,
                   status in ('released', 'part_paid', 'paid') as in_force
              from supplier_invoices
             where tenant_id = :tenant and id = :id
               for update
            """;

    Optional<Owed> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> new Owed(
                        id,
                        row.getString("internal_number"),
                        new Party("supplier", row.getObject("supplier_id", UUID.class)),
                        row.getString("currency"),
                        Columns.decimal(row, "rate", 0),
                        Columns.decimal(row, "open_amount", 2),
                        row.getBoolean("in_force"),
                        Optional.of(row.getObject("due_date", LocalDate.class))))
                .findOne();
    }

    // Index: supplier_invoices_pkey.
    private static final String TAKE = """
            update supplier_invoices
               set open_amount = open_amount - :amount, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('released', 'part_paid') and open_amount >= :amount
            returning id
            """;

    boolean take(Tx tx, UUID id, BigDecimal amount) {
        return tx.handle()
                .createQuery(TAKE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("amount", amount)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    // Index: supplier_invoices_pkey.
    private static final String GIVE_BACK = """
            update supplier_invoices
               set open_amount = open_amount + :amount, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('released', 'part_paid', 'paid')
            returning id
            """;

    void giveBack(Tx tx, UUID id, BigDecimal amount) {
        tx.handle()
                .createQuery(GIVE_BACK)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("amount", amount)
                .mapTo(UUID.class)
                .one();
    }

    // Index: supplier_invoices_pkey.
    private static final String SETTLE = """
            update supplier_invoices
               set paid_amount = :paid,
                   status = case when :paid = 0 then 'released' when :paid >= total then 'paid' else 'part_paid' end,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('released', 'part_paid', 'paid')
            returning id
            """;

    void settle(Tx tx, UUID id, BigDecimal paid) {
        tx.handle()
                .createQuery(SETTLE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("paid", paid)
                .mapTo(UUID.class)
                .one();
    }

    // Index: supplier_invoices_due.
    private static final String DUE = """
            select id from supplier_invoices
             where tenant_id = :tenant and open_amount > 0 and due_date <= :until and currency = :currency
               and status in ('released', 'part_paid')
             order by due_date, id
             limit 1000
            """;

    List<UUID> due(Tx tx, LocalDate until, String currency) {
        return tx.handle()
                .createQuery(DUE)
                .bind("tenant", tx.tenant())
                .bind("until", until)
                .bind("currency", currency)
                .mapTo(UUID.class)
                .list();
    }

    // Index: supplier_invoices_supplier. What a draft is to pay is not paid yet.
    private static final String UNPAID = """
            select count(*) as invoices, coalesce(sum(round((total - paid_amount) * rate, 2)), 0) as amount
              from supplier_invoices
             where tenant_id = :tenant and supplier_id = :supplier and status in ('released', 'part_paid')
            """;

    Open unpaid(Tx tx, UUID supplier) {
        return tx.handle()
                .createQuery(UNPAID)
                .bind("tenant", tx.tenant())
                .bind("supplier", supplier)
                .map((row, context) -> new Open(row.getInt("invoices"), Columns.decimal(row, "amount", 2)))
                .one();
    }
}
