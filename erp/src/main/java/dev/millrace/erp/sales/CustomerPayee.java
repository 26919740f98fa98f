package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.erp.payments.Payee;
import java.util.Optional;
import java.util.UUID;

/**
 * Customers, as those who pay. Their row is locked, and not only shared: what they pay lowers what they owe in the same
 * transaction.
 */
public final class CustomerPayee implements Payee {
    private final CustomerRows rows = new CustomerRows();

    @Override
    public String type() {
        return "customer";
    }

    @Override
    public Optional<Facts> hold(Tx tx, UUID id) {
        return rows.hold(tx, id)
                .map(customer -> new Facts(customer.name(), customer.email(), false, true, Optional.empty(), false));
    }
}
