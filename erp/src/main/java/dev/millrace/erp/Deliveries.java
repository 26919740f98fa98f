package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.delivery.DeliveryDesk;
import dev.millrace.erp.delivery.DeliveryReader;
import dev.millrace.erp.delivery.DeliveryReversal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What leaves for sales orders. Every method joins the caller's transaction; those that change something lock the order
 * first. Who may call what is the caller's business.
 */
public final class Deliveries {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Trail trail;
    private final DeliveryDesk desk;
    private final DeliveryReversal reversal;
    private final DeliveryReader reader = new DeliveryReader();

    Deliveries(EventPublisher events, Trail trail, DeliveryDesk desk, DeliveryReversal reversal) {
        this.events = events;
        this.trail = trail;
        this.desk = desk;
        this.reversal = reversal;
    }

    /**
     * Lets goods leave: lowers stock and what is kept of it, raises the order's delivered quantities, and books what they
     * cost.
     *
     * @throws PostingRefused the ledger does not take the journal; nothing may be committed then
     */
    public Delivering post(Tx tx, NewDelivery delivery, Actor actor) {
        return desk.post(tx, delivery, new ServiceHerald(events, trail, actor));
    }

    /**
     * Takes all of a delivery back; its goods are kept for the order again. Idempotent.
     *
     * @param reason for people
     * @throws PostingRefused the ledger does not take the journal; nothing may be committed then
     */
    public Returning reverse(Tx tx, UUID id, String reason, Actor actor) {
        return reversal.reverse(tx, id, reason, new ServiceHerald(events, trail, actor));
    }

    public Optional<Delivery> get(Tx tx, UUID id) {
        return reader.find(tx, id);
    }

    /**
     * Newest first, without their lines.
     *
     * @param order only deliveries for this order
     * @param before the id of the last one seen: the next page begins after it
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<Delivery> list(Tx tx, Optional<UUID> order, Optional<UUID> before, int limit) {
        return reader.page(tx, order, before, Math.clamp(limit, 1, PAGE_MOST));
    }
}
