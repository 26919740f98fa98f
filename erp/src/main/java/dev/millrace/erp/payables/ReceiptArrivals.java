package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.procurement.GoodsFollower;
import java.util.UUID;

/**
 * Tells of each invoice of the order that waits for goods that some came, and lets it wait no longer: whoever is told matches
 * it again, and until then further receipts tell nobody. A hold takes the lock that a receipt holds, so an invoice either
 * waits by then and is found here, or looks at the goods itself when it begins to wait.
 */
public final class ReceiptArrivals implements GoodsFollower {
    private static final String REASON = "goods came";

    private final InvoiceRows rows = new InvoiceRows();
    private final InvoiceWriteRows writes = new InvoiceWriteRows();
    private final InvoiceReader reader = new InvoiceReader();

    @Override
    public void goodsCame(Tx tx, UUID order, Herald herald) {
        rows.waitingForGoods(tx, order).forEach(waiting -> tell(tx, waiting, herald));
    }

    /**
     * @param waiting is on hold for its receipt, and locked
     * @return as it is now
     */
    SupplierInvoice tell(Tx tx, Header waiting, Herald herald) {
        writes.lift(tx, waiting.id());
        SupplierInvoice free = reader.get(tx, waiting.id());
        InvoiceStates.tell(tx, waiting, free, InvoiceEvents.FREED, REASON, herald);
        herald.publish(tx, InvoiceEvents.RECEIPT_ARRIVED, InvoiceEvents.receiptArrived(free));
        return free;
    }
}
