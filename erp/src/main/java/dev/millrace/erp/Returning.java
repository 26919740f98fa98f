package dev.millrace.erp;

import java.util.UUID;

/** What came of reversing a delivery. But for the first, nothing was written. */
public sealed interface Returning {
    /**
     * @param changed false: it was reversed before
     */
    record Reversed(Delivery delivery, boolean changed) implements Returning {}

    record NotFound(UUID delivery) implements Returning {}

    /** The order is invoiced. */
    record WrongState(SalesOrder order) implements Returning {}
}
