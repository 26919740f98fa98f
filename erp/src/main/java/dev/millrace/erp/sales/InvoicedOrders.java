package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.core.Herald;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What its invoice and the invoice's payment change of a sales order. Joins the caller's transaction. */
public final class InvoicedOrders {
    private final SalesOrderReader reader = new SalesOrderReader();
    private final SalesOrderWriteRows writes = new SalesOrderWriteRows();

    /** The order; it stays as it is until the transaction ends. */
    public Optional<SalesOrder> hold(Tx tx, UUID id) {
        return reader.hold(tx, id);
    }

    /** All that was delivered is invoiced: what the customer owes is counted by the invoice from now on. */
    public void invoiced(Tx tx, UUID order, String invoice, Herald herald) {
        move(tx, order, Status.DELIVERED, Status.INVOICED);
        writes.invoice(tx, order, true);
        journal(tx, order, "sales_order.invoiced", Status.DELIVERED, Status.INVOICED, invoice, herald);
    }

    /**
     * Its invoice was cancelled: it may be invoiced again.
     *
     * @return the order as it is now
     */
    public SalesOrder released(Tx tx, UUID order, String invoice, Herald herald) {
        move(tx, order, Status.INVOICED, Status.DELIVERED);
        writes.invoice(tx, order, false);
        journal(
                tx,
                order,
                "sales_order.released",
                Status.INVOICED,
                Status.DELIVERED,
                invoice + " was cancelled",
                herald);
        return reader.get(tx, order);
    }

    private void move(Tx tx, UUID order, Status from, Status to) {
        if (!writes.move(tx, order, List.of(from), to)) {
            throw new IllegalStateException("sales order " + order + " is not " + SalesOrderRows.text(from));
        }
    }

    private static void journal(Tx tx, UUID order, String type, Status from, Status to, String comment, Herald herald) {
        herald.journal(
                tx,
                type,
                SalesOrderEvents.ORDER,
                order,
                Optional.of(SalesOrderRows.text(from)),
                Optional.of(SalesOrderRows.text(to)),
                comment);
    }

    /**
     * Its invoice is paid, or was and is not any more. The payment tells of it.
     *
     * @param paid in full
     */
    public void settled(Tx tx, UUID order, boolean paid) {
        if (paid) {
            writes.move(tx, order, List.of(Status.INVOICED), Status.CLOSED);
        } else {
            writes.move(tx, order, List.of(Status.CLOSED), Status.INVOICED);
        }
    }
}
