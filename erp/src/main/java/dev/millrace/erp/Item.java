package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * What the company buys, keeps or sells.
 *
 * @param hsnSac code of the tariff: 4, 6 or 8 digits; of a service it begins with 99
 * @param uqc the tax offices' code of the unit, {@code NOS}
 * @param gstRate percent
 * @param standardCost in the company's currency
 * @param salesPrice without tax, in the company's currency; empty for what is not sold
 * @param preferredSupplier who is asked first when it runs out
 * @param isCritical work stops without it
 * @param allowNegative more may be taken out than there is on the books
 * @param overReceiptPercent 0 to 100: so much more than was ordered may be received
 * @param stockAccount code of the account that carries its value; the company's usual one when empty
 * @param expenseAccount code of the account that it is charged to when it is not kept; the usual one when empty
 */
public record Item(
        UUID id,
        String code,
        String name,
        String hsnSac,
        boolean isService,
        String uqc,
        BigDecimal gstRate,
        BigDecimal standardCost,
        Optional<BigDecimal> salesPrice,
        Optional<UUID> preferredSupplier,
        boolean isCritical,
        boolean allowNegative,
        BigDecimal overReceiptPercent,
        Optional<String> stockAccount,
        Optional<String> expenseAccount,
        boolean active) {

    /** An item with nothing special about it. */
    public Item(
            UUID id,
            String code,
            String name,
            String hsnSac,
            boolean isService,
            String uqc,
            BigDecimal gstRate,
            BigDecimal standardCost,
            boolean active) {
        this(
                id,
                code,
                name,
                hsnSac,
                isService,
                uqc,
                gstRate,
                standardCost,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                BigDecimal.ZERO,
                Optional.empty(),
                Optional.empty(),
                active);
    }
}
