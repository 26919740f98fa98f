package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Money that went or came, or is to go or come.
 *
 * @param number {@code PAY/2026-27/00001}
 * @param partyName as it was when the payment was made
 * @param rate the company's currency for one of the payment's
 * @param amountBase the amount in the company's currency
 * @param journalId what posted it
 * @param createdBy the member's id, or the workflow in words
 * @param endReason why it was cancelled or reversed
 */
public record Payment(
        UUID id,
        String number,
        Direction direction,
        PartyType partyType,
        UUID partyId,
        String partyName,
        BigDecimal amount,
        String currency,
        BigDecimal rate,
        BigDecimal amountBase,
        Method method,
        LocalDate date,
        Optional<String> reference,
        Status status,
        Optional<UUID> journalId,
        Optional<UUID> paymentRunId,
        String createdBy,
        Instant createdAt,
        Optional<Instant> postedAt,
        Optional<String> endReason,
        List<Allocation> allocations) {
    public Payment {
        allocations = List.copyOf(allocations);
    }

    /** Which way the money goes. */
    public enum Direction {
        OUTGOING,
        INCOMING
    }

    /** Who is paid or pays. */
    public enum PartyType {
        SUPPLIER,
        CUSTOMER,
        EMPLOYEE
    }

    public enum Method {
        BANK_TRANSFER,
        UPI,
        CHEQUE,
        CASH
    }

    /** A draft is posted or cancelled, what is posted is reversed. */
    public enum Status {
        DRAFT,
        POSTED,
        REVERSED,
        CANCELLED
    }

    /**
     * What of it pays which document.
     *
     * @param number the document's
     * @param rate the rate at which the document was posted
     */
    public record Allocation(String documentType, UUID documentId, BigDecimal amount, String number, BigDecimal rate) {}
}
