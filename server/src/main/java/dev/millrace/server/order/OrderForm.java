package dev.millrace.server.order;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.NewOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A purchase order as it is sent in. Amounts may be numbers or texts. */
record OrderForm(
        @Describe("or supplier_code") Optional<UUID> supplierId,
        @Describe("or supplier_id") Optional<String> supplierCode,
        @Describe("ISO 4217; the supplier's when absent") Optional<String> currency,

        @Describe("what one unit of the currency is worth in the company's own")
        Optional<BigDecimal> rate,

        @Describe("what for") Optional<String> category,
        @Describe("who pays") Optional<String> costCenter,
        @Describe("when the goods are needed") Optional<LocalDate> neededBy,
        @Describe("what is ordered") List<LineForm> lines,

        @Describe("submit it for approval at once; as a rule when it is made, and not when it is changed")
        Optional<Boolean> submit) {

    record LineForm(
            @Describe("or item_code") Optional<UUID> itemId,
            @Describe("or item_id") Optional<String> itemCode,
            @Describe("the item's name when absent") Optional<String> description,
            @Describe("how many") Optional<BigDecimal> quantity,
            @Describe("without tax") Optional<BigDecimal> unitPrice,
            @Describe("percent; the item's when absent") Optional<BigDecimal> gstRate,

            @Describe("where the goods are to go; the company's usual place when absent")
            Optional<UUID> warehouseId) {

        NewOrder.Line line() {
            return new NewOrder.Line(itemId, itemCode, description, quantity, unitPrice, gstRate, warehouseId);
        }
    }

    NewOrder order() {
        return new NewOrder(
                supplierId,
                supplierCode,
                currency,
                rate,
                category,
                costCenter,
                neededBy,
                lines.stream().map(LineForm::line).toList());
    }
}
