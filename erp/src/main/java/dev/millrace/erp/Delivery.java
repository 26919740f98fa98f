package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What left for a sales order.
 *
 * @param value what it cost, in the company's currency
 * @param reference of the carrier, or whatever people know it by
 * @param deliveredBy the member's id, or what posted it in words
 */
public record Delivery(
        UUID id,
        String number,
        UUID order,
        String orderNumber,
        UUID customer,
        String customerName,
        LocalDate date,
        BigDecimal value,
        Optional<String> reference,
        String deliveredBy,
        Optional<UUID> journal,
        Status status,
        Optional<Instant> reversedAt,
        Optional<String> reverseReason,
        Optional<UUID> reversalJournal,
        Instant postedAt,
        List<Line> lines) {
    public Delivery {
        lines = List.copyOf(lines);
    }

    public enum Status {
        POSTED,
        REVERSED
    }

    /**
     * @param lineNo of the order
     * @param warehouse empty: it moved no stock
     */
    public record Line(
            UUID id,
            int lineNo,
            UUID orderLine,
            UUID item,
            String itemCode,
            Optional<UUID> warehouse,
            BigDecimal quantity,
            BigDecimal value) {}
}
