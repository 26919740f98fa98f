package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.InvoiceMade;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.EInvoice;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Status;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.sales.InvoicedOrders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the invoice of a delivered sales order. Locks the order, then as {@link InvoiceMaking}; joins the caller's transaction. */
final class OrderInvoicing {
    private final Supplier<UUID> ids;
    private final InvoiceMaking making;
    private final InvoicedOrders orders = new InvoicedOrders();
    private final InvoiceRows rows = new InvoiceRows();

    OrderInvoicing(Supplier<UUID> ids, InvoiceMaking making) {
        this.ids = ids;
        this.making = making;
    }

    /**
     * One order, one invoice: an order that has one is refused.
     *
     * @throws dev.millrace.erp.PostingRefused the ledger refuses it
     */
    InvoiceMade make(Tx tx, UUID id, InvoiceMaking.Wish wish, Herald herald) {
        Optional<SalesOrder> order = orders.hold(tx, id);
        if (order.isEmpty()) {
            return new InvoiceMade.NotFound(id);
        }
        return switch (order.get().status()) {
            case DELIVERED -> making.makeOfOrder(tx, draft(tx, order.get()), order.get(), wish, herald);
            case INVOICED, CLOSED ->
                new InvoiceMade.Refused(
                        "already_invoiced",
                        order.get().number() + " was invoiced already, with " + number(tx, id)
                                + ": cancel that invoice before making another");
            case DRAFT, PENDING_APPROVAL, RETURNED, ON_HOLD, CONFIRMED, PART_DELIVERED, CANCELLED ->
                new InvoiceMade.Refused(
                        "wrong_state",
                        "Expected " + order.get().number() + " to be delivered but it is "
                                + order.get().status().name().toLowerCase(Locale.ROOT)
                                + ": deliver all of it first");
        };
    }

    private String number(Tx tx, UUID order) {
        return rows.ofOrder(tx, order)
                .flatMap(id -> rows.byId(tx, id))
                .flatMap(SalesInvoice::made)
                .map(SalesInvoice.Made::number)
                .orElseThrow();
    }

    /** Of all that was delivered; tax paid where that is a choice. */
    private SalesInvoice draft(Tx tx, SalesOrder order) {
        List<SalesInvoice.Line> lines = order.lines().stream()
                .map(line -> new SalesInvoice.Line(
                        line.lineNo(),
                        Optional.of(line.itemId()),
                        line.description(),
                        line.hsnSac(),
                        line.isService(),
                        line.uqc(),
                        line.deliveredQty(),
                        line.unitPrice(),
                        line.discount(),
                        line.amount(),
                        line.gstRate(),
                        TaxSplit.ZERO,
                        TaxSplit.ZERO,
                        TaxSplit.ZERO))
                .toList();
        return new SalesInvoice(
                ids.get(),
                order.header().customerId(),
                Optional.of(order.id()),
                true,
                Optional.empty(),
                order.header().currency(),
                Status.DRAFT,
                Optional.empty(),
                InvoiceDrafts.nothing(),
                new EInvoice(EInvoiceStatus.NOT_REQUIRED, Optional.empty(), Optional.empty()),
                Optional.empty(),
                lines,
                tx.now());
    }
}
