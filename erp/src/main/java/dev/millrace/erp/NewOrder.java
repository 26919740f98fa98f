package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A purchase order as it is sent in; nothing of it is checked yet.
 *
 * @param supplierId this or {@code supplierCode}
 * @param currency ISO 4217; the supplier's when absent
 * @param rate what one unit of the currency is worth in the company's own; 1 when it is the company's own
 */
public record NewOrder(
        Optional<UUID> supplierId,
        Optional<String> supplierCode,
        Optional<String> currency,
        Optional<BigDecimal> rate,
        Optional<String> category,
        Optional<String> costCenter,
        Optional<LocalDate> neededBy,
        List<Line> lines) {
    public NewOrder {
        lines = List.copyOf(lines);
    }

    /** An order by codes, in the supplier's currency, with nothing that can be left out. */
    public static NewOrder of(String supplierCode, List<Line> lines) {
        return new NewOrder(
                Optional.empty(),
                Optional.of(supplierCode),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lines);
    }

    /**
     * @param itemId this or {@code itemCode}
     * @param description the item's name when absent
     * @param unitPrice without tax
     * @param gstRate percent; the item's when absent
     * @param warehouseId where the goods are to go; the company's usual place when absent
     */
    public record Line(
            Optional<UUID> itemId,
            Optional<String> itemCode,
            Optional<String> description,
            Optional<BigDecimal> quantity,
            Optional<BigDecimal> unitPrice,
            Optional<BigDecimal> gstRate,
            Optional<UUID> warehouseId) {

        /** To the company's usual place. */
        public Line(
                Optional<UUID> itemId,
                Optional<String> itemCode,
                Optional<String> description,
                Optional<BigDecimal> quantity,
                Optional<BigDecimal> unitPrice,
                Optional<BigDecimal> gstRate) {
            this(itemId, itemCode, description, quantity, unitPrice, gstRate, Optional.empty());
        }

        public static Line of(String itemCode, BigDecimal quantity, BigDecimal unitPrice, BigDecimal gstRate) {
            return new Line(
                    Optional.empty(),
                    Optional.of(itemCode),
                    Optional.empty(),
                    Optional.of(quantity),
                    Optional.of(unitPrice),
                    Optional.of(gstRate));
        }
    }
}
