package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.Payment.Method;
import dev.millrace.erp.Payment.Status;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Journal;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.Posting;
import dev.millrace.erp.ledger.Posting.Line;
import dev.millrace.erp.ledger.Posting.Party;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Posts, cancels and reverses payments. Locks the payment, then the documents that it pays by type and id, then the party
 * (shared); joins the caller's transaction, which is to be rolled back after a refusal. Setting a state that already holds
 * is success without a change.
 */
public final class PaymentStates {
    private static final int DECIMALS = 2;

    private final Ledger ledger;
    private final Payables payables;
    private final CompanyRows companies = new CompanyRows();
    private final PaymentRows rows = new PaymentRows();
    private final PaymentWriteRows writes = new PaymentWriteRows();

    public PaymentStates(Ledger ledger, Payables payables) {
        this.ledger = ledger;
        this.payables = payables;
    }

    /** What came of it; changed is false where it was so before. */
    public record Done(Payment payment, boolean changed) {}

    /**
     * Posts a draft that no run has taken and emits {@code payment.posted}.
     *
     * @throws PostingRefused not_found, wrong_state, party_blocked, bank_unverified, document_not_payable, period_closed
     */
    public Done post(Tx tx, UUID id, Herald herald) {
        Payment payment = held(tx, id);
        if (payment.status() == Status.POSTED) {
            return new Done(payment, false);
        }
        requireDraft(payment);
        if (payment.paymentRunId().isPresent()) {
            throw new PostingRefused(
                    "wrong_state", payment.number() + " is part of a payment run: release or cancel the run");
        }
        payables.requireInForce(tx, payment.allocations());
        return new Done(postHeld(tx, payment, herald), true);
    }

    /** With the payment and what it pays locked. */
    Payment postHeld(Tx tx, Payment payment, Herald herald) {
        Payee.Facts party = payables.payee(tx, payment.partyType(), payment.partyId());
        if (party.blocked()) {
            throw PaymentEntry.blocked(party.name());
        }
        if (!party.bankVerified() && payment.direction() == Direction.OUTGOING && payment.method() != Method.CASH) {
            throw new PostingRefused(
                    "bank_unverified",
                    "The bank details of " + party.name() + " were changed and are not verified: verify them first");
        }
        Company company = companies.get(tx);
        Journal journal = ledger.post(tx, posting(payment, company.info().currency(), herald), herald);
        writes.post(tx, payment.id(), journal.id());
        payables.settle(tx, payment.allocations(), rows);
        Payment posted = rows.find(tx, payment.id()).orElseThrow();
        herald.journal(
                tx,
                PaymentEvents.POSTED,
                PaymentEvents.PAYMENT,
                payment.id(),
                Optional.of("draft"),
                Optional.of("posted"),
                payment.number() + " by " + journal.number());
        herald.publish(tx, PaymentEvents.POSTED, PaymentEvents.posted(posted, party.email()));
        return posted;
    }

    private static Posting posting(Payment payment, String own, Herald herald) {
        boolean outgoing = payment.direction() == Direction.OUTGOING;
        var party = new Party(PaymentRows.text(payment.partyType()), payment.partyId());
        AccountRole account = switch (payment.partyType()) {
            case SUPPLIER -> AccountRole.PAYABLE;
            case CUSTOMER -> AccountRole.RECEIVABLE;
            case EMPLOYEE -> AccountRole.EMPLOYEE_PAYABLE;
        };
        var lines = new ArrayList<Line>();
        BigDecimal left = payment.amount();
        BigDecimal worth = BigDecimal.ZERO;
        for (Payment.Allocation paid : payment.allocations()) {
            BigDecimal base = base(paid.amount(), paid.rate());
            lines.add(line(outgoing, account, paid.amount(), base, Optional.of(party), Optional.of(paid.number())));
            left = left.subtract(paid.amount());
            worth = worth.add(base);
        }
        if (left.signum() > 0) {
            BigDecimal base = base(left, payment.rate());
            lines.add(line(outgoing, account, left, base, Optional.of(party), Optional.of("on account")));
            worth = worth.add(base);
        }
        AccountRole money = payment.method() == Method.CASH ? AccountRole.CASH : AccountRole.BANK;
        lines.add(
                line(!outgoing, money, payment.amount(), payment.amountBase(), Optional.empty(), payment.reference()));
        BigDecimal lost = outgoing ? payment.amountBase().subtract(worth) : worth.subtract(payment.amountBase());
        if (lost.signum() != 0) {
            lines.add(Line.inBase(
                    payment.currency().equals(own) ? AccountRole.ROUNDING : AccountRole.EXCHANGE_DIFFERENCE, lost));
        }
        return new Posting(
                payment.date(),
                (outgoing ? "Payment " : "Receipt ") + payment.number() + ", " + payment.partyName(),
                payment.currency(),
                payment.rate(),
                new Posting.Source(PaymentEvents.PAYMENT, payment.id(), "posted"),
                lines,
                true,
                herald.by());
    }

    private static Line line(
            boolean debit,
            AccountRole role,
            BigDecimal amount,
            BigDecimal base,
            Optional<Party> party,
            Optional<String> memo) {
        return new Line(
                new Posting.Account.Role(role),
                debit ? amount : BigDecimal.ZERO,
                debit ? BigDecimal.ZERO : amount,
                Optional.of(debit ? base : base.negate()),
                party,
                Optional.empty(),
                memo);
    }

    private static BigDecimal base(BigDecimal amount, BigDecimal rate) {
        return amount.multiply(rate).setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /**
     * Cancels a draft that no run has taken, and gives back what it was to pay.
     *
     * @throws PostingRefused not_found, wrong_state
     */
    public Done cancel(Tx tx, UUID id, String reason, Herald herald) {
        Payment payment = held(tx, id);
        if (payment.status() == Status.CANCELLED) {
            return new Done(payment, false);
        }
        requireDraft(payment);
        if (payment.paymentRunId().isPresent()) {
            throw new PostingRefused("wrong_state", payment.number() + " is part of a payment run: cancel the run");
        }
        return new Done(cancelHeld(tx, payment, reason, herald), true);
    }

    /** With the payment locked. */
    Payment cancelHeld(Tx tx, Payment payment, String reason, Herald herald) {
        payables.giveBack(tx, payment.allocations());
        writes.cancel(tx, payment.id(), reason);
        herald.journal(
                tx,
                "payment.cancelled",
                PaymentEvents.PAYMENT,
                payment.id(),
                Optional.of("draft"),
                Optional.of("cancelled"),
                reason);
        return rows.find(tx, payment.id()).orElseThrow();
    }

    /**
     * Reverses a posted payment's journal, and gives back what it paid.
     *
     * @throws PostingRefused not_found, wrong_state, period_closed
     */
    public Done reverse(Tx tx, UUID id, LocalDate date, String reason, Herald herald) {
        Payment payment = held(tx, id);
        if (payment.status() == Status.REVERSED) {
            return new Done(payment, false);
        }
        if (payment.status() != Status.POSTED) {
            throw new PostingRefused(
                    "wrong_state",
                    "Expected " + payment.number() + " to be posted but it is " + PaymentRows.text(payment.status()));
        }
        payables.hold(tx, payment.allocations());
        ledger.reverse(tx, payment.journalId().orElseThrow(), date, reason, true, herald);
        writes.reverse(tx, id, reason);
        payables.settle(tx, payment.allocations(), rows);
        payables.giveBack(tx, payment.allocations());
        herald.journal(
                tx,
                "payment.reversed",
                PaymentEvents.PAYMENT,
                id,
                Optional.of("posted"),
                Optional.of("reversed"),
                reason);
        return new Done(rows.find(tx, id).orElseThrow(), true);
    }

    private Payment held(Tx tx, UUID id) {
        return rows.hold(tx, id)
                .orElseThrow(() ->
                        new PostingRefused("not_found", "Expected a payment of this company but got '" + id + "'"));
    }

    private static void requireDraft(Payment payment) {
        if (payment.status() != Status.DRAFT) {
            throw new PostingRefused(
                    "wrong_state",
                    "Expected " + payment.number() + " to be a draft but it is " + PaymentRows.text(payment.status()));
        }
    }

    /** How many drafts of these days there are. */
    public int unposted(Tx tx, LocalDate from, LocalDate to) {
        return rows.drafts(tx, from, to);
    }

    /** Drafts and posted payments of the given ones, for who holds a run. */
    static List<UUID> ids(List<Payment> payments) {
        return payments.stream().map(Payment::id).toList();
    }
}
