package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Goods as they leave; nothing of it is checked yet.
 *
 * @param reference of the carrier, or whatever people know it by
 * @param lines empty: everything that is still to be delivered
 */
public record NewDelivery(UUID order, Optional<String> reference, List<Line> lines) {
    public NewDelivery {
        lines = List.copyOf(lines);
    }

    /** Everything that is still to be delivered. */
    public static NewDelivery rest(UUID order) {
        return new NewDelivery(order, Optional.empty(), List.of());
    }

    /**
     * @param lineNo of the order
     */
    public record Line(int lineNo, BigDecimal quantity) {}
}
