package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.approval.Request;
import dev.millrace.language.BusinessCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Working hours, and those who are slow to decide. */
class ReminderTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    private static final String ASK = """
            workflow:
              name: slow
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, min_approvals: 2, remind_every: %s, calendar: %s }
                  on_timeout: { after: %s, action: erp.approval.escalate, config: { to_role: CFO } }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();
    private final Member sana = fixture.directory.add(company.tenant, "Sana", "Finance Head");

    @Test
    void those_who_may_still_decide_are_reminded_once_each_time() {
        company.enable(ASK.formatted("1h", "elapsed", "10d"));
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        company.approve(request, sana);

        fixture.engine.clock().advance(Duration.ofMinutes(61));
        awaitReminders(execution, 1);
        company.awaitStatus(execution, "awaiting_approval");
        fixture.engine.clock().advance(Duration.ofMinutes(61));
        awaitReminders(execution, 2);

        assertThat(reminders(company.meera)).isEqualTo(2);
        assertThat(reminders(sana)).isZero();
        assertThat(company.journal(execution)).contains("workflow.approval_reminded:ask");
    }

    @Test
    void after_a_downtime_there_is_one_reminder_and_not_one_for_each_that_was_missed() {
        company.enable(ASK.formatted("1h", "elapsed", "10d"));
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        fixture.engine.clock().advance(Duration.ofHours(30).plusMinutes(5));
        awaitReminders(execution, 1);
        company.awaitStatus(execution, "awaiting_approval");

        assertThat(reminders(company.meera)).isEqualTo(1);
        assertThat(company.request(request.id()).timing().remindAt())
                .contains(request.createdAt().plus(Duration.ofHours(31)));
    }

    @Test
    void whoever_is_asked_after_the_deadline_is_reminded_in_turn() {
        company.enable(ASK.formatted("20h", "elapsed", "24h"));
        UUID execution = company.start("1");
        company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        fixture.engine.clock().advance(Duration.ofHours(25));
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        company.pending(execution).filter(r -> r.level() == 2).isPresent());
        company.awaitStatus(execution, "awaiting_approval");

        fixture.engine.clock().advance(Duration.ofHours(21));
        awaitReminders(execution, 1);

        assertThat(reminders(company.arjun)).isEqualTo(1);
    }

    @Test
    void reminders_more_often_than_every_quarter_of_an_hour_are_refused() {
        company.enable(ASK.formatted("\"{{ '5m' }}\"", "elapsed", "10d"));

        ExecutionView over = company.awaitStatus(company.start("1"), "failed");

        assertThat(over.error().orElseThrow().path("message").stringValue()).contains("15m");
    }

    @Test
    void a_deadline_in_working_hours_is_fixed_when_the_question_is_asked() {
        LocalDate today = fixture.engine.clock().now().atZone(ZONE).toLocalDate();
        LocalDate holiday = today.plusDays(1);
        BusinessCalendar calendar = everyDay(Set.of(today, holiday));
        fixture.directory.work(company.tenant, calendar);
        company.enable(ASK.formatted("10d", "business", "12h"));
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        // Eight hours on the day after tomorrow, four on the next.
        Instant due = today.plusDays(3).atTime(13, 0).atZone(ZONE).toInstant();
        assertThat(request.expiresAt()).isEqualTo(due);
        fixture.directory.work(company.tenant, everyDay(Set.of(today.plusDays(2), today.plusDays(3))));
        Instant now = fixture.engine.clock().now();
        fixture.engine.clock().advance(Duration.between(now, due).plusSeconds(60));

        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        company.pending(execution).filter(r -> r.level() == 2).isPresent());
    }

    private static BusinessCalendar everyDay(Set<LocalDate> holidays) {
        return new BusinessCalendar(
                ZONE, Set.of(DayOfWeek.values()), LocalTime.of(9, 0), LocalTime.of(17, 0), holidays);
    }

    private void awaitReminders(UUID execution, int count) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> company.journaled(execution, "workflow.approval_reminded") == count);
    }

    private long reminders(Member member) {
        return fixture.directory.told(company.tenant, member).stream()
                .filter(subject -> subject.startsWith("Still waiting for you"))
                .count();
    }
}
