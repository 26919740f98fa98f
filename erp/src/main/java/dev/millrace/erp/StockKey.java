package dev.millrace.erp;

import java.util.UUID;

/** Which item, and in which warehouse. In the order in which several levels are locked. */
public record StockKey(UUID item, UUID warehouse) implements Comparable<StockKey> {
    @Override
    public int compareTo(StockKey other) {
        // As texts: UUID compares as signed numbers, which the database does not.
        int byItem = item.toString().compareTo(other.item.toString());
        return byItem != 0 ? byItem : warehouse.toString().compareTo(other.warehouse.toString());
    }
}
