package dev.millrace.erp.sales;

import dev.millrace.engine.Documents;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import dev.millrace.erp.NewSalesOrder;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesRevision;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.sales.SalesOrderCheck.Checked;
import dev.millrace.language.Money;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Changes sales orders that were never confirmed. Of one that waits for approval whoever was asked is asked again, with the
 * difference, unless it changed too little to matter to the company.
 */
public final class SalesOrderRevision {
    private final Documents documents;
    private final Supplier<UUID> ids;
    private final SalesOrderPricing pricing;
    private final CustomerRows customers = new CustomerRows();
    private final SalesOrderWriteRows writes = new SalesOrderWriteRows();
    private final SalesOrderReader reader = new SalesOrderReader();

    public SalesOrderRevision(Documents documents, Supplier<UUID> ids, StockBook stock) {
        this.documents = documents;
        this.ids = ids;
        this.pricing = new SalesOrderPricing(stock);
    }

    /** Locks the order first, then what waits for its approval. */
    public SalesRevision revise(Tx tx, UUID id, NewSalesOrder wanted, Herald herald) {
        Optional<SalesOrder> held = reader.hold(tx, id);
        if (held.isEmpty()) {
            return new SalesRevision.NotFound(id);
        }
        if (!held.get().isOpen()) {
            return new SalesRevision.WrongState(held.get());
        }
        return switch (pricing.price(tx, wanted)) {
            case Checked.Faulty faulty -> new SalesRevision.Refused(faulty.problems());
            case Checked.Sound sound -> write(tx, held.get(), sound.order(), herald);
        };
    }

    private SalesRevision write(Tx tx, SalesOrder before, PricedSalesOrder wanted, Herald herald) {
        writes.revise(tx, before.id(), wanted, ids);
        SalesOrder after = reader.get(tx, before.id());
        herald.journal(
                tx,
                "sales_order.revised",
                SalesOrderEvents.ORDER,
                before.id(),
                Optional.of(summary(before)),
                Optional.of(summary(after)),
                after.number());
        documents.changed(tx, SalesOrderEvents.ORDER, before.id(), herald.actor());
        // A draft is nobody's business yet.
        if (before.status() != SalesOrder.Status.DRAFT) {
            herald.publish(
                    tx,
                    SalesOrderEvents.CHANGED,
                    SalesOrderEvents.changed(before, customer(tx, before), after, customer(tx, after)));
        }
        return new SalesRevision.Revised(after);
    }

    private Customer customer(Tx tx, SalesOrder order) {
        return customers.byId(tx, order.header().customerId()).orElseThrow();
    }

    private static String summary(SalesOrder order) {
        SalesOrder.Header header = order.header();
        return SalesOrderRows.text(header.status()) + ": " + header.customerName() + ", " + header.lineCount()
                + (header.lineCount() == 1 ? " line, " : " lines, ")
                + Money.written(header.total(), header.currency());
    }
}
