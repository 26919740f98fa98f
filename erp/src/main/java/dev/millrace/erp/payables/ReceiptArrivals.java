package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.procurement.GoodsArrival;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells each invoice of the order that waits for goods that some came. A hold takes the lock that a receipt holds, so an
 * invoice either waits by then and is found here, or looks at the goods itself when it begins to wait.
 */
public final class ReceiptArrivals implements GoodsArrival {
    private final InvoiceRows rows = new InvoiceRows();
    private final InvoiceReader reader = new InvoiceReader();

    @Override
    public void arrived(Tx tx, UUID order, UUID receipt, String number, Herald herald) {
        rows.waitingForGoods(tx, order)
                .forEach(waiting -> herald.publish(
                        tx,
                        InvoiceEvents.RECEIPT_ARRIVED,
                        InvoiceEvents.receiptArrived(
                                reader.get(tx, waiting.id()), Optional.of(receipt), Optional.of(number))));
    }
}
