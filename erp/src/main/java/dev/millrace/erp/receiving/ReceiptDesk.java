package dev.millrace.erp.receiving;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.GoodsReceipt;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewReceipt;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Receiving;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.Warehouse;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.Move;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.StockBook.Prepared;
import dev.millrace.erp.inventory.WarehouseRows;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.procurement.GoodsFollower;
import dev.millrace.erp.procurement.OrderReceiving;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Takes goods in for approved orders. Locks the order and its lines, then the stock levels, then the ledger; joins the
 * caller's transaction.
 */
public final class ReceiptDesk {
    static final String ENTITY = "goods_receipt";
    private static final String SERIES = "GRN";

    private final Supplier<UUID> ids;
    private final StockBook book;
    private final ReceiptPosting posting;
    private final List<GoodsFollower> followers;
    private final OrderReceiving orders = new OrderReceiving();
    private final ReceiptRows rows = new ReceiptRows();
    private final ItemRows items = new ItemRows();
    private final WarehouseRows warehouses = new WarehouseRows();
    private final CompanyRows companies = new CompanyRows();
    private final NumberRows numbers = new NumberRows();

    /**
     * @param followers told of each receipt, in its transaction
     */
    public ReceiptDesk(Supplier<UUID> ids, StockBook book, Ledger ledger, List<GoodsFollower> followers) {
        this.ids = ids;
        this.book = book;
        this.posting = new ReceiptPosting(ledger);
        this.followers = List.copyOf(followers);
    }

    /**
     * @throws dev.millrace.erp.PostingRefused the ledger does not take it
     */
    public Receiving post(Tx tx, NewReceipt receipt, Herald herald) {
        Optional<PurchaseOrder> order = orders.hold(tx, receipt.order());
        if (order.isEmpty()) {
            return new Receiving.OrderNotFound(receipt.order());
        }
        if (!OrderReceiving.isReceivable(order.get().status())) {
            return new Receiving.WrongState(order.get());
        }
        Company company = companies.get(tx);
        var check = new ReceiptCheck(
                order.get(),
                receipt,
                items(tx, order.get()),
                places(tx),
                company.info().currency());
        return switch (check.check(ids)) {
            case ReceiptCheck.Checked.Faulty faulty -> new Receiving.Refused(faulty.problems());
            case ReceiptCheck.Checked.Sound sound ->
                new Receiving.Received(write(tx, sound.receipt(), company, herald));
        };
    }

    private GoodsReceipt write(Tx tx, CheckedReceipt receipt, Company company, Herald herald) {
        UUID id = ids.get();
        LocalDate today = company.today(tx.now());
        Map<StockKey, BigDecimal> elsewhere = awaitedElsewhere(receipt);
        Prepared.Ready moves = prepare(tx, receipt, id, elsewhere.keySet());
        String year = company.fiscalYear(today);
        String number = "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year));
        Optional<UUID> journal = posting.post(tx, receipt, id, number, today, herald);
        rows.insert(
                tx,
                receipt,
                id,
                number,
                today,
                new ReceiptRows.Posted(herald.actor().id().orElse(herald.by()), journal));
        book.write(tx, moves, journal, herald);
        book.expect(tx, elsewhere, herald);
        PurchaseOrder order = orders.receive(
                tx,
                receipt.order(),
                receipt.lines().stream().collect(toMap(line -> line.orderLine().id(), CheckedReceipt.Line::accepted)),
                herald);
        GoodsReceipt posted = rows.find(tx, id).orElseThrow();
        herald.journal(
                tx,
                ReceiptEvents.POSTED,
                ENTITY,
                id,
                Optional.empty(),
                Optional.of("posted"),
                number + " for " + order.number() + ", " + Money.written(posted.value(), posted.currency()));
        herald.publish(
                tx,
                ReceiptEvents.POSTED,
                ReceiptEvents.posted(posted, order.status() == PurchaseOrder.Status.RECEIVED));
        followers.forEach(follower -> follower.goodsCame(tx, order.id(), herald));
        return posted;
    }

    /** All levels are locked at once, in their order: those that goods come to, and those that waited for them. */
    private Prepared.Ready prepare(Tx tx, CheckedReceipt receipt, UUID id, Set<StockKey> elsewhere) {
        List<Move> moves = receipt.lines().stream()
                .filter(line -> line.warehouse().isPresent() && line.accepted().signum() > 0)
                .map(line -> Move.received(
                        new StockKey(line.item().id(), line.warehouse().orElseThrow()),
                        line.accepted(),
                        line.valueBase(),
                        line.warehouse().equals(line.orderLine().warehouseId()) ? line.arrived() : BigDecimal.ZERO,
                        id))
                .toList();
        var keys = new HashSet<>(elsewhere);
        moves.forEach(move -> keys.add(move.key()));
        book.hold(tx, keys);
        if (book.prepare(tx, moves) instanceof Prepared.Ready ready) {
            return ready;
        }
        throw new IllegalStateException("goods that come in with their cost are always taken");
    }

    /** Goods that went to another place than the order said: nobody waits for them there any more. */
    private static Map<StockKey, BigDecimal> awaitedElsewhere(CheckedReceipt receipt) {
        Map<StockKey, BigDecimal> less = new HashMap<>();
        for (CheckedReceipt.Line line : receipt.lines()) {
            line.orderLine()
                    .warehouseId()
                    .filter(wanted -> !line.warehouse().equals(Optional.of(wanted)))
                    .filter(wanted -> line.arrived().signum() > 0)
                    .ifPresent(wanted -> less.merge(
                            new StockKey(line.item().id(), wanted),
                            line.arrived().negate(),
                            BigDecimal::add));
        }
        return less;
    }

    private List<Item> items(Tx tx, PurchaseOrder order) {
        return items.find(
                tx,
                order.lines().stream()
                        .map(PurchaseOrder.Line::itemId)
                        .distinct()
                        .toList(),
                List.of());
    }

    private Set<UUID> places(Tx tx) {
        return warehouses.all(tx).stream()
                .filter(Warehouse::active)
                .map(Warehouse::id)
                .collect(toUnmodifiableSet());
    }
}
