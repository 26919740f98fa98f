package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An invoice as it came in. It is taken as the supplier wrote it, right or wrong: the match judges.
 *
 * @param supplierCode or {@code supplierId}, exactly one
 * @param purchaseOrder that it names, if it names one
 * @param currency the order's, else the supplier's, when empty
 * @param rate where there is no order and the currency is not the company's own: what one unit is worth in that
 * @param charges freight and the like, apart from the lines; none when empty
 * @param roundOff signed; none when empty
 * @param irn of an e-invoice, 64 hexadecimal digits
 */
public record NewSupplierInvoice(
        Optional<UUID> supplierId,
        Optional<String> supplierCode,
        String invoiceNumber,
        LocalDate invoiceDate,
        Optional<UUID> purchaseOrder,
        Optional<String> currency,
        Optional<BigDecimal> rate,
        Optional<BigDecimal> charges,
        Optional<BigDecimal> roundOff,
        BigDecimal total,
        Optional<String> irn,
        List<Line> lines) {
    public NewSupplierInvoice {
        lines = List.copyOf(lines);
    }

    /**
     * @param poLineNo number of the order's line that is billed
     * @param description the order's when empty
     * @param taxable quantity times price when empty
     * @param gstRate percent; the order's when empty, and needed where there is none
     * @param cgst 0 when empty, as the other parts
     * @param expenseAccount code of the account that a line without an order is charged to; the usual one when empty
     */
    public record Line(
            Optional<Integer> poLineNo,
            Optional<String> description,
            Optional<String> hsnSac,
            BigDecimal quantity,
            BigDecimal unitPrice,
            Optional<BigDecimal> taxable,
            Optional<BigDecimal> gstRate,
            Optional<BigDecimal> cgst,
            Optional<BigDecimal> sgst,
            Optional<BigDecimal> igst,
            Optional<String> expenseAccount) {}
}
