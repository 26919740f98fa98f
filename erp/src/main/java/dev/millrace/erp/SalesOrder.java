package dev.millrace.erp;

import dev.millrace.engine.Member;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a customer ordered, in the company's own currency. Amounts are at two decimals. */
public record SalesOrder(Header header, Member requester, List<Line> lines) {
    public SalesOrder {
        lines = List.copyOf(lines);
    }

    public UUID id() {
        return header.id();
    }

    public String number() {
        return header.number();
    }

    public Status status() {
        return header.status();
    }

    /** It may still be changed: it was never confirmed, and is not cancelled. */
    public boolean isOpen() {
        return switch (status()) {
            case DRAFT, PENDING_APPROVAL, RETURNED -> true;
            case ON_HOLD -> header.confirmedAt().isEmpty();
            case CONFIRMED, PART_DELIVERED, DELIVERED, INVOICED, CLOSED, CANCELLED -> false;
        };
    }

    /** From its first confirmation on it is locked: neither it nor its lines change any more, also while it is on hold. */
    public enum Status {
        DRAFT,
        PENDING_APPROVAL,
        /** An approver sent it back: it is changed and submitted again. */
        RETURNED,
        /** Nothing is reserved for it, and it does not count for the customer's limit. */
        ON_HOLD,
        CONFIRMED,
        PART_DELIVERED,
        DELIVERED,
        INVOICED,
        /** Its invoice is paid. */
        CLOSED,
        CANCELLED;

        /** It counts for the customer's limit by itself, and not by its invoice. */
        public boolean isExposed() {
            return this == CONFIRMED || this == PART_DELIVERED || this == DELIVERED;
        }
    }

    /**
     * The order without its lines.
     *
     * @param amountBase the total in the company's own currency
     * @param discountPercent the highest of its lines'
     * @param marginPercent of the net amount; empty: nobody knows what all items cost
     * @param customerRef the customer's own number
     * @param confirmedAt when it was confirmed first
     * @param confirmedBy in words, {@code key-account-sales-order-approval v3}
     * @param lineCount how many lines it has
     */
    public record Header(
            UUID id,
            String number,
            UUID customerId,
            String customerCode,
            String customerName,
            String currency,
            BigDecimal net,
            BigDecimal tax,
            BigDecimal total,
            BigDecimal amountBase,
            BigDecimal discountPercent,
            Optional<BigDecimal> marginPercent,
            Optional<String> customerRef,
            UUID requestedBy,
            Optional<LocalDate> neededBy,
            Status status,
            Optional<Instant> submittedAt,
            Optional<Instant> confirmedAt,
            Optional<UUID> approvalId,
            Optional<String> confirmedBy,
            Optional<String> holdReason,
            Optional<String> cancelReason,
            int version,
            Instant createdAt,
            Instant updatedAt,
            int lineCount) {}

    /**
     * @param discount an amount off the line
     * @param amount quantity times price, less the discount
     * @param tax of the whole line
     * @param unitCost what one was worth when the order was written; empty: nobody knows
     * @param warehouseId where the goods lie; empty for services, and where the company has no warehouse
     * @param reservedQty what is kept for it
     * @param deliveredQty what left, less what came back
     */
    public record Line(
            UUID id,
            int lineNo,
            UUID itemId,
            String itemCode,
            String description,
            String hsnSac,
            boolean isService,
            BigDecimal quantity,
            String uqc,
            BigDecimal unitPrice,
            BigDecimal discountPercent,
            BigDecimal discount,
            BigDecimal gstRate,
            BigDecimal amount,
            BigDecimal tax,
            Optional<BigDecimal> unitCost,
            Optional<UUID> warehouseId,
            BigDecimal reservedQty,
            BigDecimal deliveredQty,
            BigDecimal invoicedQty) {

        /** What is still to be delivered. */
        public BigDecimal outstanding() {
            return quantity.subtract(deliveredQty);
        }

        /** Which stock it comes from; empty: none. */
        public Optional<StockKey> stock() {
            return warehouseId.map(warehouse -> new StockKey(itemId, warehouse));
        }
    }

    /** One order in a list. */
    public record Listed(Header header, Member requester) {}
}
