package dev.millrace.erp.receiving;

import static java.math.RoundingMode.HALF_UP;

import dev.millrace.erp.Item;
import dev.millrace.erp.PurchaseOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A receipt whose every part is known and sound, with its values.
 *
 * @param order under a lock
 * @param warehouse where it went, if all of it went to one
 * @param rate what one unit of the order's currency is worth in the company's own
 */
record CheckedReceipt(
        PurchaseOrder order,
        Optional<UUID> warehouse,
        BigDecimal rate,
        Optional<String> deliveryNote,
        List<Line> lines) {
    private static final int DECIMALS = 2;

    CheckedReceipt {
        lines = List.copyOf(lines);
    }

    /**
     * @param warehouse empty: of a service
     * @param value of what was accepted, in the order's currency; a service's is 0, because its invoice is its cost
     * @param valueBase in the company's currency
     */
    record Line(
            UUID id,
            PurchaseOrder.Line orderLine,
            Item item,
            Optional<UUID> warehouse,
            BigDecimal quantity,
            BigDecimal accepted,
            Optional<String> rejectReason,
            BigDecimal value,
            BigDecimal valueBase) {

        static Line of(
                UUID id,
                PurchaseOrder.Line orderLine,
                Item item,
                Optional<UUID> warehouse,
                BigDecimal quantity,
                BigDecimal rejected,
                Optional<String> rejectReason,
                BigDecimal rate) {
            BigDecimal accepted = quantity.subtract(rejected);
            BigDecimal value = item.isService()
                    ? BigDecimal.ZERO
                    : accepted.multiply(orderLine.unitPrice()).setScale(DECIMALS, HALF_UP);
            BigDecimal base = value.multiply(rate).setScale(DECIMALS, HALF_UP);
            return new Line(id, orderLine, item, warehouse, quantity, accepted, rejectReason, value, base);
        }

        BigDecimal rejected() {
            return quantity.subtract(accepted);
        }

        /** What of it was awaited: what comes beyond the order was not. */
        BigDecimal arrived() {
            return accepted.min(orderLine.outstanding());
        }
    }

    BigDecimal value() {
        return sum(Line::value);
    }

    BigDecimal valueBase() {
        return sum(Line::valueBase);
    }

    private BigDecimal sum(Function<Line, BigDecimal> part) {
        return lines.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
