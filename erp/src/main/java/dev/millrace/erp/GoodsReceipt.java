package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What came for a purchase order. Quantities are in the items' units, prices and {@code value} in the order's currency.
 *
 * @param warehouse where it went, if all of it went to one
 * @param rate what one unit of the currency was worth in the company's own
 * @param value of what was accepted, at the order's prices
 * @param valueBase in the company's own currency
 * @param receivedBy the member's id, or what posted it in words
 */
public record GoodsReceipt(
        UUID id,
        String number,
        UUID order,
        String orderNumber,
        UUID supplier,
        String supplierName,
        Optional<UUID> warehouse,
        LocalDate date,
        String currency,
        BigDecimal rate,
        BigDecimal value,
        BigDecimal valueBase,
        Optional<String> deliveryNote,
        String receivedBy,
        Optional<UUID> journal,
        Status status,
        Optional<Instant> reversedAt,
        Optional<String> reverseReason,
        Optional<UUID> reversalJournal,
        Instant postedAt,
        List<Line> lines) {
    public GoodsReceipt {
        lines = List.copyOf(lines);
    }

    public enum Status {
        POSTED,
        REVERSED
    }

    /** What was accepted or not of one line of the order. */
    public record Line(
            UUID id,
            int lineNo,
            UUID orderLine,
            UUID item,
            String itemCode,
            Optional<UUID> warehouse,
            BigDecimal quantity,
            BigDecimal accepted,
            BigDecimal rejected,
            Optional<String> rejectReason,
            BigDecimal unitPrice,
            BigDecimal value,
            BigDecimal valueBase) {}
}
