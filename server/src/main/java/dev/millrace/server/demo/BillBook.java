package dev.millrace.server.demo;

import dev.millrace.erp.demo.DemoStep;
import dev.millrace.server.demo.OrderBook.Raised;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The suppliers' invoices that the demo has entered, by their ids. Safe for use by many threads. */
final class BillBook {
    private final Map<UUID, Billed> billed = new ConcurrentHashMap<>();

    /**
     * An invoice that the ERP has taken.
     *
     * @param source what was entered
     * @param isLast nothing but payments comes to its order after it, in the log
     */
    record Billed(UUID id, Raised order, DemoStep.Invoice source, boolean isLast) {}

    void add(Billed bill) {
        billed.put(bill.id(), bill);
    }

    Optional<Billed> find(UUID id) {
        return Optional.ofNullable(billed.get(id));
    }

    int size() {
        return billed.size();
    }

    Collection<Billed> all() {
        return List.copyOf(billed.values());
    }
}
