package dev.millrace.server.demo;

import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The orders that the demo has raised, by their ids. Safe for use by many threads. */
final class OrderBook {
    /** Above this, in the company's own currency, the seeded definition asks people. */
    static final BigDecimal LIMIT = new BigDecimal("500000");

    private final Map<UUID, Raised> raised = new ConcurrentHashMap<>();

    /**
     * An order that the server has taken.
     *
     * @param number that the ERP gave it
     * @param source what was sent; empty: the ERP drafted it when stock ran low
     */
    record Raised(UUID id, String number, String supplier, BigDecimal total, Optional<DemoOrder> source) {
        /** @param order as the API answers it */
        static Raised of(JsonNode order, Optional<DemoOrder> source) {
            return new Raised(
                    UUID.fromString(order.path("id").asString()),
                    order.path("po_number").asString(),
                    order.path("supplier_name").asString(),
                    new BigDecimal(order.path("total_amount").asString()),
                    source);
        }
    }

    void add(Raised order) {
        raised.put(order.id(), order);
    }

    Optional<Raised> find(UUID id) {
        return Optional.ofNullable(raised.get(id));
    }

    boolean has(UUID id) {
        return raised.containsKey(id);
    }

    Collection<Raised> all() {
        return List.copyOf(raised.values());
    }
}
