package dev.millrace.erp.delivery;

import static java.util.stream.Collectors.toMap;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Delivering;
import dev.millrace.erp.Delivery;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewDelivery;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.Move;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.StockBook.Prepared;
import dev.millrace.erp.inventory.Valued;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.sales.DeliveredOrders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets goods leave for confirmed orders, out of what is kept for them. Locks the order, then the stock levels, then the
 * ledger; joins the caller's transaction.
 */
public final class DeliveryDesk {
    static final String ENTITY = "delivery";
    private static final String SERIES = "DN";

    private final Supplier<UUID> ids;
    private final StockBook book;
    private final DeliveryPosting posting;
    private final DeliveredOrders orders = new DeliveredOrders();
    private final DeliveryRows rows = new DeliveryRows();
    private final ItemRows items = new ItemRows();
    private final CompanyRows companies = new CompanyRows();
    private final NumberRows numbers = new NumberRows();

    public DeliveryDesk(Supplier<UUID> ids, StockBook book, Ledger ledger) {
        this.ids = ids;
        this.book = book;
        this.posting = new DeliveryPosting(ledger);
    }

    /**
     * @throws dev.millrace.erp.PostingRefused the ledger does not take it
     */
    public Delivering post(Tx tx, NewDelivery delivery, Herald herald) {
        Optional<SalesOrder> order = orders.hold(tx, delivery.order());
        if (order.isEmpty()) {
            return new Delivering.OrderNotFound(delivery.order());
        }
        return switch (order.get().status()) {
            case CONFIRMED, PART_DELIVERED -> check(tx, order.get(), delivery, herald);
            case DRAFT, PENDING_APPROVAL, RETURNED, ON_HOLD, DELIVERED, INVOICED, CLOSED, CANCELLED ->
                new Delivering.WrongState(order.get());
        };
    }

    private Delivering check(Tx tx, SalesOrder order, NewDelivery delivery, Herald herald) {
        return switch (new DeliveryCheck(order, delivery, items(tx, order), ids).check()) {
            case DeliveryCheck.Checked.Faulty faulty -> new Delivering.Refused(faulty.problems());
            case DeliveryCheck.Checked.Sound sound -> prepare(tx, sound.delivery(), herald);
        };
    }

    private Delivering prepare(Tx tx, CheckedDelivery delivery, Herald herald) {
        UUID id = ids.get();
        List<Move> moves = stocked(delivery)
                .map(line ->
                        Move.delivered(line.orderLine().stock().orElseThrow(), line.quantity(), line.quantity(), id))
                .toList();
        return switch (book.prepare(tx, moves)) {
            case Prepared.Insufficient insufficient -> new Delivering.Insufficient(insufficient.level());
            case Prepared.CostMissing missing -> throw new IllegalStateException("what goes out needs no cost");
            case Prepared.Ready ready -> new Delivering.Delivered(write(tx, id, delivery, ready, herald));
        };
    }

    private static Stream<CheckedDelivery.Line> stocked(CheckedDelivery delivery) {
        return delivery.lines().stream()
                .filter(line -> line.orderLine().warehouseId().isPresent());
    }

    private Delivery write(Tx tx, UUID id, CheckedDelivery delivery, Prepared.Ready ready, Herald herald) {
        Company company = companies.get(tx);
        LocalDate today = company.today(tx.now());
        Map<UUID, BigDecimal> costs = costs(delivery, ready);
        String year = company.fiscalYear(today);
        String number = "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year));
        Optional<UUID> journal = posting.post(
                tx,
                delivery,
                stocked(delivery)
                        .map(line ->
                                new DeliveryPosting.Cost(line.item(), costs.getOrDefault(line.id(), BigDecimal.ZERO)))
                        .toList(),
                id,
                number,
                today,
                herald);
        rows.insert(
                tx,
                delivery,
                costs,
                new DeliveryRows.Posted(id, number, today, herald.actor().id().orElse(herald.by()), journal));
        book.write(tx, ready, journal, herald);
        orders.deliver(
                tx,
                delivery.order(),
                delivery.lines().stream().collect(toMap(line -> line.orderLine().id(), CheckedDelivery.Line::quantity)),
                herald);
        Delivery posted = rows.find(tx, id).orElseThrow();
        herald.journal(
                tx,
                "delivery.posted",
                ENTITY,
                id,
                Optional.empty(),
                Optional.of("posted"),
                number + " for " + delivery.order().number() + ", cost "
                        + posted.value().toPlainString());
        return posted;
    }

    /** By the delivery's line; moves were prepared in the order of the lines that move stock. */
    private static Map<UUID, BigDecimal> costs(CheckedDelivery delivery, Prepared.Ready ready) {
        Map<UUID, BigDecimal> costs = new HashMap<>();
        Iterator<Valued> moved = ready.moves().iterator();
        stocked(delivery)
                .forEach(line -> costs.put(line.id(), moved.next().value().negate()));
        return costs;
    }

    private List<Item> items(Tx tx, SalesOrder order) {
        return items.find(
                tx,
                order.lines().stream().map(SalesOrder.Line::itemId).distinct().toList(),
                List.of());
    }
}
