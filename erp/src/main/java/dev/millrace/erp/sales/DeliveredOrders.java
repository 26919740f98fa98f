package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.core.Herald;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What deliveries change of a sales order: how much of each line has left, and the state that follows from it. Joins the
 * caller's transaction.
 */
public final class DeliveredOrders {
    private static final List<Status> UNDER_WAY = List.of(Status.CONFIRMED, Status.PART_DELIVERED, Status.DELIVERED);

    private final SalesOrderReader reader = new SalesOrderReader();
    private final SalesOrderWriteRows writes = new SalesOrderWriteRows();

    /** The order; it stays as it is until the transaction ends. */
    public Optional<SalesOrder> hold(Tx tx, UUID id) {
        return reader.hold(tx, id);
    }

    /**
     * Adds what left, or takes back what was reversed. The database refuses more than was ordered.
     *
     * @param held by {@link #hold}, confirmed and not invoiced
     * @param more by the line's id; below zero: it came back
     */
    public void deliver(Tx tx, SalesOrder held, Map<UUID, BigDecimal> more, Herald herald) {
        writes.deliver(tx, held, more);
        Status next = status(reader.get(tx, held.id()));
        if (!writes.move(tx, held.id(), UNDER_WAY, next)) {
            throw new IllegalStateException("sales order " + held.id() + " changed while its row was locked");
        }
        if (next != held.status()) {
            herald.journal(
                    tx,
                    "sales_order.delivered",
                    SalesOrderEvents.ORDER,
                    held.id(),
                    Optional.of(SalesOrderRows.text(held.status())),
                    Optional.of(SalesOrderRows.text(next)),
                    held.number());
        }
    }

    private static Status status(SalesOrder order) {
        if (order.lines().stream().allMatch(line -> line.deliveredQty().signum() == 0)) {
            return Status.CONFIRMED;
        }
        return order.lines().stream().allMatch(line -> line.outstanding().signum() == 0)
                ? Status.DELIVERED
                : Status.PART_DELIVERED;
    }
}
