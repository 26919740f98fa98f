package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.payments.Payable;
import dev.millrace.erp.sales.CreditExposure;
import dev.millrace.erp.sales.InvoicedOrders;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * Sales invoices, as customers pay them. What a draft of a payment is to pay is not open any more; but the invoice's state, what
 * the customer owes and the order behind it follow posted payments alone.
 */
public final class SalesInvoicePayable implements Payable {
    private final CreditExposure credit;
    private final InvoicedOrders orders = new InvoicedOrders();
    private final SalesInvoicePayableRows rows = new SalesInvoicePayableRows();

    public SalesInvoicePayable(CreditExposure credit) {
        this.credit = credit;
    }

    @Override
    public String type() {
        return SalesInvoiceEvents.INVOICE;
    }

    @Override
    public Direction direction() {
        return Direction.INCOMING;
    }

    @Override
    public Optional<Owed> hold(Tx tx, UUID id) {
        return rows.hold(tx, id);
    }

    @Override
    public boolean take(Tx tx, UUID id, BigDecimal amount) {
        return rows.take(tx, id, amount);
    }

    /** Nothing of a cancelled invoice becomes open again. */
    @Override
    public void giveBack(Tx tx, UUID id, BigDecimal amount) {
        rows.giveBack(tx, id, amount);
    }

    @Override
    public void settled(Tx tx, UUID id, BigDecimal paid) {
        rows.settle(tx, id, paid).ifPresent(settled -> {
            credit.take(tx, settled.customer(), settled.more());
            settled.order().ifPresent(order -> orders.settled(tx, order, settled.inFull()));
        });
    }
}
