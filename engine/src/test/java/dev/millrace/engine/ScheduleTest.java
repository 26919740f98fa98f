package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules start executions: each slot once, whatever was down and however many nodes there are. */
class ScheduleTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final Engine engine = fixture.engine;
    private final TestCompany company = fixture.company();

    /** Three minutes past the hour: no slot of every five minutes is late at that time. */
    @BeforeEach
    void moveToAQuietMinute() {
        Instant now = engine.clock().now();
        Instant quiet = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofMinutes(63));
        engine.clock().advance(Duration.between(now, quiet));
    }

    /** The clock is everybody's: what other tests skip must start nothing here. */
    @AfterEach
    void disable() {
        company.run(tx -> {
            engine.definitions()
                    .nextFires(tx)
                    .keySet()
                    .forEach(id ->
                            engine.definitions().toggle(tx, id, Optional.of(false), stored -> false, Actor.SYSTEM));
            return true;
        });
    }

    private StoredDefinition enable(String trigger) {
        return company.enable("""
                workflow:
                  name: scheduled
                  trigger: { %s }
                  steps:
                    - { id: only, action: trial.effect, config: { note: "{{ trigger.scheduled_for }}" } }
                """.formatted(trigger));
    }

    private Instant nextFire(StoredDefinition definition) {
        return Optional.ofNullable(
                        company.run(tx -> engine.definitions().nextFires(tx)).get(definition.id()))
                .orElseThrow();
    }

    /** As if no node had run for six hours. */
    private void sleepSixHours() {
        company.run(tx ->
                tx.handle().createUpdate("""
                        update workflow_schedules
                           set next_fire = date_trunc('hour', millrace_now()) - interval '5 hours 55 minutes'
                         where tenant_id = :tenant""").bind("tenant", company.tenant).execute());
    }

    private void awaitFired(StoredDefinition definition) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    engine.fireSchedules();
                    return nextFire(definition).isAfter(engine.clock().now());
                });
    }

    private List<String> slots() {
        var filter = ExecutionFilter.ofWorkflow("scheduled");
        return company.run(tx -> engine.executions().list(tx, filter, Optional.empty(), 2000)).stream()
                .map(execution -> execution.trigger().path("scheduled_for").asString())
                .toList();
    }

    @Test
    void an_enabled_schedule_fires_when_its_time_has_come_and_not_before() {
        StoredDefinition definition = enable("schedule: '17 * * * *', timezone: Asia/Kolkata");
        Instant due = nextFire(definition);

        engine.fireSchedules();
        assertThat(slots()).isEmpty();
        engine.clock().advance(Duration.between(engine.clock().now(), due).plusSeconds(1));
        awaitFired(definition);

        assertThat(slots()).containsExactly(Json.text(due));
        assertThat(nextFire(definition)).isEqualTo(due.plus(Duration.ofHours(1)));
        ExecutionView started = company.run(tx -> engine.executions()
                .list(tx, ExecutionFilter.ALL, Optional.empty(), 1)
                .getFirst());
        assertThat(company.awaitStatus(started.id(), "completed").startedBy().name())
                .isEqualTo("Schedule of scheduled");
    }

    @Test
    void disabling_bites_at_once_and_enabling_again_makes_up_for_nothing() {
        StoredDefinition definition = enable("schedule: '*/5 * * * *', catch_up: all");

        company.run(tx ->
                engine.definitions().toggle(tx, definition.id(), Optional.of(false), stored -> false, Actor.SYSTEM));
        engine.clock().advance(Duration.ofMinutes(30));
        engine.fireSchedules();
        company.run(tx ->
                engine.definitions().toggle(tx, definition.id(), Optional.of(true), stored -> false, Actor.SYSTEM));
        engine.fireSchedules();

        assertThat(slots()).isEmpty();
        assertThat(nextFire(definition)).isAfter(engine.clock().now());
    }

    @ParameterizedTest
    @CsvSource({"none, 0", "last, 1", "all, 72"})
    void C3_after_six_hours_down_every_five_minutes_catch_up_decides(String catchUp, int expected) {
        StoredDefinition definition = enable("schedule: '*/5 * * * *', catch_up: " + catchUp);
        sleepSixHours();

        awaitFired(definition);

        assertThat(slots()).hasSize(expected).doesNotHaveDuplicates();
        long missed = company.run(tx -> tx.handle()
                .createQuery("""
                        select count(*) from workflow_journal
                         where tenant_id = :tenant and type = 'workflow.schedule_missed'""")
                .bind("tenant", company.tenant)
                .mapTo(Long.class)
                .one());
        assertThat(missed).isEqualTo(expected == 72 ? 0 : 1);
    }

    @Test
    void C3_killed_during_the_catch_up_nothing_is_doubled_or_lost() {
        StoredDefinition definition = enable("schedule: '*/5 * * * *', catch_up: all");
        var failed = fixture.holds.failAt("schedule.before_move");
        sleepSixHours();

        engine.fireSchedules();
        failed.awaitReached();
        awaitFired(definition);

        assertThat(slots()).hasSize(72).doesNotHaveDuplicates();
    }

    @Test
    void of_many_nodes_at_once_each_slot_starts_one_execution() throws InterruptedException {
        StoredDefinition definition = enable("schedule: '*/5 * * * *', catch_up: all");
        var start = new CyclicBarrier(5);
        var threads = new ArrayList<Thread>();
        for (int node = 0; node < 4; node++) {
            Engine other = fixture.newEngine(false);
            threads.add(Thread.ofVirtual().start(() -> {
                meet(start);
                other.fireSchedules();
            }));
        }
        sleepSixHours();

        meet(start);
        for (Thread thread : threads) {
            thread.join();
        }
        awaitFired(definition);

        assertThat(slots()).hasSize(72).doesNotHaveDuplicates();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
