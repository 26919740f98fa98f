package dev.millrace.erp;

import java.util.UUID;

/** What came of putting a sales order on hold. */
public sealed interface Holding {
    /**
     * @param changed false: it was on hold before
     */
    record Held(SalesOrder order, boolean changed) implements Holding {}

    record NotFound(UUID id) implements Holding {}

    /** It neither waits for approval nor is confirmed, or goods have left for it. */
    record WrongState(SalesOrder order) implements Holding {}
}
