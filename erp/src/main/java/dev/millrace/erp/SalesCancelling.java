package dev.millrace.erp;

import java.util.UUID;

/** What came of cancelling a sales order. */
public sealed interface SalesCancelling {
    /**
     * @param changed false: it was cancelled before
     */
    record Cancelled(SalesOrder order, boolean changed) implements SalesCancelling {}

    record NotFound(UUID id) implements SalesCancelling {}

    /** It is invoiced. */
    record WrongState(SalesOrder order) implements SalesCancelling {}

    /** Goods have left for it. */
    record HasDeliveries(SalesOrder order) implements SalesCancelling {}
}
