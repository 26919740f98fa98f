package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.execution.ExecutionRows;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Claims: bounded for the node and for each tenant, fair, and as cheap with a long queue as with a short one. */
class ClaimTest {
    private static final String CALL = """
            workflow:
              name: call
              trigger: { event: order.created }
              steps:
                - { id: call, action: trial.ping, config: {} }
            """;

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final TestDirectory directory = new TestDirectory();
    private final TrialActions.Calls calls = new TrialActions.Calls();
    private final Engine api = EngineFixture.newEngine(
            database.app(), false, directory, new TrialActions.Calls(), Holds.NONE, Duration.ofSeconds(30));
    private final TestCompany busy = new TestCompany(directory, api, UuidCreator.getTimeOrderedEpoch());
    private final TestCompany quiet = new TestCompany(directory, api, UuidCreator.getTimeOrderedEpoch());

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void R15_a_tenant_with_a_thousand_due_keeps_nobody_waiting_and_stays_within_its_own_limit() {
        busy.enable(CALL);
        quiet.enable(CALL);
        busy.run(tx -> {
            for (int i = 0; i < 1000; i++) {
                api.events().publish(tx, NewEvent.of("order.created", busy.order("1"), Actor.SYSTEM));
            }
            return 1000;
        });
        var open = new CountDownLatch(1);
        calls.during(() -> passed(open));
        var settings = new NodeSettings(
                UuidCreator.getTimeOrderedEpoch(), true, Duration.ofSeconds(30), Duration.ofMillis(100), 8, 5, false);
        try (Engine node =
                EngineFixture.newEngine(database.app(), database.app(), settings, directory, calls, Holds.NONE)) {
            node.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> node.liveExecutions() == 5);

            UUID one = quiet.start("1");

            await().atMost(Duration.ofSeconds(20)).until(() -> !calls.of(one).isEmpty());
            assertThat(node.liveExecutions()).as("5 of the busy one and 1").isEqualTo(6);
            for (int i = 0; i < 5; i++) {
                quiet.start("1");
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> node.liveExecutions() == 8);
            open.countDown();
            quiet.awaitStatus(one, "completed");
        }
    }

    private static void passed(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_claim_reads_what_it_takes_however_many_are_due() {
        Jdbi owner = Jdbi.create(database.owner());
        owner.useTransaction(h -> {
            h.execute("set local millrace.tenant = '" + busy.tenant + "'");
            h.execute("""
                    insert into workflow_executions (tenant_id, id, definition_id, workflow_name, version, status, due_at,
                           depth, trigger, started_by, started_at)
                    select ?, uuidv7(), ?, 'queue', 1, 'running', now() - n * interval '1 ms', 0, '{}',
                           '{"kind":"system","id":null,"name":"x"}', now()
                      from generate_series(1, 50000) n""", busy.tenant, busy.tenant);
        });
        owner.useHandle(h -> h.execute("analyze workflow_executions"));
        var rows = new ExecutionRows();

        long before = rowsRead(owner);
        for (int i = 0; i < 10; i++) {
            int claimed = busy.run(tx -> {
                tx.handle().execute("select pg_stat_force_next_flush()");
                return rows.claim(tx, UUID.randomUUID(), Duration.ofSeconds(30), 64, 1)
                        .size();
            });
            assertThat(claimed).isEqualTo(64);
        }

        // Each claimed row is read by the index once to be found and once to be changed, and what was claimed before is
        // passed over while no vacuum has run.
        assertThat(rowsRead(owner) - before).isBetween(640L, 10_000L);
    }

    @Test
    void a_lease_is_lengthened_past_its_half_and_what_is_being_written_at_the_next_look() {
        busy.enable(CALL);
        UUID fresh = busy.start("1");
        UUID locked = busy.start("1");
        UUID ending = busy.start("1");
        UUID foreign = busy.start("1");
        List<UUID> all = List.of(fresh, locked, ending, foreign);
        var rows = new ExecutionRows();
        UUID node = UuidCreator.getTimeOrderedEpoch();
        busy.run(tx -> rows.claim(tx, node, LEASE, 64, 1));
        Stream.of(locked, ending, foreign).forEach(id -> leaseEnds(id, node, Duration.ofSeconds(15)));
        leaseEnds(fresh, node, Duration.ofSeconds(16));
        leaseEnds(foreign, UuidCreator.getTimeOrderedEpoch(), Duration.ofSeconds(15));
        OffsetDateTime before = leaseOf(fresh);
        Jdbi other = Jdbi.create(database.app());

        try (Handle writing = other.open()) {
            writing.begin();
            writing.execute("set local millrace.tenant = '" + busy.tenant + "'");
            writing.execute(
                    "select from workflow_executions where tenant_id = ? and id = ? for update", busy.tenant, locked);
            int first = busy.run(tx -> rows.extend(tx, all, node, LEASE));
            writing.rollback();
            int second = busy.run(tx -> rows.extend(tx, all, node, LEASE));
            int third = busy.run(tx -> rows.extend(tx, all, node, LEASE));

            assertThat(List.of(first, second, third)).containsExactly(1, 1, 0);
        }
        assertThat(leaseOf(fresh)).isEqualTo(before);
        assertThat(leaseOf(foreign)).isBefore(before);
        assertThat(Stream.of(locked, ending).map(this::leaseOf)).allMatch(at -> at.isAfter(before.plusSeconds(5)));
    }

    @Test
    void what_runs_longer_than_a_lease_keeps_it() {
        busy.enable(CALL);
        var open = new CountDownLatch(1);
        calls.during(() -> passed(open));
        var lease = Duration.ofMillis(600);
        try (Engine node = EngineFixture.newEngine(database.app(), true, directory, calls, Holds.NONE, lease)) {
            node.start();
            UUID id = busy.start("1");
            await().until(() -> !calls.of(id).isEmpty());
            OffsetDateTime first = leaseOf(id);

            await().until(() -> leaseOf(id).isAfter(first.plus(lease.multipliedBy(3))));
            open.countDown();

            busy.awaitStatus(id, "completed");
            assertThat(calls.of(id)).hasSize(1);
        }
    }

    private void leaseEnds(UUID execution, UUID owner, Duration in) {
        busy.run(tx -> tx.handle()
                .createUpdate("""
                        update workflow_executions
                           set lease_owner = :owner, lease_until = millrace_now() + :in::interval,
                               due_at = millrace_now() + :in::interval
                         where tenant_id = :tenant and id = :id""")
                .bind("owner", owner)
                .bind("in", in.toMillis() + " milliseconds")
                .bind("tenant", busy.tenant)
                .bind("id", execution)
                .execute());
    }

    private OffsetDateTime leaseOf(UUID execution) {
        return busy.run(tx -> tx.handle()
                .createQuery("select lease_until from workflow_executions where tenant_id = :tenant and id = :id")
                .bind("tenant", busy.tenant)
                .bind("id", execution)
                .mapTo(OffsetDateTime.class)
                .one());
    }

    private static long rowsRead(Jdbi owner) {
        return owner.withHandle(h -> {
            h.execute("select pg_stat_clear_snapshot()");
            return h.createQuery("""
                            select seq_tup_read + idx_tup_fetch from pg_stat_user_tables
                             where relname = 'workflow_executions'""").mapTo(Long.class).one();
        });
    }
}
