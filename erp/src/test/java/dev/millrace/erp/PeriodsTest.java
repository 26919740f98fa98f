package dev.millrace.erp;

import static dev.millrace.erp.Books.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.engine.Actor;
import dev.millrace.erp.FiscalPeriod.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PeriodsTest {
    private static final LocalDate OCTOBER = LocalDate.of(2026, 10, 31);
    private static final LocalDate NOVEMBER = LocalDate.of(2026, 11, 1);

    private final Books books = new Books();
    private final World world = books.world;

    /** Invariant 7. */
    @Test
    void nothing_is_posted_into_a_closed_month_nor_before_it_not_by_sql_either() {
        PostedJournal october = post(OCTOBER);
        close("2026-10", false);

        assertThat(refusal(() -> post(OCTOBER))).isEqualTo("period_closed");
        assertThat(refusal(() -> post(LocalDate.of(2026, 3, 1)))).isEqualTo("period_closed");
        assertThat(refusal(() -> world.run(tx ->
                        books.journals.reverse(tx, october.header().id(), Optional.of(OCTOBER), "x", books.meera))))
                .isEqualTo("period_closed");
        assertThatThrownBy(() -> world.sql("""
                        insert into journals (tenant_id, id, number, date, period, narration, currency, rate, total, base_total,
                               line_count, source_type, by_sub_ledger, status, posted_by)
                        select j.tenant_id, j.tenant_id, 'X', j.date, j.period, 'late', j.currency, 1, 1, 1, 2, 'test', false,
                               'posted', 'x'
                          from journals j where j.tenant_id = :tenant and j.id = :id
                        """, october.header().id())).hasStackTraceContaining("is closed");
        post(NOVEMBER);

        assertThat(world.count("journals")).isEqualTo(2);
    }

    @Test
    void months_are_closed_one_after_the_other_and_opened_again_the_last_one_first() {
        post(OCTOBER);
        post(NOVEMBER);

        assertThat(close("2026-11", false)).isInstanceOf(Closing.PreviousOpen.class);
        assertThat(close("2026-10", false)).isEqualTo(done("2026-10", Status.CLOSED, true));
        assertThat(close("2026-10", false)).isEqualTo(done("2026-10", Status.CLOSED, false));
        assertThat(close("2026-10", true)).isInstanceOf(Closing.AlreadyClosed.class);
        assertThat(close("2026-11", false)).isEqualTo(done("2026-11", Status.CLOSED, true));
        assertThat(open("2026-10")).isInstanceOf(Closing.NextClosed.class);
        assertThat(open("2026-11")).isEqualTo(done("2026-11", Status.OPEN, true));
        assertThat(open("2026-10")).isEqualTo(done("2026-10", Status.OPEN, true));
        assertThat(close("2026-13", false)).isEqualTo(new Closing.Invalid("2026-13"));
        assertThat(world.trail).contains("Asha Admin period.opened closed open: 2026-10");
        post(OCTOBER);
    }

    @Test
    void into_a_softly_closed_month_accounts_alone_post() {
        post(OCTOBER);
        close("2026-10", true);

        assertThat(refusal(() -> post(OCTOBER))).isEqualTo("period_closed");
        UUID meera = world.member("finance.head").id();
        world.run(tx -> world.erp
                .membership(world.trail())
                .change(tx, meera, Optional.empty(), Optional.of(Set.of(Permissions.ACCOUNTS)), books.admin));
        post(OCTOBER);

        assertThat(world.count("journals")).isEqualTo(2);
    }

    @Test
    void a_month_with_documents_that_are_not_posted_is_closed_softly_at_most() {
        ExpenseClaim claim = books.submitted("10");
        String month = books.today().toString().substring(0, 7);

        assertThat(close(month, false)).isEqualTo(new Closing.Unposted(month, 1));
        assertThat(close(month, true))
                .isEqualTo(new Closing.Done(new FiscalPeriod(month, Status.SOFT_CLOSED), 1, true));
        world.run(tx -> books.claims.reject(tx, claim.id(), "private", books.meera));
        assertThat(close(month, false)).isEqualTo(done(month, Status.CLOSED, true));
    }

    /** A close waits for who is posting into the month, and nothing comes in behind it. */
    @Test
    void a_close_waits_for_a_posting_under_way() throws Exception {
        post(OCTOBER);
        var posted = new CountDownLatch(1);
        var closing = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var poster = threads.submit(() -> world.run(tx -> {
                PostedJournal journal = books.journals.post(tx, journal(OCTOBER), books.meera);
                posted.countDown();
                awaitUninterruptibly(closing);
                return journal;
            }));
            posted.await();
            var closer = threads.submit(() -> {
                closing.countDown();
                return close("2026-10", false);
            });
            poster.get();
            assertThat(closer.get()).isEqualTo(done("2026-10", Status.CLOSED, true));
        }

        assertThat(world.count("journals")).isEqualTo(2);
        assertThat(refusal(() -> post(OCTOBER))).isEqualTo("period_closed");
    }

    @Test
    void nothing_is_posted_on_or_before_the_day_up_to_which_the_books_are_locked() {
        PostedJournal journal = post(OCTOBER);

        assertThat(lock(OCTOBER)).isTrue();
        assertThat(lock(OCTOBER)).isFalse();

        assertThat(catchThrowable(() -> post(OCTOBER)))
                .isInstanceOf(PostingRefused.class)
                .hasMessage("The books are locked up to 2026-10-31: post on a day after it");
        assertThat(refusal(() -> post(OCTOBER.minusYears(2)))).isEqualTo("period_closed");
        assertThatThrownBy(() -> world.sql("""
                        insert into journals (tenant_id, id, number, date, period, narration, currency, rate, total, base_total,
                               line_count, source_type, by_sub_ledger, status, posted_by)
                        select j.tenant_id, j.tenant_id, 'X', j.date, j.period, 'late', j.currency, 1, 1, 1, 2, 'test', false,
                               'posted', 'x'
                          from journals j where j.tenant_id = :tenant and j.id = :id
                        """, journal.header().id()))
                .hasStackTraceContaining("locked up to 2026-10-31");
        post(NOVEMBER);
        assertThat(world.trail)
                .contains(
                        "Asha Admin books.locked not locked 2026-10-31: the last day on which nothing is posted any more");
        assertThat(world.<Boolean>run(tx -> books.periods.lockUpTo(tx, Optional.empty(), books.admin)))
                .isTrue();
        post(OCTOBER);
    }

    @Test
    void books_are_locked_up_to_a_day_that_is_over() {
        assertThat(refusal(() -> lock(books.today()))).isEqualTo("date_invalid");
        assertThat(lock(books.today().minusDays(1))).isTrue();
        assertThat(world.<Optional<LocalDate>>run(books.periods::lockDate))
                .contains(books.today().minusDays(1));
    }

    /** Who moves the day waits for who is posting before it, and nothing comes in behind it. */
    @Test
    void locking_the_books_waits_for_a_posting_under_way() throws Exception {
        post(OCTOBER);
        var posted = new CountDownLatch(1);
        var locking = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var poster = threads.submit(() -> world.run(tx -> {
                PostedJournal journal = books.journals.post(tx, journal(OCTOBER), books.meera);
                posted.countDown();
                awaitUninterruptibly(locking);
                return journal;
            }));
            posted.await();
            var locker = threads.submit(() -> {
                locking.countDown();
                return lock(OCTOBER);
            });
            poster.get();
            assertThat(locker.get()).isTrue();
        }

        assertThat(world.count("journals")).isEqualTo(2);
        assertThat(refusal(() -> post(OCTOBER))).isEqualTo("period_closed");
    }

    private boolean lock(LocalDate day) {
        return world.run(tx -> books.periods.lockUpTo(tx, Optional.of(day), books.admin));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private PostedJournal post(LocalDate day) {
        return world.run(tx -> books.journals.post(tx, journal(day), books.meera));
    }

    private static Journals.NewJournal journal(LocalDate day) {
        BigDecimal none = BigDecimal.ZERO;
        return new Journals.NewJournal(
                Optional.of(day),
                "rent",
                List.of(
                        new Journals.NewLine("5400", BigDecimal.TEN, none, Optional.empty(), Optional.empty()),
                        new Journals.NewLine("1000", none, BigDecimal.TEN, Optional.empty(), Optional.empty())),
                Optional.empty());
    }

    private Closing close(String period, boolean soft) {
        return world.run(tx -> books.periods.close(tx, period, soft, books.meera));
    }

    private Closing open(String period) {
        Actor admin = books.admin;
        return world.run(tx -> books.periods.open(tx, period, admin));
    }

    private static Closing.Done done(String period, Status status, boolean changed) {
        return new Closing.Done(new FiscalPeriod(period, status), 0, changed);
    }
}
