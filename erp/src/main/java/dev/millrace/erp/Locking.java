package dev.millrace.erp;

import java.util.UUID;

/** What came of approving and locking an order. */
public sealed interface Locking {
    /**
     * @param changed false: it was locked before
     */
    record Locked(PurchaseOrder order, boolean changed) implements Locking {}

    record NotFound(UUID id) implements Locking {}

    /** Only an order that waits for approval can be locked. */
    record WrongState(PurchaseOrder order) implements Locking {}
}
