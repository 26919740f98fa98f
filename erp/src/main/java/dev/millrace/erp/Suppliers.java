package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Supplier.Status;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.procurement.SupplierEntry;
import dev.millrace.erp.procurement.SupplierEvents;
import dev.millrace.erp.procurement.SupplierRows;
import dev.millrace.erp.procurement.SupplierStates;
import dev.millrace.erp.procurement.SupplierVault;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who the company buys from. Every method joins the caller's transaction; who may call what is the caller's business, above
 * all {@link #bank}.
 */
public final class Suppliers {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Documents documents;
    private final Trail trail;
    private final SupplierEntry entry;
    private final SupplierStates states;
    private final SupplierVault vault;
    private final SupplierRows rows = new SupplierRows();

    Suppliers(
            EventPublisher events,
            Documents documents,
            Trail trail,
            SupplierEntry entry,
            SupplierStates states,
            SupplierVault vault) {
        this.events = events;
        this.documents = documents;
        this.trail = trail;
        this.entry = entry;
        this.states = states;
        this.vault = vault;
    }

    /**
     * Enters one that is not active yet, and emits {@code supplier.created}. Its bank details are not verified.
     *
     * @param actor an active member
     */
    public SupplierChange create(Tx tx, NewSupplier supplier, Optional<BankDetails> bank, Actor actor) {
        return entry.create(tx, supplier, bank, herald(actor));
    }

    /**
     * Changes everything but code, state and bank. Whoever is asked about the supplier is asked again, with the difference,
     * if its name or tax numbers changed.
     */
    public SupplierChange update(Tx tx, UUID id, NewSupplier supplier, Actor actor) {
        return entry.update(tx, id, supplier, documents, herald(actor));
    }

    /**
     * Accepts, blocks or rejects one by hand, outside any workflow; nobody accepts as long as a workflow decides on it, and who
     * rejects ends that. Idempotent. Nothing is ordered from a supplier who is not active, and nothing paid to
     * one who is blocked; what is ordered stays.
     *
     * @param reason needed for all but accepting
     */
    public ByHand<SupplierChange> setStatus(Tx tx, UUID id, Status to, Optional<String> reason, Actor actor) {
        List<Decider> deciders = rows.hold(tx, id)
                .filter(supplier -> supplier.status() == Status.NEW)
                .map(supplier -> documents.deciders(tx, SupplierEvents.TYPE, id))
                .orElse(List.of());
        if (to == Status.ACTIVE) {
            return ByHand.unless(deciders, () -> states.setByHand(tx, id, to, reason, herald(actor)));
        }
        SupplierChange change = states.setByHand(tx, id, to, reason, herald(actor));
        if (change instanceof SupplierChange.Done done && done.changed()) {
            String why = done.supplier().code() + " was rejected by " + actor.name()
                    + reason.map(text -> ": " + text).orElse("");
            documents.withdraw(tx, deciders, actor, why);
        }
        return new ByHand.Done<>(change);
    }

    /** Changes where the money goes and emits {@code supplier.bank_changed}: it is to be verified anew. Idempotent. */
    public SupplierChange changeBank(Tx tx, UUID id, BankDetails bank, Actor actor) {
        return states.changeBank(tx, id, bank, documents, herald(actor));
    }

    /** In full; empty: there is no such supplier, or nothing is known of its bank. */
    public Optional<BankDetails> bank(Tx tx, UUID id) {
        return vault.open(tx, id);
    }

    /** As {@link #get}; the supplier stays as it is until the transaction ends. */
    public Optional<Supplier> hold(Tx tx, UUID id) {
        return rows.hold(tx, id);
    }

    public Optional<Supplier> get(Tx tx, UUID id) {
        return rows.byId(tx, id);
    }

    /**
     * By code.
     *
     * @param after the last code seen; empty for the first page
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<Supplier> list(Tx tx, Optional<Status> status, String after, int limit) {
        return rows.page(tx, status, after, Math.clamp(limit, 1, PAGE_MOST));
    }

    private ServiceHerald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }
}
