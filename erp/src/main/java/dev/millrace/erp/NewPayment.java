package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A payment to make.
 *
 * @param amount above 0, two decimals
 * @param currency the company's own without one
 * @param rate in a foreign currency; without one that of the documents it pays
 * @param allocations together at most the amount; what is left is on account
 * @param date today without one
 */
public record NewPayment(
        Payment.Direction direction,
        Payment.PartyType partyType,
        UUID partyId,
        BigDecimal amount,
        Optional<String> currency,
        Optional<BigDecimal> rate,
        List<Allocation> allocations,
        Payment.Method method,
        Optional<LocalDate> date,
        Optional<String> reference) {
    /** Most that one payment pays. */
    public static final int ALLOCATIONS_MOST = 500;

    public NewPayment {
        allocations = List.copyOf(allocations);
    }

    /**
     * @param documentType {@code supplier_invoice}, {@code sales_invoice} or {@code expense_claim}
     */
    public record Allocation(String documentType, UUID documentId, BigDecimal amount) {}
}
