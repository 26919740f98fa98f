package dev.millrace.erp.receiving;

import dev.millrace.engine.Tx;
import dev.millrace.erp.GoodsReceipt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Receipts for those who look at them, or count on what they booked. */
public final class ReceiptReader {
    private final ReceiptRows rows = new ReceiptRows();

    public Optional<GoodsReceipt> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /** Newest first, without their lines. */
    public List<GoodsReceipt> page(Tx tx, Optional<UUID> order, Optional<UUID> before, int limit) {
        return rows.page(tx, order, before, limit);
    }

    /** What was booked for what was received of a line of an order, in the company's currency. */
    public BigDecimal receivedValue(Tx tx, UUID orderLine) {
        return rows.receivedValue(tx, orderLine);
    }
}
