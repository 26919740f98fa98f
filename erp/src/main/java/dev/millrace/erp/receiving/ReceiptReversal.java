package dev.millrace.erp.receiving;

import static java.util.stream.Collectors.toMap;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.GoodsReceipt;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Reversing;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.inventory.Move;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.StockBook.Prepared;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.procurement.OrderReceiving;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a receipt back, at the value at which it was booked. Locks as posting it does; joins the caller's transaction.
 */
public final class ReceiptReversal {
    private final StockBook book;
    private final ReceiptPosting posting;
    private final OrderReceiving orders = new OrderReceiving();
    private final ReceiptRows rows = new ReceiptRows();
    private final CompanyRows companies = new CompanyRows();

    public ReceiptReversal(StockBook book, Ledger ledger) {
        this.book = book;
        this.posting = new ReceiptPosting(ledger);
    }

    /**
     * @throws dev.millrace.erp.PostingRefused the ledger does not take it
     */
    public Reversing reverse(Tx tx, UUID id, String reason, Herald herald) {
        Optional<UUID> orderId = rows.find(tx, id).map(GoodsReceipt::order);
        if (orderId.isEmpty()) {
            return new Reversing.NotFound(id);
        }
        PurchaseOrder order = orders.hold(tx, orderId.get()).orElseThrow();
        // Under the order's lock nobody else posts or reverses for it: read again what it has become.
        GoodsReceipt receipt = rows.find(tx, id).orElseThrow();
        if (receipt.status() == GoodsReceipt.Status.REVERSED) {
            return new Reversing.Reversed(receipt, false);
        }
        if (!OrderReceiving.isReceivable(order.status())) {
            return new Reversing.WrongState(order);
        }
        Map<UUID, PurchaseOrder.Line> ordered =
                order.lines().stream().collect(toMap(PurchaseOrder.Line::id, line -> line));
        for (GoodsReceipt.Line line : receipt.lines()) {
            PurchaseOrder.Line of =
                    Optional.ofNullable(ordered.get(line.orderLine())).orElseThrow();
            BigDecimal left = of.receivedQty().subtract(of.returnedQty()).subtract(line.accepted());
            if (left.compareTo(of.invoicedQty()) < 0 && line.accepted().signum() > 0) {
                return new Reversing.Invoiced(of);
            }
        }
        return takeBack(tx, receipt, order, ordered, reason, herald);
    }

    private Reversing takeBack(
            Tx tx,
            GoodsReceipt receipt,
            PurchaseOrder order,
            Map<UUID, PurchaseOrder.Line> ordered,
            String reason,
            Herald herald) {
        var moves = new ArrayList<Move>();
        Map<StockKey, BigDecimal> elsewhere = new HashMap<>();
        for (GoodsReceipt.Line line : receipt.lines()) {
            PurchaseOrder.Line of =
                    Optional.ofNullable(ordered.get(line.orderLine())).orElseThrow();
            BigDecimal awaited = awaitedAgain(of, line.accepted());
            boolean here = line.warehouse().equals(of.warehouseId());
            line.warehouse()
                    .filter(place -> line.accepted().signum() > 0)
                    .ifPresent(place -> moves.add(Move.received(
                            new StockKey(line.item(), place),
                            line.accepted().negate(),
                            line.valueBase().negate(),
                            here ? awaited.negate() : BigDecimal.ZERO,
                            receipt.id())));
            of.warehouseId()
                    .filter(wanted -> !here && awaited.signum() > 0)
                    .ifPresent(wanted -> elsewhere.merge(new StockKey(line.item(), wanted), awaited, BigDecimal::add));
        }
        var keys = new HashSet<>(elsewhere.keySet());
        moves.forEach(move -> keys.add(move.key()));
        book.hold(tx, keys);
        return switch (book.prepare(tx, moves)) {
            case Prepared.Insufficient insufficient -> new Reversing.Insufficient(insufficient.level());
            case Prepared.CostMissing missing ->
                throw new IllegalStateException("goods go back at the value at which they came");
            case Prepared.Ready ready ->
                new Reversing.Reversed(write(tx, receipt, order, ready, elsewhere, reason, herald), true);
        };
    }

    /** What of it is awaited again: what had come beyond the order is not. */
    private static BigDecimal awaitedAgain(PurchaseOrder.Line line, BigDecimal taken) {
        BigDecimal then =
                line.quantity().subtract(line.receivedQty().subtract(taken)).max(BigDecimal.ZERO);
        return then.subtract(line.outstanding());
    }

    private GoodsReceipt write(
            Tx tx,
            GoodsReceipt receipt,
            PurchaseOrder order,
            Prepared.Ready moves,
            Map<StockKey, BigDecimal> elsewhere,
            String reason,
            Herald herald) {
        Company company = companies.get(tx);
        Optional<UUID> journal = posting.reverse(tx, receipt, company.today(tx.now()), reason, herald);
        if (!rows.reverse(tx, receipt.id(), reason, journal)) {
            throw new IllegalStateException("goods receipt " + receipt.id() + " changed while its order was locked");
        }
        book.write(tx, moves, journal, herald);
        book.expect(tx, elsewhere, herald);
        orders.receive(
                tx,
                order,
                receipt.lines().stream()
                        .collect(toMap(
                                GoodsReceipt.Line::orderLine,
                                line -> line.accepted().negate())),
                herald);
        GoodsReceipt reversed = rows.find(tx, receipt.id()).orElseThrow();
        herald.journal(
                tx,
                ReceiptEvents.REVERSED,
                ReceiptDesk.ENTITY,
                receipt.id(),
                Optional.of("posted"),
                Optional.of("reversed"),
                receipt.number() + " for " + order.number() + ": " + reason);
        herald.publish(tx, ReceiptEvents.REVERSED, ReceiptEvents.reversed(reversed));
        return reversed;
    }
}
