package dev.millrace.erp;

import dev.millrace.engine.Member;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A purchase order with its lines. Amounts are at two decimals. */
public record PurchaseOrder(Header header, Member requester, List<Line> lines) {
    public PurchaseOrder {
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

    /** From {@code APPROVED} on it is locked: neither it nor its lines change any more. */
    public enum Status {
        DRAFT,
        PENDING_APPROVAL,
        /** An approver sent it back: it is changed and submitted again. */
        RETURNED,
        APPROVED,
        PARTIALLY_RECEIVED,
        RECEIVED,
        CLOSED,
        CANCELLED;

        /** It may still be changed, and is not approved. */
        public boolean isOpen() {
            return this == DRAFT || this == PENDING_APPROVAL || this == RETURNED;
        }
    }

    /**
     * The order without its lines.
     *
     * @param rate what one unit of the currency is worth in the company's own
     * @param amountBase the total in the company's own currency
     * @param approvedBy in words, {@code purchase-order-approval v3}
     * @param lineCount how many lines it has
     */
    public record Header(
            UUID id,
            String number,
            UUID supplierId,
            String supplierCode,
            String supplierName,
            Optional<String> supplierEmail,
            Optional<String> supplierPhone,
            String currency,
            BigDecimal rate,
            BigDecimal net,
            BigDecimal tax,
            BigDecimal total,
            BigDecimal amountBase,
            Optional<String> category,
            Optional<String> costCenter,
            UUID requestedBy,
            Optional<LocalDate> neededBy,
            Status status,
            Optional<Instant> submittedAt,
            Optional<Instant> lockedAt,
            Optional<UUID> approvalId,
            Optional<String> approvedBy,
            Optional<String> cancelReason,
            BigDecimal receivedPercent,
            BigDecimal invoicedPercent,
            int version,
            Instant createdAt,
            Instant updatedAt,
            int lineCount) {}

    /**
     * @param tax of the whole line
     * @param matchMode what an invoice is held against: {@code three_way}, {@code two_way} or {@code none}
     * @param receivedQty what was accepted of what came
     * @param returnedQty what of it went back
     * @param warehouseId where the goods are to go; empty for services, and where the company has no warehouse
     */
    public record Line(
            UUID id,
            int lineNo,
            UUID itemId,
            String itemCode,
            String description,
            String hsnSac,
            BigDecimal quantity,
            String uqc,
            BigDecimal unitPrice,
            BigDecimal gstRate,
            BigDecimal amount,
            BigDecimal tax,
            String matchMode,
            BigDecimal receivedQty,
            BigDecimal returnedQty,
            BigDecimal invoicedQty,
            Optional<UUID> warehouseId) {

        /** What is still to come: 0 where all came, or more. */
        public BigDecimal outstanding() {
            return quantity.subtract(receivedQty).max(BigDecimal.ZERO);
        }
    }

    /** One order in a list. */
    public record Listed(Header header, Member requester) {}
}
