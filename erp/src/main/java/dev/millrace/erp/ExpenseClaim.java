package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a member spent for the company and wants back.
 *
 * @param number {@code EC/2026-27/00001}
 * @param approvedAmount at most the amount
 * @param openAmount what neither posted payments nor drafts have taken of it
 * @param manager who decides first
 * @param journalId what booked it
 */
public record ExpenseClaim(
        UUID id,
        String number,
        Person employee,
        Optional<Person> manager,
        UUID submittedBy,
        String category,
        String currency,
        BigDecimal rate,
        BigDecimal amount,
        Optional<BigDecimal> approvedAmount,
        BigDecimal openAmount,
        boolean hasAllReceipts,
        LocalDate oldestExpense,
        Status status,
        Optional<UUID> journalId,
        Optional<String> rejectReason,
        Instant submittedAt,
        List<Line> lines) {
    public ExpenseClaim {
        lines = List.copyOf(lines);
    }

    public enum Status {
        SUBMITTED,
        APPROVED,
        PAID,
        REJECTED
    }

    /** A member. */
    public record Person(UUID id, String name, String email) {}

    public record Line(int lineNo, LocalDate date, String description, BigDecimal amount, boolean hasReceipt) {}

    /**
     * A claim to submit.
     *
     * @param employee who submits it without one
     * @param category {@code travel} is booked as travel, everything else as expense
     * @param currency the company's own without one
     * @param rate the company's currency for one of the claim's; needed in a foreign currency
     */
    public record Submission(
            Optional<UUID> employee,
            Optional<UUID> manager,
            String category,
            Optional<String> currency,
            Optional<BigDecimal> rate,
            List<NewLine> lines) {
        /** Most that one claim lists. */
        public static final int LINES_MOST = 200;

        public Submission {
            lines = List.copyOf(lines);
        }
    }

    public record NewLine(LocalDate date, String description, BigDecimal amount, boolean hasReceipt) {}
}
