package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.UUID;

/** What came of confirming a sales order. But for the first, nothing was written. */
public sealed interface Confirming {
    /**
     * @param reserved stock is kept for it; false: it has no goods that are kept in stock
     * @param changed false: it was confirmed before
     */
    record Confirmed(SalesOrder order, boolean reserved, boolean changed) implements Confirming {}

    record NotFound(UUID id) implements Confirming {}

    record WrongState(SalesOrder order) implements Confirming {}

    /**
     * @param exposure what the customer would owe and have ordered
     */
    record OverLimit(SalesOrder order, BigDecimal exposure, BigDecimal limit) implements Confirming {}

    /** The customer is on credit hold. */
    record CustomerBlocked(SalesOrder order) implements Confirming {}

    /** Less of it is there than the order needs, or it is promised to others. */
    record Insufficient(SalesOrder order, StockLevel level) implements Confirming {}
}
