package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody wants to invoice.
 *
 * @param customerCode or the id: one of the two
 * @param taxPaid of a supply to a zone or abroad: the tax is paid and claimed back
 */
public record NewSalesInvoice(
        Optional<UUID> customerId,
        Optional<String> customerCode,
        boolean taxPaid,
        Optional<SalesInvoice.ShipTo> shipTo,
        List<Line> lines) {
    public NewSalesInvoice {
        lines = List.copyOf(lines);
    }

    /** To the customer's own address, tax paid where that is a choice. */
    public static NewSalesInvoice of(String customerCode, List<Line> lines) {
        return new NewSalesInvoice(Optional.empty(), Optional.of(customerCode), true, Optional.empty(), lines);
    }

    /**
     * An item, or something that is none and says itself what it is.
     *
     * @param hsnSac of what is no item
     * @param unitPrice without tax; empty: the item's selling price of the day
     * @param discount an amount off the line
     * @param gstRate percent; empty: the item's
     */
    public record Line(
            Optional<UUID> itemId,
            Optional<String> itemCode,
            Optional<String> description,
            Optional<String> hsnSac,
            BigDecimal quantity,
            Optional<BigDecimal> unitPrice,
            BigDecimal discount,
            Optional<BigDecimal> gstRate) {

        public static Line of(String itemCode, BigDecimal quantity, BigDecimal unitPrice) {
            return new Line(
                    Optional.empty(),
                    Optional.of(itemCode),
                    Optional.empty(),
                    Optional.empty(),
                    quantity,
                    Optional.of(unitPrice),
                    BigDecimal.ZERO,
                    Optional.empty());
        }
    }
}
