package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Stock that is more or less than the books say.
 *
 * @param quantity more: above zero; less: below; at most three decimals
 * @param reason one by which people adjust: not a receipt or a delivery
 * @param unitCost of what is more, in the company's currency; the average when absent
 * @param postJournal whether the value is booked
 */
public record Adjustment(
        StockKey key,
        BigDecimal quantity,
        StockMovement.Reason reason,
        Optional<BigDecimal> unitCost,
        boolean postJournal,
        Optional<String> note) {}
