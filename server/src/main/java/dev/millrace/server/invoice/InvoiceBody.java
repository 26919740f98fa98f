package dev.millrace.server.invoice;

import dev.millrace.erp.MatchResult;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoice.Header;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A supplier's invoice, as it is answered.
 *
 * @param internalNumber the company's own number of it
 * @param openAmount what is still to be paid; 0 before it is released
 * @param endReason why it was rejected, cancelled or reversed
 * @param duplicateOf the invoice that it repeats
 * @param lines null in a list
 * @param matchResult of the last match; null in a list, and where there was none
 * @param executions that its arrival started; only in the answer to that
 */
record InvoiceBody(
        UUID id,
        String internalNumber,
        String invoiceNumber,
        SupplierInvoice.Status status,
        UUID supplierId,
        String supplierName,
        boolean isMsme,
        Optional<UUID> purchaseOrderId,
        Optional<String> poNumber,
        LocalDate invoiceDate,
        Instant receivedAt,
        LocalDate dueDate,
        String currency,
        BigDecimal rate,
        BigDecimal netAmount,
        BigDecimal cgst,
        BigDecimal sgst,
        BigDecimal igst,
        BigDecimal charges,
        BigDecimal roundOff,
        BigDecimal totalAmount,
        BigDecimal amountBase,
        BigDecimal openAmount,
        Optional<SupplierInvoice.HoldCode> holdCode,
        Optional<String> holdReason,
        Optional<String> endReason,
        Optional<UUID> duplicateOf,
        Optional<String> irn,
        Optional<MatchResult.Outcome> matchOutcome,
        Optional<UUID> approvalId,
        Optional<UUID> journalId,
        int version,
        Instant createdAt,
        Optional<List<SupplierInvoice.Line>> lines,
        Optional<MatchResult> matchResult,
        Optional<List<UUID>> executions) {

    static InvoiceBody of(SupplierInvoice invoice, Optional<MatchResult> match) {
        return of(invoice.header(), Optional.of(invoice.lines()), match, Optional.empty());
    }

    static InvoiceBody received(SupplierInvoice invoice, List<UUID> executions) {
        return of(invoice.header(), Optional.of(invoice.lines()), Optional.empty(), Optional.of(executions));
    }

    static InvoiceBody listed(Header header) {
        return of(header, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static InvoiceBody of(
            Header header,
            Optional<List<SupplierInvoice.Line>> lines,
            Optional<MatchResult> match,
            Optional<List<UUID>> executions) {
        return new InvoiceBody(
                header.id(),
                header.internalNumber(),
                header.invoiceNumber(),
                header.status(),
                header.supplierId(),
                header.supplierName(),
                header.isMsme(),
                header.purchaseOrderId(),
                header.poNumber(),
                header.invoiceDate(),
                header.receivedAt(),
                header.dueDate(),
                header.currency(),
                header.rate(),
                header.net(),
                header.cgst(),
                header.sgst(),
                header.igst(),
                header.charges(),
                header.roundOff(),
                header.total(),
                header.amountBase(),
                header.openAmount(),
                header.holdCode(),
                header.holdReason(),
                header.endReason(),
                header.duplicateOf(),
                header.irn(),
                header.matchOutcome(),
                header.approvalId(),
                header.journalId(),
                header.version(),
                header.createdAt(),
                lines,
                match,
                executions);
    }
}
