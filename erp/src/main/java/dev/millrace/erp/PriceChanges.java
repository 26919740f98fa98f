package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.PriceChange.Status;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.pricing.PriceChangeDesk;
import dev.millrace.erp.pricing.SellingPrices;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Changes of selling prices. Every method joins the caller's transaction. Who may call what is the caller's business. */
public final class PriceChanges {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Trail trail;
    private final PriceChangeDesk desk;
    private final SellingPrices prices = new SellingPrices();

    PriceChanges(EventPublisher events, Trail trail, PriceChangeDesk desk) {
        this.events = events;
        this.trail = trail;
        this.desk = desk;
    }

    /** Asks for another price and emits {@code price_change.requested}; {@code actor} must be an active member. */
    public PriceRequest request(Tx tx, NewPriceChange change, Actor actor) {
        return desk.request(tx, change, new ServiceHerald(events, trail, actor));
    }

    /** Applies or refuses by hand, outside any workflow. Idempotent. */
    public PriceDecision decide(Tx tx, UUID id, boolean apply, Optional<String> reason, Actor actor) {
        return desk.decide(
                tx, id, apply ? Status.APPLIED : Status.REFUSED, reason, new ServiceHerald(events, trail, actor));
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
