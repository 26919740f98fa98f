package dev.millrace.server.receipt;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.NewReceipt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Goods that came, as they are sent in. */
record ReceiptForm(
        @Describe("the order that they came for") UUID purchaseOrderId,

        @Describe("where they went; where the order wanted them when absent")
        Optional<UUID> warehouseId,

        @Describe("what one unit of the order's currency is worth in the company's own; the order's when absent")
        Optional<BigDecimal> rate,

        @Describe(value = "the supplier's number", most = 100)
        Optional<String> deliveryNote,

        @Describe("what came") List<LineForm> lines) {

    record LineForm(
            @Describe("number of the order's line, from 1") int lineNo,
            @Describe("how much came") BigDecimal quantity,
            @Describe("how much of that is not kept") Optional<BigDecimal> rejected,

            @Describe(value = "needed where some is not kept", most = 2_000)
            Optional<String> rejectReason) {

        NewReceipt.Line line() {
            return new NewReceipt.Line(lineNo, quantity, rejected, rejectReason);
        }
    }

    NewReceipt receipt() {
        return new NewReceipt(
                purchaseOrderId,
                warehouseId,
                rate,
                deliveryNote,
                lines.stream().map(LineForm::line).toList());
    }
}
