package dev.millrace.erp;

import java.util.UUID;

/** What came of closing an order. */
public sealed interface OrderClosing {
    /**
     * @param changed false: it was closed before
     */
    record Closed(PurchaseOrder order, boolean changed) implements OrderClosing {}

    record NotFound(UUID id) implements OrderClosing {}

    /** Nothing was received of it: it is cancelled instead. */
    record WrongState(PurchaseOrder order) implements OrderClosing {}

    /** Part of it did not come, and nobody says why it is not waited for. */
    record ReasonMissing(PurchaseOrder order) implements OrderClosing {}
}
