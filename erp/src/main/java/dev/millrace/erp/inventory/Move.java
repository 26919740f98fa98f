package dev.millrace.erp.inventory;

import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockMovement.Reason;
import dev.millrace.erp.StockMovement.Source;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * Stock that is to be moved.
 *
 * @param quantity in: above zero; out: below; never zero; at most three decimals
 * @param cost what it is worth
 * @param released what of the reserved goes with it; below zero: goods come back and are promised again
 * @param arrived what of that on order it is; below zero: is on order again. Taken together with the quantity, so that
 *     goods which arrive are no fall
 */
public record Move(
        StockKey key,
        BigDecimal quantity,
        Cost cost,
        Reason reason,
        Optional<Source> source,
        Optional<String> note,
        BigDecimal released,
        BigDecimal arrived) {

    /** What moved stock is worth, in the company's currency. */
    public sealed interface Cost {
        /** The moving average of what is there. */
        record Average() implements Cost {}

        /** So much for one. */
        record Each(BigDecimal unitCost) implements Cost {}

        /**
         * So much in all, as a document booked it.
         *
         * @param value with the quantity's sign, at two decimals
         */
        record InAll(BigDecimal value) implements Cost {}
    }

    /**
     * A receipt's line that brings stock at the value that the receipt booked, or takes it back at that value.
     *
     * @param value with the quantity's sign
     */
    public static Move received(StockKey key, BigDecimal quantity, BigDecimal value, BigDecimal arrived, UUID receipt) {
        return new Move(
                key,
                quantity,
                new Cost.InAll(value),
                quantity.signum() > 0 ? Reason.RECEIPT : Reason.RECEIPT_REVERSED,
                Optional.of(new Source("goods_receipt", receipt)),
                Optional.empty(),
                BigDecimal.ZERO,
                arrived);
    }

    /** A delivery's line: at the average, out of what was reserved for it. */
    public static Move delivered(StockKey key, BigDecimal quantity, BigDecimal released, UUID delivery) {
        return new Move(
                key,
                quantity.negate(),
                new Cost.Average(),
                Reason.DELIVERY,
                Optional.of(new Source("delivery", delivery)),
                Optional.empty(),
                released,
                BigDecimal.ZERO);
    }

    /** A delivery's line that comes back, at the value at which it left, to be promised again. */
    public static Move returned(StockKey key, BigDecimal quantity, BigDecimal value, UUID delivery) {
        return new Move(
                key,
                quantity,
                new Cost.InAll(value),
                Reason.DELIVERY_REVERSED,
                Optional.of(new Source("delivery", delivery)),
                Optional.empty(),
                quantity.negate(),
                BigDecimal.ZERO);
    }
}
