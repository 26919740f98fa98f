package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An invoice to a customer, in the company's currency. A draft has neither number nor tax.
 *
 * @param taxPaid of a supply to a zone or abroad: the tax is paid and claimed back
 * @param made what was fixed when it was posted; empty: it is a draft, or was cancelled as one
 */
public record SalesInvoice(
        UUID id,
        UUID customerId,
        Optional<UUID> salesOrderId,
        boolean taxPaid,
        Optional<ShipTo> shipTo,
        String currency,
        Status status,
        Optional<Made> made,
        Amounts amounts,
        EInvoice eInvoice,
        Optional<UUID> journalId,
        List<Line> lines,
        Instant createdAt) {
    public SalesInvoice {
        lines = List.copyOf(lines);
    }

    /** Where it stands. */
    public enum Status {
        DRAFT,
        POSTED,
        PART_PAID,
        PAID,
        CANCELLED
    }

    /** Where it stands at the portal. A failed one may be sent again. */
    public enum EInvoiceStatus {
        NOT_REQUIRED,
        PENDING,
        REGISTERED,
        FAILED,
        CANCELLED
    }

    /**
     * Where the goods go, if not to the customer's own address.
     *
     * @param name of somebody else who gets them; empty: the customer, at another place
     * @param stateCode two digits
     */
    public record ShipTo(
            Optional<String> name,
            Optional<String> gstin,
            String addressLine1,
            String city,
            String pin,
            String stateCode) {}

    /**
     * @param number gap-free in the financial year
     * @param placeOfSupply two digits
     * @param supplyType by the portal's codes
     */
    public record Made(
            String number,
            LocalDate date,
            LocalDate dueDate,
            String placeOfSupply,
            String supplyType,
            boolean reverseCharge,
            String customerName,
            Optional<String> customerGstin,
            boolean eWayBillRequired) {}

    /**
     * @param total what the customer owes: under reverse charge without the tax
     * @param open of it not paid yet
     */
    public record Amounts(
            BigDecimal taxable,
            BigDecimal cgst,
            BigDecimal sgst,
            BigDecimal igst,
            BigDecimal cess,
            BigDecimal roundOff,
            BigDecimal total,
            BigDecimal open) {}

    /**
     * @param error what the portal said when it refused it
     * @param registered what the portal gave
     */
    public record EInvoice(EInvoiceStatus status, Optional<String> error, Optional<Registered> registered) {}

    public record Registered(
            String irn, String ackNo, Instant ackAt, Optional<String> signedQr, Optional<String> eWayBillNo) {}

    /**
     * @param itemId empty: something that is no item
     * @param hsnSac may be empty in a draft
     * @param taxable quantity times price, less the discount
     * @param gstRate percent
     */
    public record Line(
            int lineNo,
            Optional<UUID> itemId,
            String description,
            String hsnSac,
            boolean isService,
            String uqc,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal discount,
            BigDecimal taxable,
            BigDecimal gstRate,
            BigDecimal cgst,
            BigDecimal sgst,
            BigDecimal igst) {}
}
