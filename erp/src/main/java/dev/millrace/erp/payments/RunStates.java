package dev.millrace.erp.payments;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payment.PartyType;
import dev.millrace.erp.PaymentRun;
import dev.millrace.erp.PaymentRun.Proposal;
import dev.millrace.erp.PaymentRun.Status;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Proposes, releases and cancels payment runs. Locks the run, then its payments by id, then what they pay by type and id;
 * joins the caller's transaction, which is to be rolled back after a refusal. Setting a state that already holds is
 * success without a change.
 */
public final class RunStates {
    /** What one run pays at most: its release is one transaction. */
    static final int PAYMENTS_MOST = 1_000;

    /** So long bank details count as changed lately. */
    private static final Duration BANK_IS_NEW = Duration.ofDays(30);

    private static final String SERIES = "PR";

    private final Supplier<UUID> ids;
    private final PaymentStates payments;
    private final Payables payables;
    private final DueDocuments due;
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final NumberRows numbers = new NumberRows();
    private final PaymentRows paymentRows = new PaymentRows();
    private final PaymentWriteRows writes = new PaymentWriteRows();
    private final RunRows rows = new RunRows();

    public RunStates(Supplier<UUID> ids, PaymentEntry entry, PaymentStates payments, Payables payables) {
        this.ids = ids;
        this.payments = payments;
        this.payables = payables;
        this.due = new DueDocuments(entry, payables);
    }

    /** What came of it; changed is false where it was so before. */
    public record Done(PaymentRun run, boolean changed) {}

    /** What those who sign should know. */
    record Risks(int suppliers, BigDecimal largest, boolean bankChanged, int msmeOverdue) {}

    /**
     * Takes drafts into a run and emits {@code payment_run.proposed}.
     *
     * @throws PostingRefused preparer_unknown, date_invalid, nothing_to_pay, wrong_state, and what drafting a payment
     *     refuses
     */
    public PaymentRun propose(Tx tx, Proposal proposal, Herald herald) {
        UUID preparer = preparer(tx, herald.actor());
        Company company = companies.get(tx);
        LocalDate today = company.today(tx.now());
        if (proposal.valueDate().isBefore(today)) {
            throw new PostingRefused("date_invalid", "Expected a value date from " + today + " on");
        }
        String currency = proposal.currency().orElse(company.info().currency());
        List<Payment> taken = drafts(tx, proposal, currency, herald);
        BigDecimal total = taken.stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        String year = company.fiscalYear(proposal.valueDate());
        UUID id = ids.get();
        rows.insert(
                tx,
                new PaymentRun(
                        id,
                        "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year)),
                        proposal.bankAccount(),
                        proposal.valueDate(),
                        currency,
                        total,
                        taken.size(),
                        Status.PROPOSED,
                        preparer,
                        "",
                        "",
                        List.of(),
                        Optional.empty(),
                        tx.now()));
        if (writes.takeIntoRun(tx, id, proposal.valueDate(), PaymentStates.ids(taken)) != taken.size()) {
            throw new IllegalStateException("payments of run " + id + " changed while their rows were locked");
        }
        PaymentRun run = rows.find(tx, id).orElseThrow();
        herald.journal(
                tx,
                PaymentEvents.RUN_PROPOSED,
                PaymentEvents.RUN,
                id,
                Optional.empty(),
                Optional.of("proposed"),
                run.number() + ", " + run.paymentCount() + (run.paymentCount() == 1 ? " payment, " : " payments, ")
                        + Money.written(total, currency));
        herald.publish(tx, PaymentEvents.RUN_PROPOSED, PaymentEvents.proposed(run, risks(tx, taken, today)));
        return run;
    }

    private List<Payment> drafts(Tx tx, Proposal proposal, String currency, Herald herald) {
        var taken = new ArrayList<>(
                paymentRows.holdDrafts(tx, currency, proposal.valueDate(), proposal.payments(), PAYMENTS_MOST));
        if (!proposal.payments().isEmpty()
                && taken.size() != proposal.payments().stream().distinct().count()) {
            throw new PostingRefused(
                    "wrong_state",
                    "Expected drafts of outgoing payments in " + currency
                            + " that no run has taken and that are dated by the value date, but only " + taken.size()
                            + " of "
                            + proposal.payments().size() + " are");
        }
        if (proposal.withDueDocuments()) {
            taken.addAll(due.draft(tx, proposal.valueDate(), currency, PAYMENTS_MOST - taken.size(), herald));
        }
        if (taken.isEmpty()) {
            throw new PostingRefused(
                    "nothing_to_pay",
                    "There is nothing to pay in " + currency + " by " + proposal.valueDate()
                            + ": draft payments first");
        }
        return taken;
    }

    private UUID preparer(Tx tx, Actor actor) {
        return actor.id()
                .filter(id -> actor.isPerson())
                .flatMap(id -> member(tx, id))
                .map(Member::id)
                .orElseThrow(() -> new PostingRefused(
                        "preparer_unknown",
                        "A payment run is prepared by a member of this company, not by " + actor.name()));
    }

    private Risks risks(Tx tx, List<Payment> taken, LocalDate today) {
        boolean bankChanged = false;
        int msmeOverdue = 0;
        for (Payment payment : taken) {
            Payee.Facts party = payables.payee(tx, payment.partyType(), payment.partyId());
            bankChanged |= party.bankChangedAt()
                    .filter(at -> at.isAfter(tx.now().minus(BANK_IS_NEW)))
                    .isPresent();
            msmeOverdue += party.msme() ? payables.overdue(tx, payment.allocations(), today) : 0;
        }
        return new Risks(
                (int) taken.stream()
                        .filter(payment -> payment.partyType() == PartyType.SUPPLIER)
                        .map(Payment::partyId)
                        .distinct()
                        .count(),
                taken.stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::max),
                bankChanged,
                msmeOverdue);
    }

    /**
     * Posts every payment of the run on its value date, all or none. Emits {@code payment.posted} for each.
     *
     * @param approvedBy ids or e-mails of those who approved it; without one, who stands behind the release
     * @throws PostingRefused not_found, wrong_state, segregation_of_duties, party_blocked, bank_unverified,
     *     document_not_payable, period_closed
     */
    public Done release(Tx tx, UUID id, List<String> approvedBy, Herald herald) {
        PaymentRun run = held(tx, id);
        if (run.status() == Status.RELEASED) {
            return new Done(run, false);
        }
        requireProposed(run);
        Set<UUID> signers = signers(tx, run, approvedBy, herald.actor());
        List<Payment> taken = paymentRows.holdRun(tx, id);
        payables.requireInForce(
                tx,
                taken.stream()
                        .flatMap(payment -> payment.allocations().stream())
                        .toList());
        taken.forEach(payment -> payments.postHeld(tx, payment, herald));
        rows.release(tx, id, signers);
        herald.journal(
                tx,
                "payment_run.released",
                PaymentEvents.RUN,
                id,
                Optional.of("proposed"),
                Optional.of("released"),
                run.number() + ", approved by " + signers.size());
        return new Done(rows.find(tx, id).orElseThrow(), true);
    }

    private Set<UUID> signers(Tx tx, PaymentRun run, List<String> approvedBy, Actor actor) {
        var named = new ArrayList<>(approvedBy);
        // What a rule approved was approved by nobody.
        named.remove("system");
        if (named.isEmpty()) {
            actor.id().filter(who -> actor.isPerson()).ifPresent(named::add);
        }
        var signers = new LinkedHashSet<UUID>();
        for (String name : named) {
            signers.add(member(tx, name)
                    .map(Member::id)
                    .orElseThrow(() -> new PostingRefused(
                            "segregation_of_duties",
                            "Expected members of this company at approved_by but got '" + name + "'")));
        }
        if (signers.isEmpty() || signers.contains(run.preparedBy())) {
            throw new PostingRefused(
                    "segregation_of_duties",
                    run.number() + " was prepared by " + run.preparedByName()
                            + ": it is released with the approval of others alone");
        }
        return signers;
    }

    /**
     * Cancels a run and its payments, and so frees what they were to pay.
     *
     * @throws PostingRefused not_found, wrong_state
     */
    public Done cancel(Tx tx, UUID id, String reason, Herald herald) {
        PaymentRun run = held(tx, id);
        if (run.status() == Status.CANCELLED) {
            return new Done(run, false);
        }
        requireProposed(run);
        List<Payment> taken = paymentRows.holdRun(tx, id);
        taken.forEach(payment -> payments.cancelHeld(tx, payment, reason, herald));
        rows.cancel(tx, id, reason);
        herald.journal(
                tx,
                "payment_run.cancelled",
                PaymentEvents.RUN,
                id,
                Optional.of("proposed"),
                Optional.of("cancelled"),
                reason);
        return new Done(rows.find(tx, id).orElseThrow(), true);
    }

    private PaymentRun held(Tx tx, UUID id) {
        return rows.hold(tx, id)
                .orElseThrow(() ->
                        new PostingRefused("not_found", "Expected a payment run of this company but got '" + id + "'"));
    }

    private static void requireProposed(PaymentRun run) {
        if (run.status() != Status.PROPOSED) {
            throw new PostingRefused(
                    "wrong_state",
                    "Expected " + run.number() + " to be proposed but it is " + PaymentRows.text(run.status()));
        }
    }

    private Optional<Member> member(Tx tx, String idOrEmail) {
        if (idOrEmail.indexOf('@') >= 0) {
            return members.byEmail(tx, idOrEmail).map(MemberRows.Login::member).filter(Member::active);
        }
        try {
            UUID id = UUID.fromString(idOrEmail);
            return Optional.ofNullable(members.byIds(tx, List.of(id)).get(id)).filter(Member::active);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
