package dev.millrace.erp.ledger;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.FiscalPeriod;
import dev.millrace.erp.Permissions;
import dev.millrace.erp.PostedJournal.Status;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.ledger.JournalRows.Head;
import dev.millrace.erp.ledger.JournalRows.Standing;
import dev.millrace.language.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Posts journals. Every method joins the caller's transaction, which locks, in this order, the journal that is
 * reversed, the accounting period (shared) and the series of journal numbers; the caller has locked its own document
 * before. After a refusal the transaction is to be rolled back.
 */
public final class Ledger {
    private static final String SERIES = "JV";

    private final Supplier<UUID> ids;
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final NumberRows numbers = new NumberRows();
    private final AccountRows accounts = new AccountRows();
    private final PeriodRows periods = new PeriodRows();
    private final JournalRows journals = new JournalRows();

    public Ledger(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /**
     * Posts a balanced journal and emits {@code journal.posted}.
     *
     * @throws PostingRefused lines_invalid, not_balanced, account_unknown, account_inactive, control_account,
     *     control_account_needs_party, period_closed, duplicate_reference
     */
    public Journal post(Tx tx, Posting posting, Herald herald) {
        Company company = companies.get(tx);
        List<Booked> lines =
                PostingCheck.lines(posting, accounts.chart(tx), company.info().currency());
        refuseTwice(tx, posting.source());
        return write(tx, company, posting, lines, Optional.empty(), herald);
    }

    /**
     * Posts the mirror of a journal and links both.
     *
     * @param bySubLedger the service of the document that the journal was posted for asks; nobody else may reverse that
     * @throws PostingRefused not_found, already_reversed, wrong_state (it is a reversal itself), control_account,
     *     period_closed
     */
    public Journal reverse(Tx tx, UUID journal, LocalDate date, String reason, boolean bySubLedger, Herald herald) {
        Standing standing = journals.hold(tx, journal)
                .orElseThrow(() -> new PostingRefused(
                        "not_found", "Expected a journal of this company but got '" + journal + "'"));
        check(standing, bySubLedger);
        List<Booked> mirror = journals.lines(tx, journal).stream()
                .map(line -> line.mirrored(reason))
                .toList();
        var posting = new Posting(
                date,
                "Reversal of " + standing.number() + ": " + reason,
                standing.currency(),
                standing.rate(),
                new Posting.Source(
                        standing.source().type(),
                        standing.source().id(),
                        Optional.of("reversal of " + standing.number())),
                List.of(),
                standing.bySubLedger(),
                herald.by());
        Journal reversal = write(tx, companies.get(tx), posting, mirror, Optional.of(journal), herald);
        journals.markReversed(tx, journal);
        herald.journal(
                tx,
                "journal.reversed",
                LedgerEvents.ENTITY,
                journal,
                Optional.of("posted"),
                Optional.of("reversed"),
                standing.number() + " by " + reversal.number() + ": " + reason);
        return reversal;
    }

    private static void check(Standing standing, boolean bySubLedger) {
        if (standing.status() == Status.REVERSED) {
            throw new PostingRefused("already_reversed", standing.number() + " is reversed already");
        }
        if (standing.reversalOf().isPresent()) {
            throw new PostingRefused(
                    "wrong_state", standing.number() + " is a reversal itself: post the journal again instead");
        }
        if (standing.bySubLedger() && !bySubLedger) {
            throw new PostingRefused(
                    "control_account",
                    standing.number() + " was posted for a " + standing.source().type()
                            + ": reverse that, and the journal goes with it");
        }
    }

    private void refuseTwice(Tx tx, Posting.Source source) {
        journals.posted(tx, source).ifPresent(number -> {
            throw twice(source, number);
        });
    }

    private static PostingRefused twice(Posting.Source source, String number) {
        return new PostingRefused(
                "duplicate_reference",
                "'" + source.reference().orElse("") + "' of this " + source.type() + " was posted already, as "
                        + number);
    }

    private Journal write(
            Tx tx, Company company, Posting posting, List<Booked> lines, Optional<UUID> reversalOf, Herald herald) {
        String period = posting.date().toString().substring(0, 7);
        requireOpen(tx, period, herald.actor());
        requireUnlocked(tx, posting.date());
        String year = company.fiscalYear(posting.date());
        var head = new Head(
                ids.get(),
                "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year)),
                posting.date(),
                period,
                posting.narration(),
                posting.currency(),
                posting.rate(),
                PostingCheck.sum(lines.stream().map(Booked::debit).toList()),
                PostingCheck.sum(lines.stream().map(Booked::baseDebit).toList()),
                lines.size(),
                posting.source(),
                posting.bySubLedger(),
                reversalOf,
                posting.postedBy());
        if (!journals.insert(tx, head)) {
            throw twice(posting.source(), "another journal at the same time");
        }
        journals.insertLines(tx, head.id(), lines);
        herald.journal(
                tx,
                LedgerEvents.POSTED,
                LedgerEvents.ENTITY,
                head.id(),
                Optional.empty(),
                Optional.of("posted"),
                head.number() + ", " + Money.written(head.total(), head.currency()) + ": " + head.narration());
        herald.publish(tx, LedgerEvents.POSTED, LedgerEvents.posted(head, lines));
        return new Journal(head.id(), head.number(), head.total());
    }

    /** The period is made where nothing was posted into it yet, and stays as it is until the transaction ends. */
    private void requireOpen(Tx tx, String period, Actor actor) {
        FiscalPeriod found = periods.share(tx, period).orElseGet(() -> {
            companies.hold(tx);
            periods.open(tx, period);
            return periods.share(tx, period).orElseThrow();
        });
        switch (found.status()) {
            case OPEN -> {
                // Everybody posts.
            }
            case SOFT_CLOSED -> {
                if (!isAccounts(tx, actor)) {
                    throw new PostingRefused(
                            "period_closed",
                            "The accounting period " + period
                                    + " is closed for everybody but Accounts: let Accounts post"
                                    + " it, or post it into an open period");
                }
            }
            case CLOSED ->
                throw new PostingRefused(
                        "period_closed", "The accounting period " + period + " is closed: post into an open period");
        }
    }

    /** With the period shared: who moves the day waits for this posting, or this posting for that. */
    private void requireUnlocked(Tx tx, LocalDate date) {
        companies.lockDate(tx).filter(locked -> !date.isAfter(locked)).ifPresent(locked -> {
            throw new PostingRefused(
                    "period_closed", "The books are locked up to " + locked + ": post on a day after it");
        });
    }

    private boolean isAccounts(Tx tx, Actor actor) {
        return actor.id()
                .filter(id -> actor.isPerson())
                .map(UUID::fromString)
                .flatMap(
                        id -> Optional.ofNullable(members.byIds(tx, List.of(id)).get(id)))
                .filter(Member::active)
                .filter(member -> member.roles().contains(Permissions.ACCOUNTS))
                .isPresent();
    }
}
