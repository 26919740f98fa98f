package dev.millrace.erp.payments;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.ExpenseClaim.NewLine;
import dev.millrace.erp.ExpenseClaim.Person;
import dev.millrace.erp.ExpenseClaim.Status;
import dev.millrace.erp.ExpenseClaim.Submission;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Journal;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.Posting;
import dev.millrace.erp.ledger.Posting.Line;
import dev.millrace.erp.ledger.Posting.Party;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Submits, approves and rejects expense claims. Locks the claim first; joins the caller's transaction, which is to be
 * rolled back after a refusal. Setting a state that already holds is success without a change.
 */
public final class ClaimStates {
    private static final String SERIES = "EC";
    private static final int DECIMALS = 2;

    private final Supplier<UUID> ids;
    private final Ledger ledger;
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final NumberRows numbers = new NumberRows();
    private final ClaimRows rows = new ClaimRows();
    private final ClaimWriteRows writes = new ClaimWriteRows();

    public ClaimStates(Supplier<UUID> ids, Ledger ledger) {
        this.ids = ids;
        this.ledger = ledger;
    }

    /** What came of it; changed is false where it was so before. */
    public record Done(ExpenseClaim claim, boolean changed) {}

    /**
     * Emits {@code expense_claim.submitted}.
     *
     * @throws PostingRefused submitter_unknown, employee_unknown, manager_unknown, lines_invalid, amount_invalid,
     *     rate_missing
     */
    public ExpenseClaim submit(Tx tx, Submission wanted, Herald herald) {
        Member submitter = submitter(tx, herald.actor());
        Person employee = wanted.employee()
                .map(id -> person(tx, id, "employee"))
                .orElseGet(() -> new Person(submitter.id(), submitter.name(), submitter.email()));
        Optional<Person> manager = wanted.manager().map(id -> person(tx, id, "manager"));
        if (manager.filter(employee::equals).isPresent()) {
            throw new PostingRefused("manager_unknown", "Nobody decides on a claim of their own: name another manager");
        }
        check(wanted);
        Company company = companies.get(tx);
        String own = company.info().currency();
        String currency = wanted.currency().orElse(own);
        if (!currency.equals(own) && wanted.rate().isEmpty()) {
            throw new PostingRefused("rate_missing", "A claim in " + currency + " needs its rate");
        }
        LocalDate today = company.today(tx.now());
        String year = company.fiscalYear(today);
        var claim = new ExpenseClaim(
                ids.get(),
                "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year)),
                employee,
                manager,
                submitter.id(),
                wanted.category().strip(),
                currency,
                currency.equals(own) ? BigDecimal.ONE : wanted.rate().orElse(BigDecimal.ONE),
                wanted.lines().stream().map(NewLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add),
                Optional.empty(),
                BigDecimal.ZERO,
                wanted.lines().stream().allMatch(NewLine::hasReceipt),
                wanted.lines().stream()
                        .map(NewLine::date)
                        .min(LocalDate::compareTo)
                        .orElse(today),
                Status.SUBMITTED,
                Optional.empty(),
                Optional.empty(),
                tx.now(),
                List.of());
        writes.insert(tx, claim, today);
        writes.insertLines(tx, claim.id(), wanted.lines());
        herald.journal(
                tx,
                PaymentEvents.CLAIM_SUBMITTED,
                PaymentEvents.CLAIM,
                claim.id(),
                Optional.empty(),
                Optional.of("submitted"),
                claim.number() + ", " + Money.written(claim.amount(), currency) + ", " + claim.category());
        ExpenseClaim written = rows.find(tx, claim.id()).orElseThrow();
        herald.publish(tx, PaymentEvents.CLAIM_SUBMITTED, PaymentEvents.submitted(written));
        return written;
    }

    private static void check(Submission wanted) {
        if (wanted.lines().isEmpty() || wanted.lines().size() > Submission.LINES_MOST) {
            throw new PostingRefused(
                    "lines_invalid",
                    "Expected 1 to " + Submission.LINES_MOST + " lines but got "
                            + wanted.lines().size());
        }
        if (wanted.category().isBlank()
                || wanted.lines().stream().anyMatch(line -> line.description().isBlank())) {
            throw new PostingRefused("lines_invalid", "Expected a category, and a description of each line");
        }
        wanted.lines().forEach(line -> PaymentEntry.requireAmount("lines.amount", line.amount()));
    }

    private Member submitter(Tx tx, Actor actor) {
        return actor.id()
                .filter(id -> actor.isPerson())
                .map(UUID::fromString)
                .flatMap(
                        id -> Optional.ofNullable(members.byIds(tx, List.of(id)).get(id)))
                .filter(Member::active)
                .orElseThrow(() -> new PostingRefused(
                        "submitter_unknown",
                        "A claim is submitted by a member of this company, not by " + actor.name()));
    }

    private Person person(Tx tx, UUID id, String what) {
        return Optional.ofNullable(members.byIds(tx, List.of(id)).get(id))
                .filter(Member::active)
                .map(member -> new Person(member.id(), member.name(), member.email()))
                .orElseThrow(() -> new PostingRefused(
                        what + "_unknown",
                        "Expected an active member of this company as " + what + " but got '" + id + "'"));
    }

    /**
     * Approves a claim and books it: expense against what is owed to the employee.
     *
     * @param amount the claimed amount without one
     * @throws PostingRefused not_found, wrong_state, amount_invalid, amount_above_claim,
     *     period_closed
     */
    public Done approve(Tx tx, UUID id, Optional<BigDecimal> amount, Herald herald) {
        ExpenseClaim claim = held(tx, id);
        if (claim.status() == Status.APPROVED || claim.status() == Status.PAID) {
            return new Done(claim, false);
        }
        requireSubmitted(claim);
        BigDecimal approved = amount.orElse(claim.amount());
        PaymentEntry.requireAmount("approved_amount", approved);
        if (approved.compareTo(claim.amount()) > 0) {
            throw new PostingRefused(
                    "amount_above_claim",
                    "Of " + claim.number() + " " + Money.written(claim.amount(), claim.currency())
                            + " is claimed, less than " + Money.written(approved, claim.currency()));
        }
        Journal journal = ledger.post(tx, posting(tx, claim, approved.setScale(DECIMALS), herald), herald);
        writes.approve(tx, id, approved.setScale(DECIMALS), journal.id());
        herald.journal(
                tx,
                "expense_claim.approved",
                PaymentEvents.CLAIM,
                id,
                Optional.of("submitted"),
                Optional.of("approved"),
                Money.written(approved, claim.currency()) + ", by " + journal.number());
        return new Done(rows.find(tx, id).orElseThrow(), true);
    }

    private Posting posting(Tx tx, ExpenseClaim claim, BigDecimal amount, Herald herald) {
        AccountRole role = claim.category().equalsIgnoreCase("travel") ? AccountRole.TRAVEL : AccountRole.EXPENSE;
        return new Posting(
                companies.get(tx).today(tx.now()),
                claim.number() + ", " + claim.category() + ", "
                        + claim.employee().name(),
                claim.currency(),
                claim.rate(),
                new Posting.Source(PaymentEvents.CLAIM, claim.id(), "approved"),
                List.of(
                        Line.debit(role, amount),
                        Line.credit(AccountRole.EMPLOYEE_PAYABLE, amount)
                                .of(new Party("employee", claim.employee().id()))),
                true,
                herald.by());
    }

    /**
     * @throws PostingRefused not_found, wrong_state
     */
    public Done reject(Tx tx, UUID id, String reason, Herald herald) {
        ExpenseClaim claim = held(tx, id);
        if (claim.status() == Status.REJECTED) {
            return new Done(claim, false);
        }
        requireSubmitted(claim);
        writes.reject(tx, id, reason);
        herald.journal(
                tx,
                "expense_claim.rejected",
                PaymentEvents.CLAIM,
                id,
                Optional.of("submitted"),
                Optional.of("rejected"),
                reason);
        return new Done(rows.find(tx, id).orElseThrow(), true);
    }

    private ExpenseClaim held(Tx tx, UUID id) {
        return rows.hold(tx, id)
                .orElseThrow(() -> new PostingRefused(
                        "not_found", "Expected an expense claim of this company but got '" + id + "'"));
    }

    private static void requireSubmitted(ExpenseClaim claim) {
        if (claim.status() != Status.SUBMITTED) {
            throw new PostingRefused(
                    "wrong_state",
                    "Expected " + claim.number() + " to be submitted but it is " + PaymentRows.text(claim.status()));
        }
    }

    /** How many claims of these days wait for a decision. */
    public int unposted(Tx tx, LocalDate from, LocalDate to) {
        return rows.submitted(tx, from, to);
    }
}
