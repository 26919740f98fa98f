package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * What the company buys, keeps or sells.
 *
 * @param hsnSac code of the tariff: 4, 6 or 8 digits; of a service it begins with 99
 * @param uqc the tax offices' code of the unit, {@code NOS}
 * @param gstRate percent
 * @param standardCost in the company's currency
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
        boolean active) {}
