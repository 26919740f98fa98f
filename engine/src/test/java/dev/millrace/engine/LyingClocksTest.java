package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.util.UuidUtil;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.approval.Request;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** R11: the clocks of machines may lie, for what is due, leased and late is decided by the database's. */
class LyingClocksTest {
    private static final Duration LIE = Duration.ofMinutes(10);
    private static final int EXECUTIONS = 6;

    private static final String EVERYTHING_THAT_TAKES_TIME = """
            workflow:
              name: slow
              trigger: { event: order.created }
              steps:
                - { id: call, action: trial.call, config: {} }
                - id: again
                  action: trial.fail
                  depends_on: call
                  retry: { max_attempts: 3, initial_delay: 1s, multiplier: 1, max_delay: 1s }
                  config: { retryable: true, until: 2 }
                - { id: nap, action: core.wait, depends_on: again, config: { for: 5m } }
                - id: paid
                  action: core.wait_for_event
                  depends_on: nap
                  config: { event: payment.received, match: event.order_id == trigger.note }
                  on_timeout: { after: 8m, action: trial.effect, then: continue, config: {} }
                - id: ask
                  action: erp.approval.request
                  depends_on: paid
                  config: { role: Finance Head }
                  on_timeout: { after: 9m, action: erp.approval.escalate, config: { to_role: CFO } }
                - { id: last, action: trial.effect, depends_on: ask, config: {} }
            """;

    private static final String EVERY_FIVE_MINUTES = """
            workflow:
              name: clockwork
              trigger: { schedule: '*/5 * * * *', catch_up: all }
              steps:
                - { id: only, action: trial.effect, config: { note: "{{ trigger.scheduled_for }}" } }
            """;

    /** A clock that is right until the node is made of it, and then by so much ahead. */
    private static final class Liar {
        private final AtomicLong by = new AtomicLong();

        Instant wall() {
            return InstantSource.system().instant().plusNanos(by.get());
        }

        long elapsed() {
            return System.nanoTime() + by.get();
        }
    }

    private static Engine node(TestDatabase database, TestDirectory directory, Duration lie) {
        var liar = new Liar();
        var actions = new ActionRegistry();
        TrialActions.register(actions, new TrialActions.Calls());
        var engine = new Engine(new Engine.Setup(
                database.app(),
                database.app(),
                1,
                new NodeSettings(
                        UuidCreator.getTimeOrderedEpoch(),
                        true,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(50),
                        64,
                        64,
                        false),
                directory,
                actions,
                new EventTypes().register(EngineFixture.ORDER).register(EngineFixture.PAYMENT),
                List.of(),
                Holds.NONE,
                HintChannel.NONE,
                RetentionSettings.USUAL,
                new MachineClock(liar::wall, liar::elapsed)));
        liar.by.set(lie.toNanos());
        return engine;
    }

    @Test
    void R11_nodes_whose_clocks_are_ten_minutes_off_write_the_same_journal_and_fire_each_slot_once() {
        List<List<String>> honest = journals(Duration.ZERO);
        List<List<String>> lying = journals(LIE);

        assertThat(lying).isEqualTo(honest);
        assertThat(lying.getFirst())
                .startsWith("workflow.started")
                .contains("workflow.escalated:ask.on_timeout[0]")
                .endsWith("workflow.completed");
    }

    /** What two nodes do, of which one is ahead and one behind: half of the executions start on each. */
    private static List<List<String>> journals(Duration lie) {
        var directory = new TestDirectory();
        UUID tenant = UuidCreator.getTimeOrderedEpoch();
        try (TestDatabase database = EngineDatabase.TEMPLATE.fresh();
                Engine ahead = node(database, directory, lie);
                Engine behind = node(database, directory, lie.negated())) {
            var there = new TestCompany(directory, ahead, tenant);
            var here = new TestCompany(directory, behind, tenant);
            ahead.start();
            behind.start();
            here.enable(EVERYTHING_THAT_TAKES_TIME);
            Instant enabled = here.run(tx -> tx.now());
            StoredDefinition clockwork = there.enable(EVERY_FIVE_MINUTES);
            List<String> orders = new ArrayList<>();
            List<UUID> executions = IntStream.range(0, EXECUTIONS)
                    .mapToObj(i -> {
                        var order = here.order("1");
                        String number = UUID.randomUUID().toString();
                        orders.add(number);
                        order.put("note", number);
                        return (i % 2 == 0 ? here : there)
                                .publish(order)
                                .executions()
                                .getFirst();
                    })
                    .toList();
            if (!lie.isZero()) {
                assertThat(idsOff(here, executions.get(0))).isNegative();
                assertThat(idsOff(here, executions.get(1))).isPositive();
            }

            awaitAll(executions, e -> here.statusOf(e, "nap").equals("waiting") && isParked(here, e));
            pass(ahead, Duration.ofMinutes(6));
            awaitAll(executions, e -> here.statusOf(e, "paid").equals("waiting") && isParked(here, e));
            for (int i = 0; i < EXECUTIONS; i++) {
                // The event of the node that is behind has an older id than the execution of the one that is ahead.
                (i % 2 == 0 ? there : here).pay(orders.get(i), "1");
            }
            awaitAll(executions, e -> here.view(e).status().equals("awaiting_approval"));
            pass(behind, Duration.ofMinutes(8));
            assertThat(requests(here))
                    .extracting(Request::level)
                    .containsOnly(1)
                    .hasSize(EXECUTIONS);
            pass(ahead, Duration.ofMinutes(2));
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            requests(here).stream().filter(r -> r.level() == 2).count() == EXECUTIONS);
            requests(here)
                    .forEach(r -> assertThat(there.approve(r, there.arjun)).isInstanceOf(Decided.Done.class));
            awaitAll(executions, e -> here.view(e).status().equals("completed"));

            assertNothingTooEarly(here);
            assertEachSlotOnce(here, clockwork, enabled);
            return executions.stream().map(here::journal).toList();
        }
    }

    private static long idsOff(TestCompany company, UUID execution) {
        Instant now = company.run(tx -> tx.now());
        Duration off = Duration.between(now, UuidUtil.getInstant(execution));
        assertThat(off.abs()).isBetween(LIE.minusMinutes(1), LIE.plusMinutes(1));
        return off.toSeconds();
    }

    private static void pass(Engine engine, Duration time) {
        engine.clock().advance(time);
        // Both nodes have looked: what is due now is done, and what is not would be done wrongly.
        await().atMost(Duration.ofSeconds(30)).until(() -> engine.fireSchedules() == 0 && engine.matchEvents() == 0);
    }

    private interface Check {
        boolean holds(UUID execution);
    }

    private static void awaitAll(List<UUID> executions, Check check) {
        await().atMost(Duration.ofSeconds(30)).until(() -> executions.stream().allMatch(check::holds));
    }

    private static List<Request> requests(TestCompany company) {
        return company
                .run(tx -> tx.handle()
                        .createQuery(
                                "select id from approval_requests where tenant_id = :tenant and status = 'pending'")
                        .bind("tenant", company.tenant)
                        .mapTo(UUID.class)
                        .list())
                .stream()
                .map(company::request)
                .toList();
    }

    private static boolean isParked(TestCompany company, UUID execution) {
        return company.run(tx -> tx.handle()
                .createQuery("""
                        select lease_owner is null from workflow_executions where tenant_id = :tenant and id = :id""")
                .bind("tenant", company.tenant)
                .bind("id", execution)
                .mapTo(Boolean.class)
                .one());
    }

    /** By the database's clock alone: no wait was over before its time, and no lease was taken from a living node. */
    private static void assertNothingTooEarly(TestCompany company) {
        long early = company.run(tx -> tx.handle()
                .createQuery("""
                        select (select count(*) from workflow_step_results
                                 where tenant_id = :tenant and completed_at < wake_at)
                             + (select count(*) from approval_requests
                                 where tenant_id = :tenant and status = 'expired' and decided_at < deadlines[1])
                             + (select count(*) from workflow_executions where tenant_id = :tenant and lease_losses > 0)
                             + (select count(*) from workflow_step_results
                                 where tenant_id = :tenant and interrupted > 0)""")
                .bind("tenant", company.tenant)
                .mapTo(Long.class)
                .one());
        assertThat(early).isZero();
    }

    private static void assertEachSlotOnce(TestCompany company, StoredDefinition clockwork, Instant enabled) {
        Instant now = company.run(tx -> tx.now());
        List<Instant> expected = new ArrayList<>();
        long step = Duration.ofMinutes(5).toSeconds();
        for (long at = (enabled.getEpochSecond() / step + 1) * step; at <= now.getEpochSecond(); at += step) {
            expected.add(Instant.ofEpochSecond(at));
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<Slot> slots = slotsUntil(company, clockwork, now);
            assertThat(slots).extracting(Slot::at).isEqualTo(expected);
            assertThat(slots).extracting(Slot::executions).containsOnly(1L);
        });
    }

    private record Slot(Instant at, long executions) {}

    private static List<Slot> slotsUntil(TestCompany company, StoredDefinition clockwork, Instant now) {
        return company.run(tx -> tx.handle()
                .createQuery("""
                        select s.slot, (select count(*) from workflow_executions e
                                         where e.tenant_id = s.tenant_id and e.workflow_name = s.workflow_name
                                           and (e.trigger ->> 'scheduled_for')::timestamptz = s.slot) as executions
                          from schedule_slots s
                         where s.tenant_id = :tenant and s.workflow_name = :name and s.slot <= :now order by s.slot""")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("tenant", company.tenant)
                .bind("name", clockwork.name())
                .map((row, context) ->
                        new Slot(row.getObject("slot", OffsetDateTime.class).toInstant(), row.getLong("executions")))
                .list());
    }
}
