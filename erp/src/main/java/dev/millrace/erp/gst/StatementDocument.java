package dev.millrace.erp.gst;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * One document of a supplier as GSTR-2B shows it.
 *
 * @param section of the statement, in capitals: {@code B2B}, {@code CDNR}
 * @param value with tax
 * @param itcAvailable whether its tax counts as credit; {@code reason} says why not
 */
record StatementDocument(
        UUID id,
        String supplierGstin,
        String tradeName,
        String section,
        String number,
        LocalDate date,
        BigDecimal value,
        BigDecimal taxable,
        BigDecimal igst,
        BigDecimal cgst,
        BigDecimal sgst,
        BigDecimal cess,
        Optional<String> pos,
        boolean itcAvailable,
        Optional<String> reason,
        Optional<String> irn) {

    /** Invoices, new and amended: what the books have too. Notes, imports and distributed credit are only kept. */
    boolean isInvoice() {
        return section.equals("B2B") || section.equals("B2BA");
    }

    /** A note takes credit away. */
    boolean isNote() {
        return section.equals("CDNR") || section.equals("CDNRA");
    }

    BigDecimal tax() {
        return igst.add(cgst).add(sgst).add(cess);
    }

    /** What it is worth as credit; negative for a note. */
    BigDecimal credit() {
        BigDecimal credit = itcAvailable ? tax() : BigDecimal.ZERO;
        return isNote() ? credit.negate() : credit;
    }
}
