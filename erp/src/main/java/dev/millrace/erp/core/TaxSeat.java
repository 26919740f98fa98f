package dev.millrace.erp.core;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A company as its tax documents show it.
 *
 * @param stateCode two digits; there when the tax regime is {@code IN_GST}
 * @param turnover of all its registrations in a financial year (AATO), in its own currency; zero: not told
 */
public record TaxSeat(
        String legalName,
        String name,
        String taxRegime,
        Optional<String> gstin,
        Optional<String> stateCode,
        Optional<String> addressLine1,
        Optional<String> city,
        Optional<String> pin,
        BigDecimal turnover) {}
