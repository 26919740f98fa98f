package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.payables.InvoiceEntry;
import dev.millrace.erp.payables.InvoiceEvents;
import dev.millrace.erp.payables.InvoiceMatching;
import dev.millrace.erp.payables.InvoiceReader;
import dev.millrace.erp.payables.InvoiceRelease;
import dev.millrace.erp.payables.InvoiceStates;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Suppliers' invoices: taken in as they are, matched, held, released, refused and taken back. Every method joins the
 * caller's transaction; those that change something lock the order, its lines, and then the invoice. Who may call what is
 * the caller's business.
 */
public final class SupplierInvoices {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Documents documents;
    private final Trail trail;
    private final InvoiceEntry entry;
    private final InvoiceMatching matching;
    private final InvoiceStates states;
    private final InvoiceRelease release;
    private final InvoiceReader reader = new InvoiceReader();

    SupplierInvoices(
            EventPublisher events,
            Documents documents,
            Trail trail,
            Supplier<UUID> ids,
            InvoiceMatching matching,
            InvoiceStates states,
            InvoiceRelease release) {
        this.events = events;
        this.documents = documents;
        this.trail = trail;
        this.entry = new InvoiceEntry(events, trail, ids);
        this.matching = matching;
        this.states = states;
        this.release = release;
    }

    /**
     * Takes an invoice in and emits {@code supplier_invoice.received}. One whose number is there already is kept as a
     * duplicate of that; it can never be released.
     */
    public InvoiceIntake receive(Tx tx, NewSupplierInvoice invoice, Actor actor) {
        return entry.receive(tx, invoice, actor);
    }

    public Optional<SupplierInvoice> get(Tx tx, UUID id) {
        return reader.find(tx, id);
    }

    /**
     * Newest first.
     *
     * @param supplier only invoices of this one
     * @param order only invoices of this order
     * @param before the id of the last one seen: the next page begins after it
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<Header> list(
            Tx tx,
            Optional<Status> status,
            Optional<UUID> supplier,
            Optional<UUID> order,
            Optional<UUID> before,
            int limit) {
        return reader.page(tx, status, supplier, order, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    /** What came of the last match; empty: it was never matched. */
    public Optional<MatchResult> lastMatch(Tx tx, UUID id) {
        return reader.lastMatch(tx, id);
    }

    /** Holds an invoice that is not posted against its order and receipts, with the tolerances that are set. */
    public InvoiceMatch match(Tx tx, UUID id, Actor actor) {
        return matching.match(tx, id, MatchTolerances.Overrides.NONE, documents, herald(actor));
    }

    /**
     * Posts an invoice that was matched and still agrees, and emits {@code supplier_invoice.released}. Idempotent.
     *
     * @throws PostingRefused the ledger does not take it; the transaction must be rolled back
     */
    public InvoiceChange release(Tx tx, UUID id, Actor actor) {
        return release.release(tx, id, InvoiceRelease.Grounds.NONE, documents, herald(actor));
    }

    /** Blocks the payment of an invoice that is not posted and emits {@code supplier_invoice.held}. Idempotent. */
    public InvoiceChange hold(Tx tx, UUID id, HoldCode code, String reason, Actor actor) {
        return states.hold(tx, id, code, reason, herald(actor));
    }

    /** Lifts a block. Idempotent. */
    public InvoiceChange lift(Tx tx, UUID id, String reason, Actor actor) {
        return states.lift(tx, id, reason, herald(actor));
    }

    /**
     * Refuses an invoice that is not posted and emits {@code supplier_invoice.rejected}; a workflow that decides on it ends.
     * Idempotent.
     */
    public InvoiceChange reject(Tx tx, UUID id, String reason, Actor actor) {
        List<Decider> deciders = deciders(tx, id);
        return withdrawn(tx, states.reject(tx, id, reason, herald(actor)), deciders, "rejected", reason, actor);
    }

    /**
     * Takes back an invoice that is not posted and emits {@code supplier_invoice.cancelled}; a workflow that decides on it
     * ends. Idempotent.
     */
    public InvoiceChange cancel(Tx tx, UUID id, String reason, Actor actor) {
        List<Decider> deciders = deciders(tx, id);
        return withdrawn(tx, states.cancel(tx, id, reason, herald(actor)), deciders, "cancelled", reason, actor);
    }

    private List<Decider> deciders(Tx tx, UUID id) {
        return matching.lock(tx, id) ? documents.deciders(tx, InvoiceEvents.TYPE, id) : List.of();
    }

    private InvoiceChange withdrawn(
            Tx tx, InvoiceChange change, List<Decider> deciders, String became, String reason, Actor actor) {
        if (change instanceof InvoiceChange.Done done && done.changed()) {
            String why =
                    done.invoice().header().internalNumber() + " was " + became + " by " + actor.name() + ": " + reason;
            documents.withdraw(tx, deciders, actor, why);
        }
        return change;
    }

    /**
     * Takes back a released invoice of which nothing is paid and emits {@code supplier_invoice.cancelled}. Idempotent.
     *
     * @throws PostingRefused the ledger does not take it; the transaction must be rolled back
     */
    public InvoiceChange reverse(Tx tx, UUID id, String reason, Actor actor) {
        return release.reverse(tx, id, reason, herald(actor));
    }

    /** What holds of a supplier's invoices where no step says otherwise. */
    public MatchTolerances tolerances(Tx tx, UUID supplier) {
        return matching.tolerances(tx, supplier, MatchTolerances.Overrides.NONE);
    }

    /**
     * Sets what holds instead of the usual tolerances, or instead of the company's for one supplier; what is left out is
     * as it was before anything was set.
     */
    public void setTolerances(Tx tx, Optional<UUID> supplier, MatchTolerances.Overrides overrides, Actor actor) {
        matching.setTolerances(tx, supplier, overrides, herald(actor));
    }

    private Herald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }
}
