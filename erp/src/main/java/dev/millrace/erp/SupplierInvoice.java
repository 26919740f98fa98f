package dev.millrace.erp;

import dev.millrace.erp.MatchResult.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a supplier bills, with its lines. Amounts are at two decimals. */
public record SupplierInvoice(Header header, List<Line> lines) {
    public SupplierInvoice {
        lines = List.copyOf(lines);
    }

    public UUID id() {
        return header.id();
    }

    public Status status() {
        return header.status();
    }

    public enum Status {
        RECEIVED,
        /** It is not paid until somebody, or what it waits for, lifts the block. */
        ON_HOLD,
        /** It is in the ledger and is paid when due. */
        RELEASED,
        PART_PAID,
        PAID,
        REJECTED,
        /** Taken back before it was posted. */
        CANCELLED,
        /** Taken back after it was posted. */
        REVERSED;

        /** Nothing is posted yet, and it may be. */
        public boolean isOpen() {
            return this == RECEIVED || this == ON_HOLD;
        }

        /** It is in the ledger. */
        public boolean isPosted() {
            return this == RELEASED || this == PART_PAID || this == PAID;
        }
    }

    /** Why an invoice is on hold. */
    public enum HoldCode {
        PRICE,
        QUANTITY,
        TAX,
        /** Goods are not in yet: their arrival is told as {@code supplier_invoice.receipt_arrived}. */
        RECEIPT,
        DUPLICATE,
        MANUAL
    }

    /**
     * The invoice without its lines.
     *
     * @param internalNumber the company's own number of it
     * @param invoiceNumber as the supplier wrote it
     * @param fiscalYear that the invoice's date lies in
     * @param isMsme the supplier is a micro or small enterprise
     * @param rate what one unit of the currency is worth in the company's own
     * @param net of the lines, without tax
     * @param charges freight and the like, apart from the lines
     * @param roundOff signed
     * @param openAmount what is still to be paid; 0 before it is released
     * @param endReason why it was rejected, cancelled or reversed
     * @param duplicateOf the invoice that it repeats
     */
    public record Header(
            UUID id,
            String internalNumber,
            String invoiceNumber,
            String fiscalYear,
            UUID supplierId,
            String supplierName,
            Optional<String> supplierEmail,
            Optional<String> supplierGstin,
            boolean isMsme,
            Optional<UUID> purchaseOrderId,
            Optional<String> poNumber,
            String currency,
            BigDecimal rate,
            LocalDate invoiceDate,
            Instant receivedAt,
            LocalDate dueDate,
            BigDecimal net,
            BigDecimal cgst,
            BigDecimal sgst,
            BigDecimal igst,
            BigDecimal charges,
            BigDecimal roundOff,
            BigDecimal total,
            BigDecimal amountBase,
            BigDecimal openAmount,
            Status status,
            Optional<HoldCode> holdCode,
            Optional<String> holdReason,
            Optional<String> endReason,
            Optional<UUID> duplicateOf,
            Optional<String> irn,
            Optional<Outcome> matchOutcome,
            Optional<UUID> approvalId,
            Optional<UUID> journalId,
            int version,
            Instant createdAt) {

        public BigDecimal tax() {
            return cgst.add(sgst).add(igst);
        }
    }

    /**
     * @param poLineId the order's line
     * @param taxable quantity times price
     * @param gstRate percent
     * @param expenseAccount code of the account that it is charged to where no goods are received for it
     */
    public record Line(
            int lineNo,
            Optional<UUID> poLineId,
            String description,
            Optional<String> hsnSac,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal taxable,
            BigDecimal gstRate,
            BigDecimal cgst,
            BigDecimal sgst,
            BigDecimal igst,
            Optional<String> expenseAccount) {}
}
