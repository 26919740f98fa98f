package dev.millrace.server.receipt;

import dev.millrace.erp.GoodsReceipt;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A goods receipt, as it is answered.
 *
 * @param amount of what was accepted, at the order's prices
 * @param amountBase in the company's own currency
 * @param receivedBy the member's id, or what posted it in words
 * @param lines null in a list
 */
record ReceiptBody(
        UUID id,
        String receiptNumber,
        GoodsReceipt.Status status,
        UUID purchaseOrderId,
        String poNumber,
        UUID supplierId,
        String supplierName,
        Optional<UUID> warehouseId,
        LocalDate date,
        String currency,
        BigDecimal rate,
        BigDecimal amount,
        BigDecimal amountBase,
        Optional<String> deliveryNote,
        String receivedBy,
        Instant postedAt,
        Optional<UUID> journalId,
        Optional<Instant> reversedAt,
        Optional<String> reverseReason,
        Optional<UUID> reversalJournalId,
        Optional<List<LineBody>> lines) {

    /**
     * @param lineNo of the receipt
     * @param quantity that came: accepted and rejected
     */
    record LineBody(
            UUID id,
            int lineNo,
            UUID poLineId,
            UUID itemId,
            String itemCode,
            Optional<UUID> warehouseId,
            BigDecimal quantity,
            BigDecimal accepted,
            BigDecimal rejected,
            Optional<String> rejectReason,
            BigDecimal unitPrice,
            BigDecimal amount,
            BigDecimal amountBase) {

        static LineBody of(GoodsReceipt.Line line) {
            return new LineBody(
                    line.id(),
                    line.lineNo(),
                    line.orderLine(),
                    line.item(),
                    line.itemCode(),
                    line.warehouse(),
                    line.quantity(),
                    line.accepted(),
                    line.rejected(),
                    line.rejectReason(),
                    line.unitPrice(),
                    line.value(),
                    line.valueBase());
        }
    }

    static ReceiptBody of(GoodsReceipt receipt) {
        return of(
                receipt, Optional.of(receipt.lines().stream().map(LineBody::of).toList()));
    }

    static ReceiptBody listed(GoodsReceipt receipt) {
        return of(receipt, Optional.empty());
    }

    private static ReceiptBody of(GoodsReceipt receipt, Optional<List<LineBody>> lines) {
        return new ReceiptBody(
                receipt.id(),
                receipt.number(),
                receipt.status(),
                receipt.order(),
                receipt.orderNumber(),
                receipt.supplier(),
                receipt.supplierName(),
                receipt.warehouse(),
                receipt.date(),
                receipt.currency(),
                receipt.rate(),
                receipt.value(),
                receipt.valueBase(),
                receipt.deliveryNote(),
                receipt.receivedBy(),
                receipt.postedAt(),
                receipt.journal(),
                receipt.reversedAt(),
                receipt.reverseReason(),
                receipt.reversalJournal(),
                lines);
    }
}
