package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Journal;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.LedgerEvents;
import dev.millrace.erp.ledger.Posting;
import dev.millrace.erp.ledger.Posting.Line;
import dev.millrace.erp.ledger.Posting.Party;
import dev.millrace.language.EventType;
import dev.millrace.language.Shapes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private final World world = new World();
    private final Ledger ledger = new Ledger(world.erp.ids());
    private final Journals journals = world.erp.journals(world.events, world.trail());
    private final ServiceHerald herald = new ServiceHerald(world.events, world.trail(), Actor.SYSTEM);
    private final Party supplier = new Party("supplier", new UUID(5, 5));

    @Test
    void a_journal_is_posted_with_a_number_without_gaps_and_told_once() {
        Journal first = post(posting("r1", debit("5400", "1200.50"), credit("1000", "1200.50")));
        Journal second = post(posting("r2", debit("5400", "1"), credit("1000", "1")));

        PostedJournal posted = journal(first.id());
        assertThat(first.number()).isEqualTo("JV/2026-27/00001");
        assertThat(second.number()).isEqualTo("JV/2026-27/00002");
        assertThat(first.total()).isEqualTo("1200.50");
        assertThat(posted.header().period()).isEqualTo("2026-11");
        assertThat(posted.header().accounts()).containsExactly("5400", "1000");
        assertThat(posted.lines())
                .extracting(PostedJournal.Line::baseDebit)
                .containsExactly(new BigDecimal("1200.50"), new BigDecimal("0.00"));
        assertThat(world.events.names()).containsExactly("journal.posted", "journal.posted");
        assertThat(world.trail.getFirst())
                .isEqualTo("Millrace journal.posted - posted: JV/2026-27/00001, ₹1,200.50: rent");
        fitsItsType(world.events.published.getFirst());
    }

    @Test
    void nothing_is_posted_that_does_not_balance_or_names_what_is_not_there() {
        assertRefused("not_balanced", posting("a", debit("5400", "10"), credit("1000", "9.99")));
        assertRefused("account_unknown", posting("a", debit("9999", "10"), credit("1000", "10")));
        assertRefused("lines_invalid", posting("a", debit("5400", "10")));
        assertRefused("lines_invalid", posting("a", debit("5400", "0"), credit("1000", "0")));
        assertRefused("lines_invalid", posting("a", debit("5400", "0.005"), credit("1000", "0.005")));
        assertRefused("lines_invalid", posting("a", debit("5400", "-1"), credit("1000", "-1")));
        world.sql(
                "update accounts set active = false where tenant_id = :tenant and code = '5400' and id <> :id",
                new UUID(1, 1));
        assertRefused("account_inactive", posting("a", debit("5400", "10"), credit("1000", "10")));

        assertThat(world.count("journals")).isZero();
        assertThat(world.events.published).isEmpty();
    }

    @Test
    void only_the_sub_ledger_posts_to_a_control_account_and_says_whose_it_is() {
        assertRefused(
                "control_account",
                posting("a", debit("5400", "10"), credit("2000", "10").of(supplier)));
        assertRefused("control_account", posting("a", debit("1200", "10"), credit("1000", "10")));
        assertRefused("control_account", posting("a", debit("5400", "10"), credit("1290", "10")));
        assertRefused("control_account_needs_party", bySubLedger("a", debit("5400", "10"), credit("2000", "10")));

        post(bySubLedger("a", debit("5400", "10"), credit("2000", "10").of(supplier)));

        assertThat(world.count("journals")).isEqualTo(1);
    }

    @Test
    void the_same_source_is_posted_once() {
        post(posting("r1", debit("5400", "10"), credit("1000", "10")));

        assertRefused("duplicate_reference", posting("r1", debit("5400", "20"), credit("1000", "20")));

        assertThat(world.count("journals")).isEqualTo(1);
        assertThat(next("JV")).isEqualTo(2);
    }

    @Test
    void a_foreign_journal_balances_in_the_companys_currency_too_and_rounding_has_its_account() {
        Journal journal = post(new Posting(
                DAY,
                "three parts of a dollar bill",
                "USD",
                new BigDecimal("83.335"),
                new Posting.Source("test", new UUID(1, 1), "usd"),
                List.of(debit("5400", "0.01"), debit("5300", "0.01"), debit("5500", "0.01"), credit("1000", "0.03")),
                false,
                "a test"));

        PostedJournal posted = journal(journal.id());
        // 0.83335 three times is 0.83 three times, 2.49, and 2.50005 is 2.50.
        assertThat(posted.lines()).hasSize(5);
        assertThat(posted.lines().getLast().accountCode()).isEqualTo("5900");
        assertThat(posted.lines().getLast().baseDebit()).isEqualTo("0.01");
        assertThat(posted.header().total()).isEqualTo("0.03");
        assertThat(posted.header().baseTotal()).isEqualTo("2.50");
        assertThat(zero()).isTrue();
    }

    @Test
    void what_a_line_is_worth_may_be_said_and_the_difference_posted() {
        Journal journal = post(new Posting(
                DAY,
                "a payable of 100 dollars, booked at 80, paid at 83",
                "USD",
                new BigDecimal("83"),
                new Posting.Source("test", new UUID(1, 1), "usd"),
                List.of(
                        Line.debit(AccountRole.PAYABLE, new BigDecimal("100"))
                                .of(supplier)
                                .worth(new BigDecimal("8000")),
                        Line.inBase(AccountRole.EXCHANGE_DIFFERENCE, new BigDecimal("300")),
                        Line.credit(AccountRole.BANK, new BigDecimal("100"))),
                true,
                "a test"));

        assertThat(journal(journal.id()).lines())
                .extracting(line -> line.accountCode() + " " + line.baseDebit() + " " + line.baseCredit())
                .containsExactly("2000 8000.00 0.00", "5910 300.00 0.00", "1000 0.00 8300.00");
    }

    @Test
    void a_reversal_undoes_the_journal_account_by_account_and_once() {
        Journal journal = post(posting("r1", debit("5400", "10"), debit("5300", "5"), credit("1000", "15")));

        PostedJournal reversal =
                world.run(tx -> journals.reverse(tx, journal.id(), Optional.of(DAY), "wrong month", Actor.SYSTEM));

        assertThat(reversal.header().reversalOf()).contains(journal.id());
        assertThat(journal(journal.id()).header().status()).isEqualTo(PostedJournal.Status.REVERSED);
        assertThat(balance().lines()).allMatch(line -> line.balance().signum() == 0);
        assertThat(refusal(() ->
                        world.run(tx -> journals.reverse(tx, journal.id(), Optional.of(DAY), "again", Actor.SYSTEM))))
                .isEqualTo("already_reversed");
        assertThat(refusal(() -> world.run(
                        tx -> journals.reverse(tx, reversal.header().id(), Optional.of(DAY), "back", Actor.SYSTEM))))
                .isEqualTo("wrong_state");
        assertThat(refusal(() ->
                        world.run(tx -> journals.reverse(tx, new UUID(1, 2), Optional.of(DAY), "x", Actor.SYSTEM))))
                .isEqualTo("not_found");
    }

    @Test
    void a_documents_journal_is_reversed_with_its_document_alone() {
        Journal journal =
                post(bySubLedger("a", debit("5400", "10"), credit("2000", "10").of(supplier)));

        assertThat(refusal(
                        () -> world.run(tx -> journals.reverse(tx, journal.id(), Optional.of(DAY), "x", Actor.SYSTEM))))
                .isEqualTo("control_account");
        world.run(tx -> ledger.reverse(tx, journal.id(), DAY, "returned", true, herald));

        assertThat(balance().lines()).allMatch(line -> line.balance().signum() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journals set narration = 'other' where tenant_id = :tenant and id = :id",
                "update journals set total = 1 where tenant_id = :tenant and id = :id",
                "update journals set status = 'reversed' where tenant_id = :tenant and id = :id",
                "update journal_lines set debit = 1 where tenant_id = :tenant and journal_id = :id",
                "delete from journal_lines where tenant_id = :tenant and journal_id = :id",
                "delete from journals where tenant_id = :tenant and id = :id",
                """
                insert into journal_lines (tenant_id, journal_id, line_no, account_id, debit, credit, base_debit, base_credit)
                select l.tenant_id, l.journal_id, l.line_no + 10, l.account_id, l.debit, l.credit, l.base_debit, l.base_credit
                  from journal_lines l where l.tenant_id = :tenant and l.journal_id = :id
                """,
                """
                insert into journals (tenant_id, id, number, date, period, narration, currency, rate, total, base_total,
                       line_count, source_type, by_sub_ledger, status, posted_by)
                select j.tenant_id, j.tenant_id, 'X', j.date, j.period, 'no lines', j.currency, 1, 1, 1, 2, 'test', false,
                       'posted', 'x'
                  from journals j where j.tenant_id = :tenant and j.id = :id
                """
            })
    void a_posted_journal_refuses_every_change_by_sql(String statement) {
        Journal journal = post(posting("r1", debit("5400", "10"), credit("1000", "10")));
        PostedJournal before = journal(journal.id());

        assertThatThrownBy(() -> world.sql(statement, journal.id())).isInstanceOf(RuntimeException.class);

        assertThat(journal(journal.id())).isEqualTo(before);
        assertThat(world.count("journals")).isEqualTo(1);
    }

    @Test
    void a_journal_that_does_not_balance_does_not_commit_by_sql_either() {
        Journal journal = post(posting("r1", debit("5400", "10"), credit("1000", "10")));

        assertThatThrownBy(() -> world.sql("""
                        with head as (
                            insert into journals (tenant_id, id, number, date, period, narration, currency, rate, total,
                                   base_total, line_count, source_type, by_sub_ledger, status, posted_by)
                            select j.tenant_id, j.tenant_id, 'X', j.date, j.period, 'lopsided', j.currency, 1, 10, 10, 2,
                                   'test', false, 'posted', 'x'
                              from journals j where j.tenant_id = :tenant and j.id = :id
                            returning tenant_id, id)
                        insert into journal_lines (tenant_id, journal_id, line_no, account_id, debit, credit, base_debit,
                               base_credit)
                        select h.tenant_id, h.id, l.line_no, l.account_id, l.debit, l.credit * 0.9, l.base_debit,
                               l.base_credit * 0.9
                          from head h, journal_lines l where l.tenant_id = :tenant and l.journal_id = :id
                        """, journal.id())).hasStackTraceContaining("does not balance");

        assertThat(world.count("journals")).isEqualTo(1);
    }

    /** Invariants 1, 2 and 10: whatever is posted, refused and reversed, the trial balance is zero. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void after_any_history_the_trial_balance_is_zero(long seed) {
        var random = new Random(seed);
        String[] codes = {"1000", "1010", "1500", "2200", "3000", "4900", "5400", "5500", "5900"};
        var posted = new ArrayList<UUID>();
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(4) == 0 && !posted.isEmpty()) {
                UUID one = posted.remove(random.nextInt(posted.size()));
                world.run(tx -> journals.reverse(tx, one, Optional.of(DAY), "history", Actor.SYSTEM));
                continue;
            }
            var lines = new ArrayList<Line>();
            BigDecimal left = BigDecimal.ZERO;
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(10_000_00), 2);
                left = left.add(amount);
                lines.add(debit(codes[random.nextInt(codes.length)], amount.toPlainString()));
            }
            boolean wrong = random.nextInt(5) == 0;
            lines.add(credit(
                    codes[random.nextInt(codes.length)],
                    (wrong ? left.add(new BigDecimal("0.01")) : left).toPlainString()));
            var posting = new Posting(
                    DAY.plusDays(random.nextInt(120)),
                    "history " + i,
                    "USD",
                    BigDecimal.valueOf(10_000 + random.nextInt(900_000), 4),
                    new Posting.Source("history", Optional.empty(), Optional.empty()),
                    lines,
                    false,
                    "a test");
            if (wrong) {
                assertRefused("not_balanced", posting);
            } else {
                posted.add(post(posting).id());
            }
        }

        assertThat(zero()).isTrue();
        assertThat(balance().lines()).isNotEmpty();
        for (UUID one : posted) {
            world.run(tx -> journals.reverse(tx, one, Optional.of(DAY), "all back", Actor.SYSTEM));
        }
        assertThat(balance().lines()).allMatch(line -> line.balance().signum() == 0);
    }

    private void fitsItsType(NewEvent event) {
        EventType type = LedgerEvents.TYPES.stream()
                .filter(t -> t.name().equals(event.name()))
                .findFirst()
                .orElseThrow();
        assertThat(Shapes.fit(event.payload(), type.payload()).misfits()).isEmpty();
    }

    private Journal post(Posting posting) {
        return world.run(tx -> ledger.post(tx, posting, herald));
    }

    private void assertRefused(String code, Posting posting) {
        assertThat(refusal(() -> post(posting))).isEqualTo(code);
    }

    private static String refusal(ThrowingCallable call) {
        PostingRefused refused = catchThrowableOfType(PostingRefused.class, call);
        assertThat(refused).as("it was not refused").isNotNull();
        return refused.code();
    }

    private PostedJournal journal(UUID id) {
        return world.run(tx -> journals.find(tx, id)).orElseThrow();
    }

    private TrialBalance balance() {
        return world.run(tx -> journals.trialBalance(tx, LocalDate.of(2030, 1, 1)));
    }

    private boolean zero() {
        return balance().debit().compareTo(balance().credit()) == 0;
    }

    private long next(String series) {
        return world.run(tx -> tx.handle()
                .createQuery("select next from number_series where tenant_id = :tenant and series = :series")
                .bind("tenant", tx.tenant())
                .bind("series", series)
                .mapTo(Long.class)
                .one());
    }

    private static Posting posting(String reference, Line... lines) {
        return new Posting(
                DAY,
                "rent",
                "INR",
                BigDecimal.ONE,
                new Posting.Source("test", new UUID(1, 1), reference),
                List.of(lines),
                false,
                "a test");
    }

    private static Posting bySubLedger(String reference, Line... lines) {
        Posting posting = posting(reference, lines);
        return new Posting(
                posting.date(),
                posting.narration(),
                posting.currency(),
                posting.rate(),
                posting.source(),
                posting.lines(),
                true,
                posting.postedBy());
    }

    private static Line debit(String code, String amount) {
        return new Line(
                new Posting.Account.Code(code),
                new BigDecimal(amount),
                BigDecimal.ZERO,
                Optional.empty(),
                Optional.empty());
    }

    private static Line credit(String code, String amount) {
        return new Line(
                new Posting.Account.Code(code),
                BigDecimal.ZERO,
                new BigDecimal(amount),
                Optional.empty(),
                Optional.empty());
    }
}
