package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Payments that go to the bank together, prepared by one person and released by others.
 *
 * @param number {@code PR/2026-27/00001}
 * @param valueDate the day on which its payments are posted
 * @param approvedBy ids of members, never of the one who prepared it
 */
public record PaymentRun(
        UUID id,
        String number,
        String bankAccount,
        LocalDate valueDate,
        String currency,
        BigDecimal totalAmount,
        int paymentCount,
        Status status,
        UUID preparedBy,
        String preparedByName,
        String preparedByEmail,
        List<UUID> approvedBy,
        Optional<String> cancelReason,
        Instant createdAt) {
    public PaymentRun {
        approvedBy = List.copyOf(approvedBy);
    }

    public enum Status {
        PROPOSED,
        RELEASED,
        CANCELLED
    }

    /**
     * A run to propose.
     *
     * @param bankAccount from which it is paid, in words
     * @param valueDate not before today
     * @param currency the company's own without one
     * @param payments drafts; all that are due by the value date where none is named
     * @param withDueDocuments drafts payments too for every document that is due by the value date, one for each party
     */
    public record Proposal(
            String bankAccount,
            LocalDate valueDate,
            Optional<String> currency,
            List<UUID> payments,
            boolean withDueDocuments) {
        public Proposal {
            payments = List.copyOf(payments);
        }
    }
}
