package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A sales order as it is sent in; nothing of it is checked yet.
 *
 * @param customerId this or {@code customerCode}
 * @param currency ISO 4217; the company's own, and no other
 * @param customerRef the customer's own number
 */
public record NewSalesOrder(
        Optional<UUID> customerId,
        Optional<String> customerCode,
        Optional<String> currency,
        Optional<String> customerRef,
        Optional<LocalDate> neededBy,
        List<Line> lines) {
    public NewSalesOrder {
        lines = List.copyOf(lines);
    }

    /** An order by codes, with nothing that can be left out. */
    public static NewSalesOrder of(String customerCode, List<Line> lines) {
        return new NewSalesOrder(
                Optional.empty(),
                Optional.of(customerCode),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lines);
    }

    /**
     * @param itemId this or {@code itemCode}
     * @param description the item's name when absent
     * @param unitPrice without tax; the item's selling price of the day when absent
     * @param discountPercent 0 when absent
     * @param gstRate percent; the item's when absent
     * @param warehouseId where the goods lie; the company's usual place when absent
     */
    public record Line(
            Optional<UUID> itemId,
            Optional<String> itemCode,
            Optional<String> description,
            Optional<BigDecimal> quantity,
            Optional<BigDecimal> unitPrice,
            Optional<BigDecimal> discountPercent,
            Optional<BigDecimal> gstRate,
            Optional<UUID> warehouseId) {

        public static Line of(String itemCode, BigDecimal quantity, BigDecimal unitPrice) {
            return new Line(
                    Optional.empty(),
                    Optional.of(itemCode),
                    Optional.empty(),
                    Optional.of(quantity),
                    Optional.of(unitPrice),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
