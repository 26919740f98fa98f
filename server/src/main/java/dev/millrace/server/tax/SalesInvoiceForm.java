package dev.millrace.server.tax;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.NewSalesInvoice;
import dev.millrace.erp.SalesInvoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A sales invoice, as it is sent in. Amounts may be numbers or texts. */
record SalesInvoiceForm(
        @Describe(value = "or customer_code", oneOf = "customer")
        Optional<UUID> customerId,

        @Describe(value = "or customer_id", oneOf = "customer")
        Optional<String> customerCode,

        @Describe(value = "of a supply to a zone or abroad: the tax is paid and claimed back", byDefault = "true")
        Optional<Boolean> taxPaid,

        @Describe("where the goods go, if not to the customer's own address")
        Optional<ShipToForm> shipTo,

        @Describe(value = "what is sold", least = 1, most = 1_000)
        List<LineForm> lines,

        @Describe(value = "make it the tax invoice of today at once", byDefault = "false")
        Optional<Boolean> post) {

    record ShipToForm(
            @Describe(value = "somebody else who gets them; the customer when absent", most = 300)
            Optional<String> name,

            @Describe("their tax number") Optional<String> gstin,

            @Describe(value = "street and house", least = 1, most = 300)
            String addressLine1,

            @Describe(value = "place", least = 1, most = 100)
            String city,

            @Describe(value = "postal code", least = 3, most = 10)
            String pin,

            @Describe(value = "two digits", least = 2, most = 2)
            String stateCode) {

        SalesInvoice.ShipTo shipTo() {
            return new SalesInvoice.ShipTo(name, gstin, addressLine1, city, pin, stateCode);
        }
    }

    record LineForm(
            @Describe("or item_code; neither for what is no item")
            Optional<UUID> itemId,

            @Describe("or item_id; neither for what is no item")
            Optional<String> itemCode,

            @Describe("the item's name when absent") Optional<String> description,
            @Describe("of what is no item") Optional<String> hsnSac,
            @Describe("how many") BigDecimal quantity,

            @Describe("without tax; the item's when absent") Optional<BigDecimal> unitPrice,

            @Describe("an amount off the line; none when absent")
            Optional<BigDecimal> discount,

            @Describe("percent; the item's when absent") Optional<BigDecimal> gstRate) {

        NewSalesInvoice.Line line() {
            return new NewSalesInvoice.Line(
                    itemId,
                    itemCode,
                    description,
                    hsnSac,
                    quantity,
                    unitPrice,
                    discount.orElse(BigDecimal.ZERO),
                    gstRate);
        }
    }

    NewSalesInvoice invoice() {
        return new NewSalesInvoice(
                customerId,
                customerCode,
                taxPaid.orElse(true),
                shipTo.map(ShipToForm::shipTo),
                lines.stream().map(LineForm::line).toList());
    }
}
