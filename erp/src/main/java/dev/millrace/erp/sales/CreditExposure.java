package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * Counts what customers owe and have ordered. Locks the customer's row; joins the caller's transaction, which has locked its
 * own document before.
 */
public final class CreditExposure {
    private final OverdueInvoices overdue;
    private final CustomerRows rows = new CustomerRows();
    private final CompanyRows companies = new CompanyRows();

    public CreditExposure(OverdueInvoices overdue) {
        this.overdue = overdue;
    }

    /**
     * Counts a document in. The one that takes the customer over the limit emits {@code customer.credit_limit_breached}; those
     * after it do not, until the exposure has been within the limit again.
     *
     * @param amount in the company's currency; where the document takes the place of another, what it is more or less
     * @param document its number
     */
    public void add(Tx tx, UUID customer, BigDecimal amount, String document, Herald herald) {
        BigDecimal now = rows.expose(tx, customer, amount);
        Customer exposed = rows.byId(tx, customer).orElseThrow();
        BigDecimal limit = exposed.creditLimit();
        if (now.compareTo(limit) > 0 && now.subtract(amount).compareTo(limit) <= 0) {
            int days = overdue.oldestDays(tx, customer, companies.get(tx).today(tx.now()));
            herald.publish(
                    tx, CustomerEvents.LIMIT_BREACHED, CustomerEvents.breached(exposed, days, document, tx.now()));
        }
    }

    /** Counts a document out again: it is paid or cancelled. */
    public void take(Tx tx, UUID customer, BigDecimal amount) {
        rows.expose(tx, customer, amount.negate());
    }
}
