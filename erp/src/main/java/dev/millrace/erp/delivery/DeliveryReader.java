package dev.millrace.erp.delivery;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Delivery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deliveries for those who look at them. */
public final class DeliveryReader {
    private final DeliveryRows rows = new DeliveryRows();

    public Optional<Delivery> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /** Newest first, without their lines. */
    public List<Delivery> page(Tx tx, Optional<UUID> order, Optional<UUID> before, int limit) {
        return rows.page(tx, order, before, limit);
    }
}
