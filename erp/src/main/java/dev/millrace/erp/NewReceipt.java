package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Goods as they came; nothing of it is checked yet.
 *
 * @param warehouse where they went; where the order wanted them when absent
 * @param rate what one unit of the order's currency is worth in the company's own; the order's when absent
 * @param deliveryNote the supplier's number
 */
public record NewReceipt(
        UUID order,
        Optional<UUID> warehouse,
        Optional<BigDecimal> rate,
        Optional<String> deliveryNote,
        List<Line> lines) {
    public NewReceipt {
        lines = List.copyOf(lines);
    }

    /** Of one order, with nothing that can be left out. */
    public static NewReceipt of(UUID order, List<Line> lines) {
        return new NewReceipt(order, Optional.empty(), Optional.empty(), Optional.empty(), lines);
    }

    /**
     * @param lineNo of the order
     * @param quantity that came
     * @param rejected of that, what is not kept; 0 when absent
     */
    public record Line(int lineNo, BigDecimal quantity, Optional<BigDecimal> rejected, Optional<String> rejectReason) {

        /** All of it is kept. */
        public static Line of(int lineNo, BigDecimal quantity) {
            return new Line(lineNo, quantity, Optional.empty(), Optional.empty());
        }
    }
}
