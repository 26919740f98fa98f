package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.Json;
import dev.millrace.engine.approval.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The template month-end-close on the real engine, over each of its branches. */
class MonthEndTest {
    private final Acme acme = new Acme(Course.template("month-end-close"));
    private final Course course = new Course(acme);
    private final SupplierInvoices invoices =
            acme.erp.supplierInvoices(acme.engine.events(), acme.engine.documents(), acme.trail);
    private final Periods periods = acme.erp.periods(acme.engine.events(), acme.trail);
    private final YearMonth month = YearMonth.from(course.today());

    @AfterEach
    void close() {
        acme.close();
    }

    @Test
    void tasks_go_out_on_the_first_and_the_month_is_closed_when_the_finance_head_agrees() {
        end();
        course.awaitParked("day_three");
        // The three stand beside each other and beside the wait.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(course.tasks())
                        .contains(
                                "Close " + month + ": ledgers",
                                "Close " + month + ": post receipts and count differences",
                                "Close " + month + ": receipts without invoice"));
        assertThat(state()).isEqualTo(FiscalPeriod.Status.OPEN);

        afterDayThree();
        Request request = course.awaitRequest("Finance Head");
        assertThat(request.message()).contains("Close " + month + "? Open supplier invoices: 0");
        decide(request, "finance.head", true);

        ExecutionView execution = over();
        assertThat(execution.outcome()).contains("succeeded");
        assertThat(course.step(execution, "warn").status()).isEqualTo("skipped");
        assertThat(state()).isEqualTo(FiscalPeriod.Status.CLOSED);
    }

    @Test
    void with_open_invoices_accounts_are_told_the_close_fails_and_becomes_a_task() {
        taken("M-1", month.atDay(1));
        taken("M-2", month.atDay(1));
        taken("M-3", month.minusMonths(1).atDay(3));
        end();
        course.awaitParked("day_three");
        afterDayThree();

        Request request = course.awaitRequest("Finance Head");
        assertThat(request.message()).contains("Close " + month + "? Open supplier invoices: 2");
        decide(request, "finance.head", true);

        ExecutionView execution = over();
        assertThat(execution.outcome()).contains("succeeded");
        assertThat(acme.run(tx -> acme.erp.inbox().outbox(tx, Optional.empty(), 500)).stream()
                        .flatMap(message -> message.body().stream()))
                .contains("2 supplier invoices of " + month + " are not posted");
        assertThat(course.step(execution, "close")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .asString())
                .isEqualTo("unposted_documents");
        assertThat(course.tasks()).anyMatch(title -> title.startsWith("Closing " + month + " failed: "));
        assertThat(state()).isEqualTo(FiscalPeriod.Status.OPEN);
    }

    @Test
    void a_refusal_leaves_the_month_open() {
        end();
        course.awaitParked("day_three");
        afterDayThree();

        decide(course.awaitRequest("Finance Head"), "finance.head", false);

        assertRefused();
    }

    private void assertRefused() {
        ExecutionView execution = over();
        assertThat(execution.outcome()).contains("stopped");
        assertThat(course.stopReason(execution)).isEqualTo("close refused");
        assertThat(state()).isEqualTo(FiscalPeriod.Status.OPEN);
    }

    @Test
    void the_month_stays_open_when_the_cfo_says_no_after_two_days() {
        end();
        course.awaitParked("day_three");
        afterDayThree();
        course.awaitRequest("Finance Head");
        acme.engine.clock().advance(Duration.ofHours(49));

        decide(course.awaitRequest("CFO"), "cfo", false);

        assertRefused();
    }

    @Test
    void the_month_stays_open_when_nobody_ever_answers() {
        end();
        course.awaitParked("day_three");
        afterDayThree();
        course.awaitRequest("Finance Head");
        acme.engine.clock().advance(Duration.ofHours(49));
        course.awaitRequest("CFO");
        acme.engine.clock().advance(Duration.ofDays(31));

        assertRefused();
    }

    @Test
    void with_nobody_in_accounts_by_then_the_finance_head_is_asked_all_the_same() {
        taken("M-4", month.atDay(1));
        end();
        course.awaitParked("day_three");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(course.tasks()).contains("Close " + month + ": ledgers"));
        acme.appoint("accounts", false, Permissions.ACCOUNTS);
        afterDayThree();

        Request request = course.awaitRequest("Finance Head");
        assertThat(request.message()).contains("Close " + month + "? Open supplier invoices: 1");
        decide(request, "finance.head", false);

        ExecutionView execution = over();
        assertThat(course.step(execution, "warn").status()).isEqualTo("failed");
        assertRefused();
    }

    @Test
    void after_two_days_the_cfo_signs_off() {
        end();
        course.awaitParked("day_three");
        afterDayThree();
        course.awaitRequest("Finance Head");

        acme.engine.clock().advance(Duration.ofHours(49));
        decide(course.awaitRequest("CFO"), "cfo", true);

        assertThat(over().outcome()).contains("succeeded");
        assertThat(state()).isEqualTo(FiscalPeriod.Status.CLOSED);
    }

    /** As the daily job does on the first of the next month. */
    private void end() {
        course.goTo(month.plusMonths(1).atDay(1).atTime(0, 15));
        acme.run(tx -> acme.engine
                .events()
                .publish(
                        tx,
                        NewEvent.of(
                                "period.ended",
                                Json.object()
                                        .put("period", month.toString())
                                        .put("open_documents", 0)
                                        .put("unposted_journals", 0),
                                Actor.SYSTEM)));
    }

    /** Weekends and holidays may be between the first and it. */
    private void afterDayThree() {
        course.goTo(month.plusMonths(1).atDay(10).atTime(17, 0));
    }

    private void decide(Request request, String who, boolean approve) {
        assertThat(acme.decide(request, who, approve, "looked at")).isInstanceOf(Decided.Done.class);
    }

    private ExecutionView over() {
        return course.over(execution -> true);
    }

    private FiscalPeriod.Status state() {
        return acme.run(periods::list).stream()
                .filter(period -> period.period().equals(month.toString()))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private void taken(String number, LocalDate day) {
        Actor clerk = acme.actor("accounts");
        var line = new NewSupplierInvoice.Line(
                Optional.empty(),
                Optional.of("Audit"),
                Optional.empty(),
                BigDecimal.ONE,
                new BigDecimal("1000"),
                Optional.empty(),
                Optional.of(BigDecimal.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        InvoiceIntake intake = acme.run(tx -> invoices.receive(
                tx,
                new NewSupplierInvoice(
                        Optional.empty(),
                        Optional.of("S0001"),
                        number,
                        day,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BigDecimal("1000.00"),
                        Optional.empty(),
                        List.of(line)),
                clerk));
        assertThat(intake).isInstanceOf(InvoiceIntake.Received.class);
    }
}
