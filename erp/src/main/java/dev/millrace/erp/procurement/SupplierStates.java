package dev.millrace.erp.procurement;

import static java.util.stream.Collectors.joining;

import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Fit;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Tx;
import dev.millrace.erp.BankDetails;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.Supplier.Status;
import dev.millrace.erp.SupplierChange;
import dev.millrace.erp.SupplierChange.Done;
import dev.millrace.erp.SupplierChange.NotFound;
import dev.millrace.erp.SupplierChange.Refused;
import dev.millrace.erp.SupplierChange.Unfit;
import dev.millrace.erp.core.Herald;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Accepts, blocks and rejects suppliers, and changes and verifies where their money goes. Locks the supplier: who is paying
 * it waits, or is waited for. Joins the caller's transaction. Setting what holds already is success without a change.
 */
public final class SupplierStates {
    private static final int CHANGES_SHOWN = 5;
    private static final String UNVERIFIED = "not verified";

    private final SupplierVault vault;
    private final OpenBills bills;
    private final SupplierRows rows = new SupplierRows();
    private final SupplierWriteRows writes = new SupplierWriteRows();

    public SupplierStates(SupplierVault vault, OpenBills bills) {
        this.vault = vault;
        this.bills = bills;
    }

    /**
     * As {@link #set}, by hand: nobody accepts a supplier whom they have entered.
     */
    public SupplierChange setByHand(Tx tx, UUID id, Status to, Optional<String> reason, Herald herald) {
        boolean isOwn = rows.byId(tx, id)
                .filter(supplier -> supplier.status() == Status.NEW && to == Status.ACTIVE)
                .flatMap(Supplier::requestedBy)
                .map(UUID::toString)
                .filter(requester -> herald.actor().id().equals(Optional.of(requester)))
                .isPresent();
        return isOwn
                ? new Refused(
                        "segregation_of_duties",
                        "You have entered this supplier: let somebody else accept it, or a workflow")
                : set(tx, id, to, reason, herald);
    }

    /**
     * @param to not {@code NEW}: nothing becomes new again
     * @param reason needed for all but accepting
     */
    public SupplierChange set(Tx tx, UUID id, Status to, Optional<String> reason, Herald herald) {
        Optional<Supplier> held = rows.hold(tx, id);
        if (held.isEmpty()) {
            return new NotFound(id);
        }
        Supplier supplier = held.get();
        if (supplier.status() == to) {
            return new Done(supplier, false);
        }
        Optional<String> why = reason.map(String::strip).filter(text -> !text.isEmpty());
        if (to != Status.ACTIVE && why.isEmpty()) {
            return new Refused(
                    "reason_missing", "Expected at reason why " + supplier.code() + " is " + SupplierRows.text(to));
        }
        return supplier.status() == Status.NEW && to == Status.ACTIVE
                ? refusal(supplier)
                        .<SupplierChange>map(refused -> refused)
                        .orElseGet(() -> write(tx, supplier, to, Optional.empty(), herald))
                : write(tx, supplier, to, to == Status.ACTIVE ? Optional.empty() : why, herald);
    }

    private static Optional<Refused> refusal(Supplier supplier) {
        if (supplier.bank().last4().isEmpty()) {
            return Optional.of(new Refused(
                    "bank_details_missing",
                    supplier.code() + " has no bank details: enter them before it is accepted"));
        }
        boolean differs = supplier.gstin()
                .filter(gstin -> supplier.pan()
                                .filter(pan -> !pan.equals(SupplierCheck.panOf(gstin)))
                                .isPresent()
                        || supplier.stateCode()
                                .filter(state -> !state.equals(SupplierCheck.stateOf(gstin)))
                                .isPresent())
                .isPresent();
        return differs
                ? Optional.of(new Refused(
                        "gstin_invalid",
                        "The GSTIN of " + supplier.code()
                                + " belongs to another PAN or state than it says: correct it before it is accepted"))
                : Optional.empty();
    }

    private SupplierChange write(Tx tx, Supplier supplier, Status to, Optional<String> reason, Herald herald) {
        if (!writes.setStatus(tx, supplier.id(), to, reason)) {
            return new Refused(
                    "wrong_state",
                    "A supplier that is " + SupplierRows.text(supplier.status()) + ", as " + supplier.code()
                            + " is, does not become " + SupplierRows.text(to));
        }
        herald.journal(
                tx,
                "supplier." + SupplierRows.text(to),
                SupplierEvents.TYPE,
                supplier.id(),
                Optional.of(SupplierRows.text(supplier.status())),
                Optional.of(SupplierRows.text(to)),
                supplier.code() + " " + supplier.name()
                        + reason.map(text -> ": " + text).orElse(""));
        return new Done(rows.byId(tx, supplier.id()).orElseThrow(), true);
    }

    /**
     * Writes where the money goes from now on, and emits {@code supplier.bank_changed}; nothing is paid there until it is
     * verified.
     */
    public SupplierChange changeBank(Tx tx, UUID id, BankDetails bank, Documents documents, Herald herald) {
        Optional<Supplier> held = rows.hold(tx, id);
        if (held.isEmpty()) {
            return new NotFound(id);
        }
        Supplier before = held.get();
        if (before.status() == Status.REJECTED) {
            return new Refused("wrong_state", before.code() + " was rejected: nothing is paid to it");
        }
        List<InputProblem> problems = SupplierCheck.problems(bank);
        if (!problems.isEmpty()) {
            return new Unfit(problems);
        }
        if (vault.open(tx, id).equals(Optional.of(bank))) {
            return new Done(before, false);
        }
        String last4 = SupplierVault.last4(bank);
        writes.setBank(tx, id, vault.seal(tx, id, bank), last4);
        herald.journal(
                tx,
                SupplierEvents.BANK_CHANGED,
                SupplierEvents.TYPE,
                id,
                before.bank().last4().map(old -> "account ending with " + old),
                Optional.of("account ending with " + last4),
                before.code() + " " + before.name());
        documents.changed(tx, SupplierEvents.TYPE, id, herald.actor());
        herald.publish(
                tx,
                SupplierEvents.BANK_CHANGED,
                SupplierEvents.bankChanged(before, last4, bills.of(tx, id), herald.actor(), tx.now()));
        return new Done(rows.byId(tx, id).orElseThrow(), true);
    }

    /**
     * Lets money go where it is said to go, on the strength of an approval of exactly that.
     *
     * @param approval of the supplier, granted, since when neither its tax numbers nor its bank have changed
     */
    public SupplierChange verifyBank(Tx tx, UUID id, UUID approval, Documents documents, Herald herald) {
        Optional<Supplier> held = rows.hold(tx, id);
        if (held.isEmpty()) {
            return new NotFound(id);
        }
        Supplier supplier = held.get();
        if (supplier.bank().last4().isEmpty()) {
            return new Refused("bank_details_missing", supplier.code() + " has no bank details that could be verified");
        }
        if (supplier.bank().verified()) {
            return new Done(supplier, false);
        }
        return switch (documents.fits(tx, approval, SupplierEvents.TYPE, id)) {
            case Fit.Good good -> verified(tx, supplier, approval, herald);
            case Fit.Stale stale ->
                new Refused(
                        "approval_stale",
                        "The supplier is not what was approved any more ("
                                + stale.changes().stream()
                                        .limit(CHANGES_SHOWN)
                                        .map(FieldChange::path)
                                        .collect(joining(", "))
                                + "): have its bank details verified as they are");
            case Fit.Missing missing ->
                new Refused(
                        "approval_required",
                        "Expected at approval_id an approval of this supplier that was granted, but '" + approval
                                + "' is none: have its bank details verified");
        };
    }

    private Done verified(Tx tx, Supplier supplier, UUID approval, Herald herald) {
        writes.verifyBank(tx, supplier.id());
        herald.journal(
                tx,
                "supplier.bank_verified",
                SupplierEvents.TYPE,
                supplier.id(),
                Optional.of(UNVERIFIED),
                Optional.of("verified"),
                supplier.code() + " " + supplier.name() + ", approval " + approval);
        return new Done(rows.byId(tx, supplier.id()).orElseThrow(), true);
    }
}
