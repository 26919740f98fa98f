package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.payments.PaymentEntry;
import dev.millrace.erp.payments.PaymentEvents;
import dev.millrace.erp.payments.PaymentRows;
import dev.millrace.erp.payments.PaymentStates;
import dev.millrace.erp.payments.RunRows;
import dev.millrace.erp.payments.RunStates;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Payments and payment runs. Every method joins the caller's transaction; whatever throws {@link PostingRefused} wants it
 * rolled back. Setting a state that already holds is success. Who may call what is the caller's business.
 */
public final class Payments {
    /** Most that one page of a list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Documents documents;
    private final Trail trail;
    private final PaymentEntry entry;
    private final PaymentStates states;
    private final RunStates runs;
    private final PaymentRows rows = new PaymentRows();
    private final RunRows runRows = new RunRows();
    private final CompanyRows companies = new CompanyRows();

    Payments(
            EventPublisher events,
            Documents documents,
            Trail trail,
            PaymentEntry entry,
            PaymentStates states,
            RunStates runs) {
        this.events = events;
        this.documents = documents;
        this.trail = trail;
        this.entry = entry;
        this.states = states;
        this.runs = runs;
    }

    /**
     * Makes a draft and emits {@code payment.created}. What it pays is taken off what is open at once.
     *
     * @throws PostingRefused amount_invalid, rate_missing, not_found, party_blocked, document_not_payable,
     *     document_already_paid, over_allocation
     */
    public Payment create(Tx tx, NewPayment payment, Actor actor) {
        return entry.draft(tx, payment, herald(actor));
    }

    /**
     * Posts a draft that no run has taken and emits {@code payment.posted}.
     *
     * @throws PostingRefused not_found, wrong_state, party_blocked, bank_unverified, document_not_payable, period_closed
     */
    public Payment post(Tx tx, UUID id, Actor actor) {
        return states.post(tx, id, herald(actor)).payment();
    }

    /**
     * Cancels a draft that no run has taken; what it was to pay is open again.
     *
     * @throws PostingRefused not_found, wrong_state
     */
    public Payment cancel(Tx tx, UUID id, String reason, Actor actor) {
        return states.cancel(tx, id, reason, herald(actor)).payment();
    }

    /**
     * Reverses a posted payment; what it paid is open again.
     *
     * @param date of the reversal's journal; today without one
     * @throws PostingRefused not_found, wrong_state, period_closed
     */
    public Payment reverse(Tx tx, UUID id, Optional<LocalDate> date, String reason, Actor actor) {
        LocalDate day = date.orElseGet(() -> companies.get(tx).today(tx.now()));
        return states.reverse(tx, id, day, reason, herald(actor)).payment();
    }

    public Optional<Payment> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /**
     * Newest first.
     *
     * @param party only to or from this one
     * @param run only of this payment run
     * @param before the id of the last one seen: the next page begins after it
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<Payment> list(
            Tx tx,
            Optional<Payment.Status> status,
            Optional<UUID> party,
            Optional<UUID> run,
            Optional<UUID> before,
            int limit) {
        return rows.page(tx, status, party, run, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    /**
     * Takes drafts into a run, prepared by {@code actor}, and emits {@code payment_run.proposed}.
     *
     * @throws PostingRefused preparer_unknown, date_invalid, nothing_to_pay, wrong_state, and what {@link #create} refuses
     */
    public PaymentRun propose(Tx tx, PaymentRun.Proposal proposal, Actor actor) {
        return runs.propose(tx, proposal, herald(actor));
    }

    /**
     * Posts every payment of a run, all or none, by hand, outside any workflow: {@code actor} approves it, and has not prepared
     * it. Not as long as a workflow decides on it. Idempotent.
     *
     * @throws PostingRefused not_found, wrong_state, segregation_of_duties, party_blocked, bank_unverified,
     *     document_not_payable, period_closed
     */
    public ByHand<PaymentRun> release(Tx tx, UUID run, Actor actor) {
        return ByHand.unless(
                deciders(tx, runRows.hold(tx, run).filter(held -> held.status() == PaymentRun.Status.PROPOSED)),
                () -> runs.release(tx, run, List.of(), herald(actor)).run());
    }

    /**
     * Cancels a proposed run and its payments; what they were to pay is open again, and a workflow that decides on the run ends.
     * Idempotent.
     *
     * @throws PostingRefused not_found, wrong_state
     */
    public PaymentRun cancelRun(Tx tx, UUID run, String reason, Actor actor) {
        List<Decider> deciders = deciders(tx, runRows.hold(tx, run));
        RunStates.Done done = runs.cancel(tx, run, reason, herald(actor));
        if (done.changed()) {
            String why = done.run().number() + " was cancelled by " + actor.name() + ": " + reason;
            documents.withdraw(tx, deciders, actor, why);
        }
        return done.run();
    }

    private List<Decider> deciders(Tx tx, Optional<PaymentRun> held) {
        return held.map(run -> documents.deciders(tx, PaymentEvents.RUN, run.id()))
                .orElse(List.of());
    }

    public Optional<PaymentRun> findRun(Tx tx, UUID id) {
        return runRows.find(tx, id);
    }

    /** Newest first; as {@link #list}. */
    public List<PaymentRun> listRuns(Tx tx, Optional<PaymentRun.Status> status, Optional<UUID> before, int limit) {
        return runRows.page(tx, status, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    private ServiceHerald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }
}
