package dev.millrace.erp.gst;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** A supplier's invoice as the books have it; taxes in the company's currency. */
public record BookedPurchase(
        UUID id,
        UUID supplierId,
        String supplierName,
        Optional<String> supplierEmail,
        String supplierGstin,
        String number,
        LocalDate date,
        BigDecimal igst,
        BigDecimal cgst,
        BigDecimal sgst) {

    BigDecimal tax() {
        return igst.add(cgst).add(sgst);
    }
}
