package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.ledger.AccountRows;
import dev.millrace.erp.ledger.Journal;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.LedgerRows;
import dev.millrace.erp.ledger.PostJournalEntry;
import dev.millrace.erp.ledger.Posting;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Journals, as people post and read them. Every method joins the caller's transaction; who may call what is the caller's
 * business.
 */
public final class Journals {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Trail trail;
    private final Ledger ledger;
    private final LedgerRows rows = new LedgerRows();
    private final CompanyRows companies = new CompanyRows();
    private final AccountRows accounts = new AccountRows();

    Journals(EventPublisher events, Trail trail, Ledger ledger) {
        this.events = events;
        this.trail = trail;
        this.ledger = ledger;
    }

    /**
     * A journal by hand, in the company's currency.
     *
     * @param date today without one
     * @param reference posted once
     */
    public record NewJournal(
            Optional<LocalDate> date, String narration, List<NewLine> lines, Optional<String> reference) {
        public NewJournal {
            lines = List.copyOf(lines);
        }
    }

    /** Exactly one of debit and credit is above zero. */
    public record NewLine(
            String accountCode,
            BigDecimal debit,
            BigDecimal credit,
            Optional<String> costCenter,
            Optional<String> memo) {}

    /**
     * Posts and emits {@code journal.posted}.
     *
     * @throws PostingRefused nothing was posted; the transaction is to be rolled back
     */
    public PostedJournal post(Tx tx, NewJournal journal, Actor actor) {
        Company company = companies.get(tx);
        var posting = new Posting(
                journal.date().orElseGet(() -> company.today(tx.now())),
                journal.narration(),
                company.info().currency(),
                BigDecimal.ONE,
                new Posting.Source(PostJournalEntry.MANUAL, Optional.empty(), journal.reference()),
                journal.lines().stream()
                        .map(line -> new Posting.Line(
                                new Posting.Account.Code(line.accountCode()),
                                line.debit(),
                                line.credit(),
                                Optional.empty(),
                                Optional.empty(),
                                line.costCenter(),
                                line.memo()))
                        .toList(),
                false,
                actor.name());
        return get(tx, ledger.post(tx, posting, herald(actor)));
    }

    /**
     * Posts the mirror of a journal that was posted by hand.
     *
     * @param date today without one
     * @return the reversal
     * @throws PostingRefused nothing was posted; the transaction is to be rolled back
     */
    public PostedJournal reverse(Tx tx, UUID journal, Optional<LocalDate> date, String reason, Actor actor) {
        LocalDate day = date.orElseGet(() -> companies.get(tx).today(tx.now()));
        return get(tx, ledger.reverse(tx, journal, day, reason, false, herald(actor)));
    }

    public Optional<PostedJournal> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /**
     * Newest first.
     *
     * @param period only of this month, {@code 2026-11}
     * @param before the id of the last one seen: the next page begins after it
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<PostedJournal.Header> list(Tx tx, Optional<String> period, Optional<UUID> before, int limit) {
        return rows.page(tx, period, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    /** The chart of accounts, by code. */
    public List<LedgerAccount> accounts(Tx tx) {
        return accounts.all(tx);
    }

    /**
     * What every account has come to.
     *
     * @param until the last day that counts
     */
    public TrialBalance trialBalance(Tx tx, LocalDate until) {
        List<TrialBalance.Line> lines = rows.trialBalance(tx, until);
        BigDecimal none = BigDecimal.ZERO.setScale(2);
        return new TrialBalance(
                lines,
                lines.stream().map(TrialBalance.Line::debit).reduce(none, BigDecimal::add),
                lines.stream().map(TrialBalance.Line::credit).reduce(none, BigDecimal::add));
    }

    private PostedJournal get(Tx tx, Journal journal) {
        return rows.find(tx, journal.id()).orElseThrow();
    }

    private ServiceHerald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }
}
