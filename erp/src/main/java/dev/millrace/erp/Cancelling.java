package dev.millrace.erp;

import java.util.UUID;

/** What came of cancelling an order. */
public sealed interface Cancelling {
    /**
     * @param changed false: it was cancelled before
     */
    record Cancelled(PurchaseOrder order, boolean changed) implements Cancelling {}

    record NotFound(UUID id) implements Cancelling {}

    /** It is closed, or received. */
    record WrongState(PurchaseOrder order) implements Cancelling {}

    /** Goods came in against it. */
    record HasReceipts(PurchaseOrder order) implements Cancelling {}

    /** It was invoiced, at least in part. */
    record HasInvoices(PurchaseOrder order) implements Cancelling {}
}
