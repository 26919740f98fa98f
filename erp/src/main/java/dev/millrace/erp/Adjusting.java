package dev.millrace.erp;

import java.util.UUID;

/** What came of adjusting stock. But for the first, nothing was written. */
public sealed interface Adjusting {
    record Adjusted(StockMovement movement) implements Adjusting {}

    /** No such item, or one that is not kept. */
    record ItemUnknown(UUID item) implements Adjusting {}

    record WarehouseUnknown(UUID warehouse) implements Adjusting {}

    /** There is less than is to be taken out. */
    record Insufficient(StockLevel level) implements Adjusting {}

    /** What comes in has no cost, and nothing of the kind ever had one. */
    record CostMissing(StockLevel level) implements Adjusting {}

    /** A number is not one that stock can have. */
    record Unfit(InputProblem problem) implements Adjusting {}
}
