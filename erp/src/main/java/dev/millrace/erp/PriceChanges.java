package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.PriceChange.Status;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.pricing.PriceChangeDesk;
import dev.millrace.erp.pricing.PriceChangeEvents;
import dev.millrace.erp.pricing.SellingPrices;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Changes of selling prices. Every method joins the caller's transaction. Who may call what is the caller's business. */
public final class PriceChanges {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Documents documents;
    private final Trail trail;
    private final PriceChangeDesk desk;
    private final SellingPrices prices = new SellingPrices();

    PriceChanges(EventPublisher events, Documents documents, Trail trail, PriceChangeDesk desk) {
        this.events = events;
        this.documents = documents;
        this.trail = trail;
        this.desk = desk;
    }

    /** Asks for another price and emits {@code price_change.requested}; {@code actor} must be an active member. */
    public PriceRequest request(Tx tx, NewPriceChange change, Actor actor) {
        return desk.request(tx, change, herald(actor));
    }

    /**
     * Applies a change by hand, outside any workflow; not as long as a workflow decides on it, and not as the one who asked
     * for it. Idempotent.
     */
    public ByHand<PriceDecision> approve(Tx tx, UUID id, Actor actor) {
        Optional<PriceChange> waiting = desk.hold(tx, id).filter(change -> change.status() == Status.REQUESTED);
        if (waiting.filter(change -> isOwn(change, actor)).isPresent()) {
            return new ByHand.Own<>();
        }
        return ByHand.unless(
                deciders(tx, waiting), () -> desk.decide(tx, id, Status.APPLIED, Optional.empty(), herald(actor)));
    }

    private static boolean isOwn(PriceChange change, Actor actor) {
        return actor.id().equals(Optional.of(change.requester().id().toString()));
    }

    /** Refuses a change by hand; a workflow that decides on it ends. Idempotent. */
    public PriceDecision reject(Tx tx, UUID id, String reason, Actor actor) {
        List<Decider> deciders = deciders(tx, desk.hold(tx, id));
        PriceDecision decision = desk.decide(tx, id, Status.REFUSED, Optional.of(reason), herald(actor));
        if (decision instanceof PriceDecision.Decided decided && decided.changed()) {
            String why =
                    "The price of " + decided.change().itemCode() + " was refused by " + actor.name() + ": " + reason;
            documents.withdraw(tx, deciders, actor, why);
        }
        return decision;
    }

    private List<Decider> deciders(Tx tx, Optional<PriceChange> held) {
        return held.map(change -> documents.deciders(tx, PriceChangeEvents.PRICE_CHANGE, change.id()))
                .orElse(List.of());
    }

    private Herald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }

    /**
     * Puts applied changes in force whose day has come. Whoever writes with selling prices does so first; once a day it is done
     * for those who only look.
     *
     * @return how many items have another price now
     */
    public int takeEffect(Tx tx) {
        return prices.takeEffect(tx);
    }

    public Optional<PriceChange> get(Tx tx, UUID id) {
        return desk.find(tx, id);
    }

    /**
     * Newest first.
     *
     * @param requestedBy only those of this member
     * @param before the id of the last one seen: the next page begins after it
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<PriceChange> list(
            Tx tx,
            Optional<UUID> item,
            Optional<Status> status,
            Optional<UUID> requestedBy,
            Optional<UUID> before,
            int limit) {
        return desk.page(tx, item, status, requestedBy, before, Math.clamp(limit, 1, PAGE_MOST));
    }
}
