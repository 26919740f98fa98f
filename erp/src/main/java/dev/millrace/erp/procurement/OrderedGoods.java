package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PurchaseOrder.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What was ordered, as those see it who bill it. Locks the order, then its lines by their numbers; joins the caller's
 * transaction.
 */
public final class OrderedGoods {
    private final OrderedGoodsRows rows = new OrderedGoodsRows();

    /** An order with its lines, by their numbers. */
    public record Ordered(
            UUID id, String number, UUID supplier, String currency, BigDecimal rate, Status status, List<Line> lines) {
        public Ordered {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param matchMode {@code three_way}, {@code two_way} or {@code none}
     * @param received less what was returned
     * @param invoiced by invoices that were released
     * @param expenseAccount what the item is charged to where it is not kept; the company's usual one when empty
     */
    public record Line(
            UUID id,
            int lineNo,
            String itemCode,
            String description,
            String hsnSac,
            String matchMode,
            BigDecimal quantity,
            BigDecimal received,
            BigDecimal invoiced,
            BigDecimal unitPrice,
            BigDecimal gstRate,
            Optional<String> expenseAccount) {}

    /** Neither the order nor what came of it changes until the transaction ends. */
    public Optional<Ordered> hold(Tx tx, UUID order) {
        return rows.hold(tx, order).map(head -> head.with(rows.holdLines(tx, order)));
    }

    /**
     * An invoice of an order that is held was released, or taken back.
     *
     * @param quantities by the id of the order's line; negative where an invoice was taken back
     */
    public void invoiced(Tx tx, UUID order, Map<UUID, BigDecimal> quantities) {
        quantities.forEach((line, quantity) -> rows.addInvoiced(tx, line, quantity));
        rows.countInvoiced(tx, order);
    }
}
