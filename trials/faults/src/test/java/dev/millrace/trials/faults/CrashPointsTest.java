package dev.millrace.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.Actor;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Executions.Cancelled;
import dev.millrace.engine.HintChannel;
import dev.millrace.engine.Holds;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Retried;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E1 where the engine's {@code CrashTest} has no hold point: processes that die while they take an event in, register a
 * schedule, cancel, seal, migrate. That the process came to its point is asserted each time.
 */
class CrashPointsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TrialDatabase database = TrialDatabase.fresh(Trials.server());
    private final HikariDataSource pool = Connections.pool(
            database.serving().jdbcUrl(),
            database.serving().user(),
            database.serving().password(),
            "api",
            10,
            true);
    private final Receiver receiver = new Receiver();
    private final Engine engine = engine();
    private final Company company = new Company(UuidCreator.getTimeOrderedEpoch(), engine);

    private Engine engine() {
        UUID node = UuidCreator.getTimeOrderedEpoch();
        var actions = new ActionRegistry();
        new TrialActions(node, new Receiver.Line(receiver.port()), Optional.empty()).register(actions);
        var settings = new NodeSettings(node, true, Trial.LEASE, Duration.ofMillis(50), 64, 64, false);
        return Nodes.engine(pool, pool, settings, actions, Holds.NONE, HintChannel.NONE);
    }

    @AfterEach
    void close() {
        engine.close();
        pool.close();
        receiver.close();
        database.close();
        database.drop();
    }

    private long count(String sql) {
        return database.checker()
                .withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private void awaitCount(String sql, long wanted) {
        await().atMost(PATIENCE).until(() -> count(sql) == wanted);
    }

    private void dieAt(CrashPoint point, String where, UUID subject) throws IOException, InterruptedException {
        dieAt(database.serving(), point, where, subject);
    }

    private void dieAt(PostgresAddress address, CrashPoint point, String where, UUID subject)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashMain.class.getName(),
                        address.jdbcUrl(),
                        address.user(),
                        address.password(),
                        point.name(),
                        where,
                        company.tenant().toString(),
                        subject.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("it dies at %s; it said: %s", point, said)
                .isEqualTo(CrashMain.KILLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement", "commit"})
    void E1_an_event_whose_intake_died_leaves_nothing_and_is_taken_in_once_when_it_comes_again(String where)
            throws Exception {
        company.enable(Flavour.STRAIGHT.yaml());
        UUID event = UuidCreator.getTimeOrderedEpoch();

        dieAt(CrashPoint.INTAKE, where, event);

        assertThat(count("select count(*) from workflow_executions")).isZero();
        assertThat(count("select count(*) from event_keys")).isZero();
        engine.start();
        company.publish(Flavour.STRAIGHT.event(), event);
        company.publish(Flavour.STRAIGHT.event(), event);
        awaitCount("select count(*) from workflow_executions where status = 'completed'", 1);
        assertThat(count("select count(*) from workflow_executions")).isEqualTo(1);
        assertThat(count("select count(*) from trial_effect")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement", "commit"})
    void E1_a_schedule_whose_registration_died_is_not_there_and_can_be_registered(String where) throws Exception {
        dieAt(CrashPoint.REGISTRATION, where, company.tenant());

        assertThat(count("select count(*) from workflow_definitions")).isZero();
        assertThat(count("select count(*) from workflow_schedules")).isZero();
        UUID definition = company.enable(Flavour.SCHEDULED);
        engine.start();
        await().atMost(PATIENCE).until(() -> count("select count(*) from trial_effect") >= 2);
        company.disable(definition);
        assertThat(count("select count(*) from workflow_executions"))
                .isEqualTo(count("select count(distinct trigger ->> 'scheduled_for') from workflow_executions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement", "commit"})
    void E1_a_cancel_that_died_changed_nothing_and_can_be_repeated(String where) throws Exception {
        company.enable(Flavour.DEADLINE.yaml());
        engine.start();
        company.publish(Flavour.DEADLINE.event(), UuidCreator.getTimeOrderedEpoch());
        // The second level has no deadline near by.
        awaitCount("select count(*) from approval_requests where status = 'pending' and level = 2", 1);
        UUID execution = company.pending().getFirst().executionId();

        dieAt(CrashPoint.CANCEL, where, execution);

        assertThat(company.pending()).hasSize(1);
        assertThat(engine.executions().cancel(company.tenant(), execution, Actor.SYSTEM, Optional.empty()))
                .isEqualTo(Cancelled.DONE);
        assertThat(company.pending()).isEmpty();
        assertThat(count("select count(*) from workflow_executions where status = 'cancelled'"))
                .isEqualTo(1);
        assertThat(count("select count(*) from workflow_journal where type = 'workflow.cancelled'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement", "commit"})
    void E1_a_retry_that_died_changed_nothing_and_can_be_repeated(String where) throws Exception {
        company.enable(Flavour.RETRY.yaml().replace("until: 3", "until: 2").replace("max_attempts: 6", "max_attempts: 1"));
        engine.start();
        company.publish(Flavour.RETRY.event(), UuidCreator.getTimeOrderedEpoch());
        awaitCount("select count(*) from workflow_executions where status = 'failed'", 1);
        UUID execution = database.checker()
                .withHandle(h -> h.createQuery("select id from workflow_executions")
                        .mapTo(UUID.class)
                        .one());

        dieAt(CrashPoint.RETRY, where, execution);

        assertThat(count("select count(*) from workflow_executions where status = 'failed' and due_at is null"))
                .isEqualTo(1);
        assertThat(count("select count(*) from workflow_journal where type = 'workflow.retried'"))
                .isZero();
        assertThat(company.retry(execution)).isInstanceOf(Retried.Done.class);
        awaitCount("select count(*) from workflow_executions where status = 'completed'", 1);
        assertThat(count("select count(*) from trial_effect")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement", "commit"})
    void E1_what_a_dead_sealer_had_begun_is_sealed_by_another_without_a_gap(String where) throws Exception {
        company.enable(Flavour.STRAIGHT.yaml());
        company.publish(Flavour.STRAIGHT.event(), UuidCreator.getTimeOrderedEpoch());

        dieAt(CrashPoint.SEALER, where, company.tenant());

        engine.seal();
        assertThat(count("select count(*) from journal_seals"))
                .isPositive()
                .isEqualTo(count("select count(*) from workflow_journal"))
                .isEqualTo(count("select max(seq) from journal_seals"));
        assertThat(engine.run(company.tenant(), tx -> engine.journal().verify(tx))
                        .ok())
                .isTrue();
    }

    @Test
    void E1_a_migration_that_died_is_done_by_the_next_start() throws Exception {
        String name = "migrated_in_two_goes";
        Trials.server().create(name);
        try {
            PostgresAddress owner = Trials.server().owner(name);

            dieAt(owner, CrashPoint.MIGRATION, "statement", company.tenant());

            try (HikariDataSource again =
                    Connections.pool(owner.jdbcUrl(), owner.user(), owner.password(), "migrating", 4, false)) {
                CrashPoint.migrate(again);
                try (var connection = again.getConnection();
                        var statement = connection.createStatement();
                        var rows = statement.executeQuery("select count(*) from approval_requests")) {
                    assertThat(rows.next()).isTrue();
                }
            }
        } finally {
            Trials.server().drop(name);
        }
    }
}
