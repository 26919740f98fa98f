package dev.millrace.erp.delivery;

import dev.millrace.erp.Item;
import dev.millrace.erp.SalesOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery whose every part is known and sound.
 *
 * @param order under a lock
 */
record CheckedDelivery(SalesOrder order, Optional<String> reference, List<Line> lines) {
    CheckedDelivery {
        lines = List.copyOf(lines);
    }

    record Line(UUID id, SalesOrder.Line orderLine, Item item, BigDecimal quantity) {}
}
