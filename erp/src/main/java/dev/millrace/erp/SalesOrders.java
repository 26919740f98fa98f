package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesOrder.Listed;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.sales.SalesOrderEntry;
import dev.millrace.erp.sales.SalesOrderEvents;
import dev.millrace.erp.sales.SalesOrderReader;
import dev.millrace.erp.sales.SalesOrderRevision;
import dev.millrace.erp.sales.SalesOrderStates;
import dev.millrace.erp.sales.SalesOrderStates.Confirmation;
import dev.millrace.erp.sales.SalesOrderSubmission;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Sales orders. Every method joins the caller's transaction; those that change something lock the order first. Who may call
 * what is the caller's business.
 */
public final class SalesOrders {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Documents documents;
    private final Trail trail;
    private final SalesOrderEntry entry;
    private final SalesOrderRevision revision;
    private final SalesOrderSubmission submission;
    private final SalesOrderStates states;
    private final SalesOrderReader reader = new SalesOrderReader();

    SalesOrders(
            EventPublisher events,
            Documents documents,
            Trail trail,
            SalesOrderEntry entry,
            SalesOrderRevision revision,
            SalesOrderSubmission submission,
            SalesOrderStates states) {
        this.events = events;
        this.documents = documents;
        this.trail = trail;
        this.entry = entry;
        this.revision = revision;
        this.submission = submission;
        this.states = states;
    }

    /**
     * Makes a draft, written by {@code actor}, who must be an active member. No event: a draft is nobody's business
     * yet.
     */
    public SalesCreation create(Tx tx, NewSalesOrder order, Actor actor) {
        return entry.create(tx, order, herald(actor));
    }

    /** As {@link #get}; the order stays as it is until the transaction ends. */
    public Optional<SalesOrder> hold(Tx tx, UUID id) {
        return reader.hold(tx, id);
    }

    /**
     * Changes everything of an order that was never confirmed, but its number and its requester, and emits
     * {@code sales_order.changed} if it was submitted. Whoever was asked to approve it is asked again, with the difference.
     */
    public SalesRevision revise(Tx tx, UUID id, NewSalesOrder order, Actor actor) {
        return revision.revise(tx, id, order, herald(actor));
    }

    /**
     * Submits a draft, or one that was put on hold before it was confirmed, and emits {@code sales_order.created}; of an order
     * that was sent back, asks those again who did so. Where no definition takes it up, it is confirmed by the rule of those
     * that declined, within the customer's limit, or waits with a task for Admin.
     */
    public SalesSubmission submit(Tx tx, UUID id, Actor actor) {
        return submission.submit(tx, id, documents, herald(actor));
    }

    public Optional<SalesOrder> get(Tx tx, UUID id) {
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
            Tx tx,
            Optional<Status> status,
            Optional<UUID> customer,
            Optional<UUID> requestedBy,
            Optional<UUID> before,
            int limit) {
        return reader.page(tx, status, customer, requestedBy, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    /**
     * Confirms an order by hand, outside any workflow, within the customer's limit; keeps stock for it and emits
     * {@code sales_order.confirmed}. Not as long as a workflow decides on it; and only an order that was submitted, so that
     * workflows were asked, or one that was confirmed before and is on hold. Idempotent.
     */
    public ByHand<Confirming> confirm(Tx tx, UUID id, Actor actor) {
        Optional<SalesOrder> held = reader.hold(tx, id);
        if (held.filter(SalesOrders::wasNotAsked).isPresent()) {
            return new ByHand.Done<>(new Confirming.WrongState(held.get()));
        }
        var confirmation = new Confirmation(
                Optional.empty(), actor.name(), "confirmed by " + actor.name() + ", outside any workflow", false);
        return ByHand.unless(
                deciders(tx, held.filter(order -> awaits(order.status()))),
                () -> states.confirm(tx, id, confirmation, herald(actor)));
    }

    /** No workflow has had its say: it is a draft, or was put on hold before it was confirmed and is to be submitted again. */
    private static boolean wasNotAsked(SalesOrder order) {
        return switch (order.status()) {
            case DRAFT -> true;
            case ON_HOLD -> order.header().confirmedAt().isEmpty();
            case PENDING_APPROVAL, RETURNED, CONFIRMED, PART_DELIVERED, DELIVERED, INVOICED, CLOSED, CANCELLED -> false;
        };
    }

    private static boolean awaits(Status status) {
        return status == Status.PENDING_APPROVAL || status == Status.ON_HOLD;
    }

    /**
     * What was kept for it is free again, and it does not count for the customer's limit; a workflow that decides on it ends.
     * Idempotent.
     */
    public Holding putOnHold(Tx tx, UUID id, String reason, Actor actor) {
        List<Decider> deciders = deciders(tx, hold(tx, id));
        Holding holding = states.hold(tx, id, reason, herald(actor));
        if (holding instanceof Holding.Held held && held.changed()) {
            String why = held.order().number() + " was put on hold by " + actor.name() + ": " + reason;
            documents.withdraw(tx, deciders, actor, why);
        }
        return holding;
    }

    /**
     * Cancels an order for which nothing has left and emits {@code sales_order.cancelled}; a workflow that decides on it
     * ends. Idempotent.
     */
    public SalesCancelling cancel(Tx tx, UUID id, String reason, Actor actor) {
        List<Decider> deciders = deciders(tx, hold(tx, id));
        SalesCancelling cancelling = states.cancel(tx, id, reason, herald(actor));
        if (cancelling instanceof SalesCancelling.Cancelled cancelled && cancelled.changed()) {
            String why = cancelled.order().number() + " was cancelled by " + actor.name() + ": " + reason;
            documents.withdraw(tx, deciders, actor, why);
        }
        return cancelling;
    }

    private List<Decider> deciders(Tx tx, Optional<SalesOrder> held) {
        return held.map(order -> documents.deciders(tx, SalesOrderEvents.ORDER, order.id()))
                .orElse(List.of());
    }

    private Herald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }
}
