package dev.millrace.server.stock;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Item;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/** An item, as it is sent in; what is left out is the usual. Amounts may be numbers or texts. */
record ItemForm(
        @Describe(value = "known by it; stays", least = 1, most = 60)
        String code,

        @Describe(value = "for people", least = 1, most = 300)
        String name,

        @Describe("code of the tariff: 4, 6 or 8 digits; of a service it begins with 99")
        String hsnSac,

        @Describe(value = "never in stock; stays", byDefault = "false")
        Optional<Boolean> isService,

        @Describe("the tax offices' code of the unit, NOS") String uqc,
        @Describe("percent") BigDecimal gstRate,

        @Describe("in the company's currency") BigDecimal standardCost,

        @Describe("without tax, in the company's currency; of an item that is there a price change changes it")
        Optional<BigDecimal> salesPrice,

        @Describe("who is asked first when it runs out") Optional<UUID> preferredSupplierId,

        @Describe(value = "work stops without it", byDefault = "false")
        Optional<Boolean> isCritical,

        @Describe(value = "more may be taken out than there is on the books", byDefault = "false")
        Optional<Boolean> allowNegative,

        @Describe(value = "so much more than was ordered may be received", byDefault = "0")
        Optional<BigDecimal> overReceiptPercent,

        @Describe("code of the account that carries its value; the company's usual one when absent")
        Optional<String> stockAccount,

        @Describe("code of the account that it is charged to when it is not kept; the usual one when absent")
        Optional<String> expenseAccount,

        @Describe(value = "may be bought and sold", byDefault = "true")
        Optional<Boolean> active) {

    Item item(UUID id) {
        return new Item(
                id,
                code.strip(),
                name.strip(),
                hsnSac,
                isService.orElse(false),
                uqc,
                gstRate,
                standardCost,
                salesPrice,
                preferredSupplierId,
                isCritical.orElse(false),
                allowNegative.orElse(false),
                overReceiptPercent.orElse(BigDecimal.ZERO),
                stockAccount,
                expenseAccount,
                active.orElse(true));
    }
}
