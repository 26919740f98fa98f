package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Cancelling;
import dev.millrace.erp.Locking;
import dev.millrace.erp.OrderClosing;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.TaskRows;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.procurement.OrderRows.Standing;
import java.util.Optional;
import java.util.UUID;

/**
 * Approves, cancels and closes orders, and says what they will bring. Locks the order's row first, then stock levels; joins the caller's transaction. Setting a state that
 * already holds is success without a change.
 */
public final class OrderStates {
    private final OrderRows rows = new OrderRows();
    private final OrderWriteRows writes = new OrderWriteRows();
    private final OrderReader reader = new OrderReader();
    private final TaskRows tasks = new TaskRows();
    private final StockBook stock;

    public OrderStates(StockBook stock) {
        this.stock = stock;
    }

    /** Whether the order waits for approval; it stays as it is until the transaction ends. */
    public boolean isPending(Tx tx, UUID id) {
        return rows.hold(tx, id)
                .filter(standing -> standing.status() == PurchaseOrder.Status.PENDING_APPROVAL)
                .isPresent();
    }

    /** Whether it was changed after it was submitted. */
    public boolean isRevised(Tx tx, UUID id) {
        return rows.isRevised(tx, id);
    }

    /**
     * @param approvedBy in words, for people
     * @param comment for the journal
     */
    public Locking lock(Tx tx, UUID id, Optional<UUID> approval, String approvedBy, String comment, Herald herald) {
        Optional<Standing> standing = rows.hold(tx, id);
        if (standing.isEmpty()) {
            return new Locking.NotFound(id);
        }
        return switch (standing.get().status()) {
            case DRAFT, RETURNED, CANCELLED -> new Locking.WrongState(reader.get(tx, id));
            case APPROVED, PARTIALLY_RECEIVED, RECEIVED, CLOSED -> new Locking.Locked(reader.get(tx, id), false);
            case PENDING_APPROVAL -> {
                must(writes.lock(tx, id, approval, approvedBy), id);
                PurchaseOrder order = reader.get(tx, id);
                stock.expect(tx, OnOrder.of(order), herald);
                herald.journal(
                        tx,
                        OrderEvents.APPROVED,
                        OrderDocument.TYPE,
                        id,
                        Optional.of("pending_approval"),
                        Optional.of("approved"),
                        comment);
                herald.publish(tx, OrderEvents.APPROVED, OrderEvents.approved(order, rows.supplierIsNew(tx, id)));
                yield new Locking.Locked(order, true);
            }
        };
    }

    public Cancelling cancel(Tx tx, UUID id, String reason, Herald herald) {
        Optional<Standing> standing = rows.hold(tx, id);
        if (standing.isEmpty()) {
            return new Cancelling.NotFound(id);
        }
        return switch (standing.get().status()) {
            case CANCELLED -> new Cancelling.Cancelled(reader.get(tx, id), false);
            case DRAFT, PENDING_APPROVAL, RETURNED, APPROVED, PARTIALLY_RECEIVED, RECEIVED, CLOSED ->
                cancelHeld(tx, id, standing.get(), reason, herald);
        };
    }

    private Cancelling cancelHeld(Tx tx, UUID id, Standing standing, String reason, Herald herald) {
        if (standing.hasReceipts()) {
            return new Cancelling.HasReceipts(reader.get(tx, id));
        }
        if (standing.hasInvoices()) {
            return new Cancelling.HasInvoices(reader.get(tx, id));
        }
        if (!writes.cancel(tx, id, reason)) {
            return new Cancelling.WrongState(reader.get(tx, id));
        }
        tasks.closeForMembers(tx, "purchase_order", id);
        PurchaseOrder order = reader.get(tx, id);
        if (standing.status() == PurchaseOrder.Status.APPROVED) {
            stock.expect(tx, OnOrder.negated(order), herald);
        }
        herald.journal(
                tx,
                OrderEvents.CANCELLED,
                OrderDocument.TYPE,
                id,
                Optional.of(OrderRows.text(standing.status())),
                Optional.of("cancelled"),
                reason);
        herald.publish(tx, OrderEvents.CANCELLED, OrderEvents.cancelled(order, rows.supplierIsNew(tx, id)));
        return new Cancelling.Cancelled(order, true);
    }

    /**
     * Closes an order of which everything came, or of which the rest is not waited for.
     *
     * @param reason needed where something is still to come
     */
    public OrderClosing close(Tx tx, UUID id, Optional<String> reason, Herald herald) {
        Optional<Standing> standing = rows.hold(tx, id);
        if (standing.isEmpty()) {
            return new OrderClosing.NotFound(id);
        }
        Optional<String> why = reason.map(String::strip).filter(text -> !text.isEmpty());
        return switch (standing.get().status()) {
            case CLOSED -> new OrderClosing.Closed(reader.get(tx, id), false);
            case DRAFT, PENDING_APPROVAL, RETURNED, APPROVED, CANCELLED ->
                new OrderClosing.WrongState(reader.get(tx, id));
            case PARTIALLY_RECEIVED ->
                why.isEmpty()
                        ? new OrderClosing.ReasonMissing(reader.get(tx, id))
                        : closeHeld(tx, reader.get(tx, id), why, herald);
            case RECEIVED -> closeHeld(tx, reader.get(tx, id), why, herald);
        };
    }

    private OrderClosing closeHeld(Tx tx, PurchaseOrder before, Optional<String> reason, Herald herald) {
        must(writes.close(tx, before.id(), reason), before.id());
        stock.expect(tx, OnOrder.negated(before), herald);
        herald.journal(
                tx,
                "purchase_order.closed",
                OrderDocument.TYPE,
                before.id(),
                Optional.of(OrderRows.text(before.status())),
                Optional.of("closed"),
                reason.orElse("everything was received"));
        return new OrderClosing.Closed(reader.get(tx, before.id()), true);
    }

    private static void must(boolean changed, UUID id) {
        if (!changed) {
            throw new IllegalStateException("purchase order " + id + " changed while its row was locked");
        }
    }
}
