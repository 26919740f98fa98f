package dev.millrace.erp.procurement;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Tx;
import dev.millrace.erp.NewOrder;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Revision;
import dev.millrace.erp.Trail;
import dev.millrace.erp.procurement.OrderCheck.Checked;
import dev.millrace.erp.procurement.OrderRows.Standing;
import dev.millrace.language.Money;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Changes orders that are not locked. Of one that waits for approval whoever was asked is asked again, with the
 * difference, unless it changed too little to matter to the company.
 */
public final class OrderRevision {
    private final Documents documents;
    private final Trail trail;
    private final Supplier<UUID> ids;
    private final OrderPricing pricing = new OrderPricing();
    private final OrderRows rows = new OrderRows();
    private final OrderWriteRows writes = new OrderWriteRows();
    private final OrderReader reader = new OrderReader();

    public OrderRevision(Documents documents, Trail trail, Supplier<UUID> ids) {
        this.documents = documents;
        this.trail = trail;
        this.ids = ids;
    }

    /** Locks the order first, then what waits for its approval. */
    public Revision revise(Tx tx, UUID id, NewOrder wanted, Actor actor) {
        Optional<Standing> standing = rows.hold(tx, id);
        if (standing.isEmpty()) {
            return new Revision.NotFound(id);
        }
        if (!standing.get().status().isOpen()) {
            return new Revision.WrongState(id, standing.get().status());
        }
        return switch (pricing.price(tx, wanted)) {
            case Checked.Faulty faulty -> new Revision.Refused(faulty.problems());
            case Checked.Sound sound -> write(tx, id, sound.order(), actor);
        };
    }

    private Revision write(Tx tx, UUID id, PricedOrder wanted, Actor actor) {
        PurchaseOrder before = reader.get(tx, id);
        writes.revise(tx, id, wanted, ids);
        PurchaseOrder after = reader.get(tx, id);
        trail.write(
                tx,
                actor,
                "purchase_order.revised",
                OrderDocument.TYPE,
                id,
                Optional.of(summary(before)),
                Optional.of(summary(after)),
                after.number());
        documents.changed(tx, OrderDocument.TYPE, id, actor);
        return new Revision.Revised(after);
    }

    private static String summary(PurchaseOrder order) {
        PurchaseOrder.Header header = order.header();
        return OrderRows.text(header.status()) + ": " + header.supplierName() + ", " + header.lineCount()
                + (header.lineCount() == 1 ? " line, " : " lines, ")
                + Money.written(header.total(), header.currency());
    }
}
