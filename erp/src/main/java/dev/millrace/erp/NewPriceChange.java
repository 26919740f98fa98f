package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A selling price as it is asked for; nothing of it is checked yet.
 *
 * @param itemId this or {@code itemCode}
 * @param newPrice without tax, in the company's currency
 * @param effectiveDate today when absent
 */
public record NewPriceChange(
        Optional<UUID> itemId,
        Optional<String> itemCode,
        BigDecimal newPrice,
        Optional<LocalDate> effectiveDate,
        Optional<String> reason) {}
