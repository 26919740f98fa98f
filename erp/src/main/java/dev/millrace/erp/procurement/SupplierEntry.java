package dev.millrace.erp.procurement;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.BankDetails;
import dev.millrace.erp.Company;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.NewSupplier;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.Supplier.Bank;
import dev.millrace.erp.Supplier.Status;
import dev.millrace.erp.SupplierChange;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.MemberRows;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes suppliers in, and changes what is written of them. Locks the supplier, then the company, so that a code and a tax
 * number are given once; joins the caller's transaction.
 */
public final class SupplierEntry {
    private final java.util.function.Supplier<UUID> ids;
    private final SupplierVault vault;
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final SupplierRows rows = new SupplierRows();
    private final SupplierWriteRows writes = new SupplierWriteRows();

    public SupplierEntry(java.util.function.Supplier<UUID> ids, SupplierVault vault) {
        this.ids = ids;
        this.vault = vault;
    }

    /** Makes one that is not active yet, and emits {@code supplier.created}. Its bank details are not verified. */
    public SupplierChange create(Tx tx, NewSupplier wanted, Optional<BankDetails> bank, Herald herald) {
        Optional<Member> member = member(tx, herald.actor());
        if (member.isEmpty()) {
            return new SupplierChange.Unfit(List.of(new InputProblem(
                    "requester_unknown",
                    "",
                    "Expected a supplier to be entered by an active member of this company, but it comes from "
                            + herald.by())));
        }
        companies.hold(tx);
        var problems = new ArrayList<InputProblem>(problems(tx, wanted, Optional.empty()));
        bank.ifPresent(details -> SupplierCheck.problems(details)
                .forEach(p -> problems.add(new InputProblem(p.code(), "bank." + p.path(), p.message()))));
        if (!problems.isEmpty()) {
            return new SupplierChange.Unfit(problems);
        }
        Supplier supplier = of(companies.get(tx), ids.get(), wanted, member.map(Member::id));
        writes.insert(tx, List.of(supplier));
        bank.ifPresent(details -> writes.setBank(
                tx, supplier.id(), vault.seal(tx, supplier.id(), details), SupplierVault.last4(details)));
        herald.journal(
                tx,
                SupplierEvents.CREATED,
                SupplierEvents.TYPE,
                supplier.id(),
                Optional.empty(),
                Optional.of("new"),
                supplier.code() + " " + supplier.name());
        herald.publish(tx, SupplierEvents.CREATED, SupplierEvents.created(supplier, member.get(), tx.now()));
        return new SupplierChange.Done(rows.byId(tx, supplier.id()).orElseThrow(), true);
    }

    /**
     * Changes everything but code, state and bank. Who is asked about it at the moment is asked again, if it matters.
     */
    public SupplierChange update(Tx tx, UUID id, NewSupplier wanted, Documents documents, Herald herald) {
        Optional<Supplier> held = rows.hold(tx, id);
        if (held.isEmpty()) {
            return new SupplierChange.NotFound(id);
        }
        companies.hold(tx);
        Supplier before = held.get();
        if (before.status() == Status.REJECTED) {
            return new SupplierChange.Refused(
                    "wrong_state", before.code() + " was rejected and is not changed any more: enter another supplier");
        }
        List<InputProblem> problems = problems(tx, wanted, held);
        if (!problems.isEmpty()) {
            return new SupplierChange.Unfit(problems);
        }
        Supplier after = merged(before, of(companies.get(tx), id, wanted, before.requestedBy()));
        if (after.equals(before)) {
            return new SupplierChange.Done(before, false);
        }
        writes.update(tx, after);
        herald.journal(
                tx,
                "supplier.changed",
                SupplierEvents.TYPE,
                id,
                Optional.of(before.name()),
                Optional.of(after.name()),
                before.code());
        documents.changed(tx, SupplierEvents.TYPE, id, herald.actor());
        return new SupplierChange.Done(rows.byId(tx, id).orElseThrow(), true);
    }

    private List<InputProblem> problems(Tx tx, NewSupplier wanted, Optional<Supplier> now) {
        Company company = companies.get(tx);
        boolean isGstin = wanted.gstin().filter(text -> rows.isGstin(tx, text)).isPresent();
        var problems = new ArrayList<InputProblem>(SupplierCheck.problems(company, wanted, isGstin));
        if (now.isPresent() && !now.get().code().equals(wanted.code())) {
            problems.add(new InputProblem(
                    "code_fixed", "code", "Expected " + now.get().code() + ": a supplier keeps its code"));
        }
        if (now.isEmpty()) {
            rows.byCode(tx, wanted.code())
                    .ifPresent(other -> problems.add(
                            new InputProblem("code_taken", "code", other.name() + " has this code: use another one")));
        }
        wanted.gstin()
                .flatMap(gstin -> rows.byGstin(tx, gstin))
                .filter(other -> !now.map(Supplier::id).equals(Optional.of(other.id())))
                .ifPresent(other -> problems.add(new InputProblem(
                        "gstin_taken", "gstin", other.code() + " " + other.name() + " has this GSTIN: use that one")));
        return problems;
    }

    private static Supplier of(Company company, UUID id, NewSupplier wanted, Optional<UUID> requestedBy) {
        return new Supplier(
                id,
                wanted.code(),
                wanted.name().strip(),
                wanted.gstin(),
                wanted.pan().or(() -> wanted.gstin().map(SupplierCheck::panOf)),
                wanted.stateCode().or(() -> wanted.gstin().map(SupplierCheck::stateOf)),
                SupplierCheck.country(company, wanted),
                wanted.addressLine1(),
                wanted.city(),
                wanted.pin(),
                wanted.email(),
                wanted.phone(),
                wanted.currency().orElse(company.info().currency()),
                wanted.paymentTermsDays().orElse(SupplierCheck.USUAL_TERMS),
                wanted.msme().orElse(SupplierCheck.USUAL_MSME),
                wanted.udyamNo(),
                wanted.category(),
                wanted.expectedAnnualSpend().map(spend -> spend.setScale(2, RoundingMode.UNNECESSARY)),
                Status.NEW,
                Optional.empty(),
                new Bank(Optional.empty(), false, Optional.empty()),
                requestedBy,
                1);
    }

    /** What may change of the one, and what stays of the other. */
    private static Supplier merged(Supplier before, Supplier wanted) {
        return new Supplier(
                before.id(),
                before.code(),
                wanted.name(),
                wanted.gstin(),
                wanted.pan(),
                wanted.stateCode(),
                wanted.country(),
                wanted.addressLine1(),
                wanted.city(),
                wanted.pin(),
                wanted.email(),
                wanted.phone(),
                wanted.currency(),
                wanted.paymentTermsDays(),
                wanted.msme(),
                wanted.udyamNo(),
                wanted.category(),
                wanted.expectedAnnualSpend(),
                before.status(),
                before.statusReason(),
                before.bank(),
                before.requestedBy(),
                before.version());
    }

    private Optional<Member> member(Tx tx, Actor actor) {
        return actor.id()
                .filter(id -> actor.isPerson())
                .map(UUID::fromString)
                .flatMap(
                        id -> Optional.ofNullable(members.byIds(tx, List.of(id)).get(id)))
                .filter(Member::active);
    }
}
