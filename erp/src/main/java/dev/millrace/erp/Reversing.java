package dev.millrace.erp;

import java.util.UUID;

/** What came of reversing a receipt. But for the first, nothing was written. */
public sealed interface Reversing {
    /**
     * @param changed false: it was reversed before
     */
    record Reversed(GoodsReceipt receipt, boolean changed) implements Reversing {}

    record NotFound(UUID receipt) implements Reversing {}

    /** The order is closed. */
    record WrongState(PurchaseOrder order) implements Reversing {}

    /** What is left would be less than what was invoiced of this line. */
    record Invoiced(PurchaseOrder.Line line) implements Reversing {}

    /** The goods are not there any more. */
    record Insufficient(StockLevel level) implements Reversing {}
}
