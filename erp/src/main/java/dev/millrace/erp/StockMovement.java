package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that came in or went out. It is never changed.
 *
 * @param seq counts within an item and warehouse, from 1
 * @param quantity in: above zero
 * @param unitCost in the company's currency
 * @param value in the company's currency, with the quantity's sign
 * @param source the document that moved it
 * @param journal which booked the value
 * @param movedBy in words, for people
 */
public record StockMovement(
        UUID id,
        StockKey key,
        long seq,
        BigDecimal quantity,
        BigDecimal onHandAfter,
        BigDecimal unitCost,
        BigDecimal value,
        Reason reason,
        Optional<String> note,
        Optional<Source> source,
        Optional<UUID> journal,
        String movedBy,
        Instant createdAt) {

    /**
     * @param type {@code goods_receipt}
     */
    public record Source(String type, UUID id) {}

    /** Why stock moves. */
    public enum Reason {
        /** What was there when counting began. */
        OPENING,
        COUNT,
        DAMAGE,
        LOSS,
        FOUND,
        RETURN,
        OTHER,
        RECEIPT,
        RECEIPT_REVERSED,
        DELIVERY,
        DELIVERY_REVERSED;

        /** As tables and events have it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
