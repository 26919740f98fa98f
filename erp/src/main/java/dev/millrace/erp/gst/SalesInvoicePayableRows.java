package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Columns;
import dev.millrace.erp.ledger.Posting.Party;
import dev.millrace.erp.payments.Payable.Owed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** The table {@code sales_invoices}: what is open of them, and what is paid. */
final class SalesInvoicePayableRows {
    // Index: sales_invoices_pkey.
    private static final String HOLD = """
            select number, customer_id, currency, open_amount, due_date, status in ('posted', 'part_paid', 'paid') as in_force
              from sales_invoices
             where tenant_id = :tenant and id = :id and number is not null
               for update
            """;

    /** Empty: there is none, or it is a draft. */
    Optional<Owed> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> new Owed(
                        id,
                        row.getString("number"),
                        new Party("customer", row.getObject("customer_id", UUID.class)),
                        row.getString("currency"),
                        BigDecimal.ONE,
                        Columns.decimal(row, "open_amount", 2),
                        row.getBoolean("in_force"),
                        Optional.of(row.getObject("due_date", LocalDate.class))))
                .findOne();
    }

    // Index: sales_invoices_pkey.
    private static final String TAKE = """
            update sales_invoices
               set open_amount = open_amount - :amount, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('posted', 'part_paid') and open_amount >= :amount
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

    // Index: sales_invoices_pkey. A payment is given back before it is said that it is none any more: what is paid
    // follows.
    private static final String GIVE_BACK = """
            update sales_invoices
               set open_amount = open_amount + :amount,
                   status = case when status = 'paid' then 'part_paid' else status end,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('posted', 'part_paid', 'paid')
            """;

    void giveBack(Tx tx, UUID id, BigDecimal amount) {
        tx.handle()
                .createUpdate(GIVE_BACK)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("amount", amount)
                .execute();
    }

    // Index: sales_invoices_pkey. The row is held, so what was paid before is what the sub-select says.
    private static final String SETTLE = """
            update sales_invoices i
               set paid_amount = :paid,
                   status = case when :paid = i.total then 'paid' when :paid > 0 then 'part_paid' else 'posted' end,
                   version = i.version + 1, updated_at = millrace_now()
              from (select id, paid_amount from sales_invoices where tenant_id = :tenant and id = :id) as before
             where i.tenant_id = :tenant and i.id = before.id and i.status in ('posted', 'part_paid', 'paid')
            returning i.customer_id, i.sales_order_id, i.status = 'paid' as in_full, :paid - before.paid_amount as more
            """;

    /**
     * What a posted or reversed payment has changed.
     *
     * @param more than was paid before; below zero: less
     */
    record Settled(UUID customer, Optional<UUID> order, boolean inFull, BigDecimal more) {}

    /**
     * @return empty: it is neither posted nor paid
     */
    Optional<Settled> settle(Tx tx, UUID id, BigDecimal paid) {
        return tx.handle()
                .createQuery(SETTLE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("paid", paid)
                .map((row, context) -> new Settled(
                        row.getObject("customer_id", UUID.class),
                        Optional.ofNullable(row.getObject("sales_order_id", UUID.class)),
                        row.getBoolean("in_full"),
                        row.getBigDecimal("more")))
                .findOne();
    }
}
