package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.PurchaseOrder.Listed;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.procurement.OrderDocument;
import dev.millrace.erp.procurement.OrderEntry;
import dev.millrace.erp.procurement.OrderReader;
import dev.millrace.erp.procurement.OrderRevision;
import dev.millrace.erp.procurement.OrderStates;
import dev.millrace.erp.procurement.OrderSubmission;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Purchase orders. Every method joins the caller's transaction; those that change something lock the order first.
 * Who may call what is the caller's business.
 */
public final class Orders {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Documents documents;
    private final Trail trail;
    private final OrderStates states;
    private final OrderEntry entry;
    private final OrderSubmission submission;
    private final OrderRevision revision;
    private final OrderReader reader = new OrderReader();
    private final CompanyRows companies = new CompanyRows();

    Orders(
            EventPublisher events,
            Documents documents,
            Trail trail,
            Directory directory,
            Supplier<UUID> ids,
            OrderStates states) {
        this.events = events;
        this.documents = documents;
        this.trail = trail;
        this.states = states;
        this.entry = new OrderEntry(ids);
        this.submission = new OrderSubmission(directory, ids, states);
        this.revision = new OrderRevision(documents, trail, ids);
    }

    /**
     * Makes a draft, raised by {@code actor}, who must be an active member. No event: a draft is nobody's business
     * yet.
     */
    public Creation create(Tx tx, NewOrder order, Actor actor) {
        return entry.create(tx, order, herald(actor));
    }

    /**
     * As {@link #get}; the order stays as it is until the transaction ends.
     */
    public Optional<PurchaseOrder> hold(Tx tx, UUID id) {
        return reader.hold(tx, id);
    }

    /**
     * Changes everything of an order that is not locked, but its number and its requester. Whoever was asked to approve
     * it is asked again, with the difference.
     */
    public Revision revise(Tx tx, UUID id, NewOrder order, Actor actor) {
        return revision.revise(tx, id, order, actor);
    }

    /**
     * Submits a draft for approval and emits {@code purchase_order.created}; of an order that was sent back, asks those
     * again who did so. Where no definition takes it up, the
     * order is approved by the rule of those that declined, or waits with a task for Admin.
     */
    public Submission submit(Tx tx, UUID id, Actor actor) {
        return submission.submit(tx, id, documents, herald(actor));
    }

    public Optional<PurchaseOrder> get(Tx tx, UUID id) {
        return reader.find(tx, id);
    }

    /**
     * Newest first.
     *
     * @param requestedBy only orders of this member
     * @param before the id of the last one seen: the next page begins after it
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<Listed> list(
            Tx tx, Optional<Status> status, Optional<UUID> requestedBy, Optional<UUID> before, int limit) {
        return reader.page(tx, status, requestedBy, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    /**
     * Approves an order by hand, outside any workflow, and emits {@code purchase_order.approved}; not as long as a workflow
     * decides on it, and not as the one who requested, submitted or changed it. Idempotent.
     */
    public ByHand<Locking> approve(Tx tx, UUID id, Actor actor) {
        Optional<PurchaseOrder> waiting =
                reader.hold(tx, id).filter(order -> order.status() == Status.PENDING_APPROVAL);
        if (waiting.filter(order -> isOwn(tx, order, actor)).isPresent()) {
            return new ByHand.Own<>();
        }
        return ByHand.unless(
                deciders(tx, waiting),
                () -> states.lock(
                        tx,
                        id,
                        Optional.empty(),
                        actor.name(),
                        "approved by " + actor.name() + ", outside any workflow",
                        herald(actor)));
    }

    private List<Decider> deciders(Tx tx, Optional<PurchaseOrder> held) {
        return held.map(order -> documents.deciders(tx, OrderDocument.TYPE, order.id()))
                .orElse(List.of());
    }

    private boolean isOwn(Tx tx, PurchaseOrder order, Actor actor) {
        return actor.id().equals(Optional.of(order.requester().id().toString()))
                || documents.isBroughtBy(tx, OrderDocument.TYPE, order.id(), actor);
    }

    /**
     * Cancels an order without receipts and invoices and emits {@code purchase_order.cancelled}; a workflow that decides on
     * it ends. Idempotent.
     */
    public Cancelling cancel(Tx tx, UUID id, String reason, Actor actor) {
        List<Decider> deciders = deciders(tx, reader.hold(tx, id));
        Cancelling cancelling = states.cancel(tx, id, reason, herald(actor));
        if (cancelling instanceof Cancelling.Cancelled cancelled && cancelled.changed()) {
            String why = cancelled.order().number() + " was cancelled by " + actor.name() + ": " + reason;
            documents.withdraw(tx, deciders, actor, why);
        }
        return cancelling;
    }

    /**
     * Closes an order of which everything came, or of which the rest is not waited for: what is still on order is so no
     * more. Idempotent.
     *
     * @param reason needed where something is still to come
     */
    public OrderClosing close(Tx tx, UUID id, Optional<String> reason, Actor actor) {
        return states.close(tx, id, reason, herald(actor));
    }

    /** Changes what becomes of submitted orders that no definition takes up. Idempotent. */
    public void setUnrouted(Tx tx, Company.Unrouted to, Actor actor) {
        Company.Unrouted from = companies.get(tx).unroutedOrders();
        if (companies.setUnrouted(tx, to)) {
            trail.write(
                    tx,
                    actor,
                    "policy.changed",
                    "company",
                    tx.tenant(),
                    Optional.of(text(from)),
                    Optional.of(text(to)),
                    "orders that no workflow decides on");
        }
    }

    private Herald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }

    private static String text(Company.Unrouted unrouted) {
        return "unrouted_orders: " + unrouted.name().toLowerCase(Locale.ROOT);
    }
}
