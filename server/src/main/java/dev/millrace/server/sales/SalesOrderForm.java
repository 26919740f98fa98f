package dev.millrace.server.sales;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.NewSalesOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A sales order as it is sent in. Amounts may be numbers or texts. */
record SalesOrderForm(
        @Describe("or customer_code") Optional<UUID> customerId,
        @Describe("or customer_id") Optional<String> customerCode,
        @Describe("the company's own, and no other") Optional<String> currency,
        @Describe("the customer's own number") Optional<String> customerRef,
        @Describe("when the customer needs the goods") Optional<LocalDate> neededBy,
        @Describe("what is sold") List<LineForm> lines,

        @Describe("submit it at once; as a rule when it is made, and not when it is changed")
        Optional<Boolean> submit) {

    record LineForm(
            @Describe("or item_code") Optional<UUID> itemId,
            @Describe("or item_id") Optional<String> itemCode,
            @Describe("the item's name when absent") Optional<String> description,
            @Describe("how many") Optional<BigDecimal> quantity,

            @Describe("without tax; the item's selling price of the day when absent")
            Optional<BigDecimal> unitPrice,

            @Describe("0 when absent") Optional<BigDecimal> discountPercent,
            @Describe("percent; the item's when absent") Optional<BigDecimal> gstRate,

            @Describe("where the goods lie; the company's usual place when absent")
            Optional<UUID> warehouseId) {

        NewSalesOrder.Line line() {
            return new NewSalesOrder.Line(
                    itemId, itemCode, description, quantity, unitPrice, discountPercent, gstRate, warehouseId);
        }
    }

    NewSalesOrder order() {
        return new NewSalesOrder(
                customerId,
                customerCode,
                currency,
                customerRef,
                neededBy,
                lines.stream().map(LineForm::line).toList());
    }
}
