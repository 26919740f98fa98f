package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.payments.ClaimRows;
import dev.millrace.erp.payments.ClaimStates;
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
    private final Trail trail;
    private final ClaimStates states;
    private final ClaimRows rows = new ClaimRows();

    ExpenseClaims(EventPublisher events, Trail trail, ClaimStates states) {
        this.events = events;
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
     * Approves a claim by hand, outside any workflow, and books it.
     *
     * @param amount the claimed amount without one
     * @throws PostingRefused segregation_of_duties (one's own claim), not_found, wrong_state, amount_invalid,
     *     amount_above_claim, period_closed
     */
    public ExpenseClaim approve(Tx tx, UUID id, Optional<BigDecimal> amount, Actor actor) {
        boolean own = rows.find(tx, id)
                .filter(claim ->
                        actor.id().equals(Optional.of(claim.employee().id().toString())))
                .isPresent();
        if (own) {
            throw new PostingRefused(
                    "segregation_of_duties", "Nobody approves a claim of their own: let another do it");
        }
        return states.approve(tx, id, amount, herald(actor)).claim();
    }

    /**
     * @throws PostingRefused not_found, wrong_state
     */
    public ExpenseClaim reject(Tx tx, UUID id, String reason, Actor actor) {
        return states.reject(tx, id, reason, herald(actor)).claim();
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
