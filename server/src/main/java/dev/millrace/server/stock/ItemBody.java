package dev.millrace.server.stock;

import dev.millrace.erp.Item;
import dev.millrace.erp.Versioned;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * An item, as it is answered; rates are in percent, amounts in the company's currency.
 *
 * @param version null in a list
 */
record ItemBody(
        UUID id,
        String code,
        String name,
        String hsnSac,
        boolean isService,
        String uqc,
        BigDecimal gstRate,
        BigDecimal standardCost,
        Optional<BigDecimal> salesPrice,
        Optional<UUID> preferredSupplierId,
        boolean isCritical,
        boolean allowNegative,
        BigDecimal overReceiptPercent,
        Optional<String> stockAccount,
        Optional<String> expenseAccount,
        boolean active,
        Optional<Integer> version) {

    static ItemBody of(Versioned<Item> item) {
        return of(item.value(), Optional.of(item.version()));
    }

    static ItemBody listed(Item item) {
        return of(item, Optional.empty());
    }

    private static ItemBody of(Item item, Optional<Integer> version) {
        return new ItemBody(
                item.id(),
                item.code(),
                item.name(),
                item.hsnSac(),
                item.isService(),
                item.uqc(),
                item.gstRate(),
                item.standardCost(),
                item.salesPrice(),
                item.preferredSupplier(),
                item.isCritical(),
                item.allowNegative(),
                item.overReceiptPercent(),
                item.stockAccount(),
                item.expenseAccount(),
                item.active(),
                version);
    }
}
