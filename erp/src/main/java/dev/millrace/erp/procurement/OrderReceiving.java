package dev.millrace.erp.procurement;

import static java.math.RoundingMode.HALF_UP;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.PurchaseOrder.Line;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.core.Herald;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What receipts change of an order: how much of each line came, and the state that follows from it. Joins the caller's
 * transaction.
 */
public final class OrderReceiving {
    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final int PERCENT_DECIMALS = 4;
    private static final int SHARE_DECIMALS = 12;

    private final OrderReader reader = new OrderReader();
    private final OrderReceiptRows rows = new OrderReceiptRows();

    /** The order; it and its lines stay as they are until the transaction ends. Locks it, then its lines by number. */
    public Optional<PurchaseOrder> hold(Tx tx, UUID id) {
        return reader.hold(tx, id).map(order -> {
            rows.holdLines(tx, id);
            // Read again: a line may have changed while its lock was waited for.
            return reader.get(tx, id);
        });
    }

    /** Goods may come in for it. */
    public static boolean isReceivable(Status status) {
        return switch (status) {
            case APPROVED, PARTIALLY_RECEIVED, RECEIVED -> true;
            case DRAFT, PENDING_APPROVAL, RETURNED, CLOSED, CANCELLED -> false;
        };
    }

    /**
     * Adds what came, or takes back what was reversed. The database refuses more than was ordered and may come on top,
     * and less than was invoiced.
     *
     * @param held by {@link #hold}, in a state that {@link #isReceivable}
     * @param accepted by the line's id; below zero: taken back
     * @return the order as it is now
     */
    public PurchaseOrder receive(Tx tx, PurchaseOrder held, Map<UUID, BigDecimal> accepted, Herald herald) {
        rows.addReceived(
                tx,
                held.lines().stream()
                        .filter(line -> accepted.containsKey(line.id()))
                        .map(Line::id)
                        .toList(),
                accepted);
        PurchaseOrder now = reader.get(tx, held.id());
        Status next = status(now.lines());
        if (held.status() == Status.RECEIVED && next == Status.APPROVED) {
            // An order goes back by the way it came.
            rows.setReceived(tx, held.id(), Status.PARTIALLY_RECEIVED, percent(now.lines()));
        }
        rows.setReceived(tx, held.id(), next, percent(now.lines()));
        if (next != held.status()) {
            herald.journal(
                    tx,
                    "purchase_order.received",
                    OrderDocument.TYPE,
                    held.id(),
                    Optional.of(OrderRows.text(held.status())),
                    Optional.of(OrderRows.text(next)),
                    percent(now.lines()).stripTrailingZeros().toPlainString() + " percent received");
        }
        return reader.get(tx, held.id());
    }

    private static Status status(List<Line> lines) {
        if (lines.stream().noneMatch(line -> line.receivedQty().signum() > 0)) {
            return Status.APPROVED;
        }
        return counted(lines).stream().allMatch(line -> line.outstanding().signum() == 0)
                ? Status.RECEIVED
                : Status.PARTIALLY_RECEIVED;
    }

    /** How much of the order's value came; of an order that is worth nothing, how many of its lines. */
    private static BigDecimal percent(List<Line> lines) {
        BigDecimal whole = BigDecimal.ZERO;
        BigDecimal part = BigDecimal.ZERO;
        boolean worthless =
                counted(lines).stream().allMatch(line -> line.amount().signum() == 0);
        for (Line line : counted(lines)) {
            BigDecimal weight = worthless ? BigDecimal.ONE : line.amount();
            BigDecimal came = line.quantity().subtract(line.outstanding());
            whole = whole.add(weight);
            part = part.add(weight.multiply(came).divide(line.quantity(), SHARE_DECIMALS, HALF_UP));
        }
        return HUNDRED.multiply(part).divide(whole, PERCENT_DECIMALS, HALF_UP);
    }

    /** Of an order for goods, its goods: nobody waits for the service of bringing them. */
    private static List<Line> counted(List<Line> lines) {
        List<Line> goods = lines.stream()
                .filter(line -> line.matchMode().equals("three_way"))
                .toList();
        return goods.isEmpty() ? lines : goods;
    }
}
