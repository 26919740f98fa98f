package dev.millrace.erp.delivery;

import static java.util.stream.Collectors.toMap;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Delivery;
import dev.millrace.erp.Returning;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.inventory.Move;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.StockBook.Prepared;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.sales.DeliveredOrders;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a delivery back, at the value at which it was booked; its goods are kept for the order again. Locks as posting it
 * does; joins the caller's transaction.
 */
public final class DeliveryReversal {
    private final StockBook book;
    private final DeliveryPosting posting;
    private final DeliveredOrders orders = new DeliveredOrders();
    private final DeliveryRows rows = new DeliveryRows();
    private final CompanyRows companies = new CompanyRows();

    public DeliveryReversal(StockBook book, Ledger ledger) {
        this.book = book;
        this.posting = new DeliveryPosting(ledger);
    }

    /**
     * @throws dev.millrace.erp.PostingRefused the ledger does not take it
     */
    public Returning reverse(Tx tx, UUID id, String reason, Herald herald) {
        Optional<UUID> orderId = rows.find(tx, id).map(Delivery::order);
        if (orderId.isEmpty()) {
            return new Returning.NotFound(id);
        }
        SalesOrder order = orders.hold(tx, orderId.get()).orElseThrow();
        // Under the order's lock nobody else posts or reverses for it: read again what it has become.
        Delivery delivery = rows.find(tx, id).orElseThrow();
        if (delivery.status() == Delivery.Status.REVERSED) {
            return new Returning.Reversed(delivery, false);
        }
        return switch (order.status()) {
            case PART_DELIVERED, DELIVERED -> new Returning.Reversed(write(tx, delivery, order, reason, herald), true);
            case DRAFT, PENDING_APPROVAL, RETURNED, ON_HOLD, CONFIRMED, INVOICED, CLOSED, CANCELLED ->
                new Returning.WrongState(order);
        };
    }

    private Delivery write(Tx tx, Delivery delivery, SalesOrder order, String reason, Herald herald) {
        List<Move> moves = delivery.lines().stream()
                .filter(line -> line.warehouse().isPresent())
                .map(line -> Move.returned(
                        new StockKey(line.item(), line.warehouse().orElseThrow()),
                        line.quantity(),
                        line.value(),
                        delivery.id()))
                .toList();
        if (!(book.prepare(tx, moves) instanceof Prepared.Ready ready)) {
            throw new IllegalStateException("goods that come back with their cost are always taken");
        }
        Optional<UUID> journal = posting.reverse(tx, delivery, companies.get(tx).today(tx.now()), reason, herald);
        if (!rows.reverse(tx, delivery.id(), reason, journal)) {
            throw new IllegalStateException("delivery " + delivery.id() + " changed while its order was locked");
        }
        book.write(tx, ready, journal, herald);
        orders.deliver(
                tx,
                order,
                delivery.lines().stream()
                        .collect(toMap(
                                Delivery.Line::orderLine,
                                line -> line.quantity().negate())),
                herald);
        herald.journal(
                tx,
                "delivery.reversed",
                DeliveryDesk.ENTITY,
                delivery.id(),
                Optional.of("posted"),
                Optional.of("reversed"),
                delivery.number() + " for " + order.number() + ": " + reason);
        return rows.find(tx, delivery.id()).orElseThrow();
    }
}
