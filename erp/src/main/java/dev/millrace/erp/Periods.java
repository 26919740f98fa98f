package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.ledger.BookLock;
import dev.millrace.erp.ledger.PeriodRows;
import dev.millrace.erp.ledger.PeriodStates;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Accounting periods. Every method joins the caller's transaction; who may call what is the caller's business. */
public final class Periods {
    private final EventPublisher events;
    private final Trail trail;
    private final PeriodStates states;
    private final PeriodRows rows = new PeriodRows();
    private final BookLock lock = new BookLock();

    Periods(EventPublisher events, Trail trail, PeriodStates states) {
        this.events = events;
        this.trail = trail;
        this.states = states;
    }

    /** Those into which something was posted, or that were closed; newest first. */
    public List<FiscalPeriod> list(Tx tx) {
        return rows.all(tx);
    }

    /**
     * Closes a month. Idempotent.
     *
     * @param soft Accounts may still post
     */
    public Closing close(Tx tx, String period, boolean soft, Actor actor) {
        return states.close(tx, period, soft, new ServiceHerald(events, trail, actor));
    }

    /** Opens a month again: for Admin alone. The journal tells it. Idempotent. */
    public Closing open(Tx tx, String period, Actor actor) {
        return states.open(tx, period, new ServiceHerald(events, trail, actor));
    }

    /** The last day on which nothing is posted any more, in whatever period. */
    public Optional<LocalDate> lockDate(Tx tx) {
        return lock.day(tx);
    }

    /**
     * Locks the books up to a day that is over. The journal tells it. Idempotent.
     *
     * @param to empty: they are not locked
     * @return it was another one before
     * @throws PostingRefused date_invalid
     */
    public boolean lockUpTo(Tx tx, Optional<LocalDate> to, Actor actor) {
        return lock.set(tx, to, new ServiceHerald(events, trail, actor));
    }
}
