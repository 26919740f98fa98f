package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.payments.ClaimRows;
import dev.millrace.erp.payments.ClaimStates;
import dev.millrace.erp.payments.PaymentEvents;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Expense claims. Every method joins the caller's transaction; whatever throws {@link PostingRefused} wants it rolled back.
 * Setting a state that already holds is success. Who may call what is the caller's business.
 */
public final class ExpenseClaims {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Documents documents;
    private final Trail trail;
    private final ClaimStates states;
    private final ClaimRows rows = new ClaimRows();

    ExpenseClaims(EventPublisher events, Documents documents, Trail trail, ClaimStates states) {
        this.events = events;
        this.documents = documents;
        this.trail = trail;
        this.states = states;
    }

    /**
     * Submits a claim, of {@code actor} or in the name of somebody else, and emits {@code expense_claim.submitted}.
     *
     * @throws PostingRefused submitter_unknown, employee_unknown, manager_unknown, lines_invalid, amount_invalid,
     *     rate_missing
     */
    public ExpenseClaim submit(Tx tx, ExpenseClaim.Submission claim, Actor actor) {
        return states.submit(tx, claim, herald(actor));
    }

    /**
     * Approves a claim by hand, outside any workflow, and books it; not as long as a workflow decides on it, and not one's own.
     * Idempotent.
     *
     * @param amount the claimed amount without one
     * @throws PostingRefused not_found, wrong_state, amount_invalid, amount_above_claim, period_closed
     */
    public ByHand<ExpenseClaim> approve(Tx tx, UUID id, Optional<BigDecimal> amount, Actor actor) {
        Optional<ExpenseClaim> held = rows.hold(tx, id);
        if (held.filter(claim -> isOwn(claim, actor)).isPresent()) {
            return new ByHand.Own<>();
        }
        return ByHand.unless(
                deciders(tx, held.filter(claim -> claim.status() == ExpenseClaim.Status.SUBMITTED)),
                () -> states.approve(tx, id, amount, herald(actor)).claim());
    }

    /**
     * Rejects a claim by hand; a workflow that decides on it ends. Idempotent.
     *
     * @throws PostingRefused not_found, wrong_state
     */
    public ExpenseClaim reject(Tx tx, UUID id, String reason, Actor actor) {
        List<Decider> deciders = deciders(tx, rows.hold(tx, id));
        ClaimStates.Done done = states.reject(tx, id, reason, herald(actor));
        if (done.changed()) {
            String why = done.claim().number() + " was rejected by " + actor.name() + ": " + reason;
            documents.withdraw(tx, deciders, actor, why);
        }
        return done.claim();
    }

    private static boolean isOwn(ExpenseClaim claim, Actor actor) {
        return actor.id().equals(Optional.of(claim.employee().id().toString()));
    }

    private List<Decider> deciders(Tx tx, Optional<ExpenseClaim> held) {
        return held.map(claim -> documents.deciders(tx, PaymentEvents.CLAIM, claim.id()))
                .orElse(List.of());
    }

    public Optional<ExpenseClaim> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /**
     * Newest first, without their lines.
     *
     * @param employee only claims of this member
     * @param before the id of the last one seen: the next page begins after it
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<ExpenseClaim> list(
            Tx tx, Optional<ExpenseClaim.Status> status, Optional<UUID> employee, Optional<UUID> before, int limit) {
        return rows.page(tx, status, employee, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    private ServiceHerald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }
}
