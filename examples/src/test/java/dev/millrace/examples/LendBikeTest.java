package dev.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.Actor;
import dev.millrace.engine.Engine;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.Json;
import dev.millrace.engine.Millrace;
import dev.millrace.engine.Saved;
import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.Options;
import dev.millrace.postgres.PostgresAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The action on the real engine: it is known by being registered, and nothing of the engine was changed for it. */
class LendBikeTest {
    private static final String LEND = """
            workflow:
              name: lend
              trigger: { manual: true }
              steps:
                - { id: lend, action: workshop.lend_bike, config: { bike: "{{ trigger.bike }}" } }
                - { id: again, action: workshop.lend_bike, depends_on: lend, config: { bike: "{{ trigger.bike }}" } }
            """;

    @TempDir
    static Path home;

    private static EmbeddedPostgres postgres;
    private static HikariDataSource owner;
    private static HikariDataSource serving;
    private static Engine engine;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(home, Options.standard());
        owner = pool(postgres.owner());
        serving = pool(postgres.serving());
        Millrace.migrate(owner, "classpath:db/workshop");
        engine = Millrace.builder()
                .dataSource(serving)
                .directory(new Workshop.People())
                .action(new LendBike())
                .build();
        engine.start();
        save(LEND).orThrow();
    }

    private static HikariDataSource pool(PostgresAddress address) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        return pool;
    }

    private static Saved save(String yaml) {
        return engine.run(
                Workshop.BIKES, tx -> engine.definitions().save(tx, yaml, Optional.of(true), "person", Actor.SYSTEM));
    }

    @AfterAll
    static void stop() {
        engine.close();
        serving.close();
        owner.close();
        postgres.close();
    }

    private static ExecutionView lend(String bike) {
        UUID execution = engine.run(Workshop.BIKES, tx -> {
            UUID definition =
                    engine.definitions().versions(tx, "lend").getFirst().id();
            return engine.executions()
                    .start(tx, definition, Json.object().put("bike", bike), Actor.SYSTEM)
                    .orThrow();
        });
        return engine.executions().await(Workshop.BIKES, execution, "completed", Workshop.PATIENCE);
    }

    private static List<String> changed(ExecutionView execution) {
        return engine.run(Workshop.BIKES, tx -> engine.executions().steps(tx, execution.id())).stream()
                .flatMap(step -> step.output().stream().map(output -> step.id() + " " + output.path("changed")))
                .toList();
    }

    @Test
    void a_bike_is_lent_once_and_what_is_lent_already_is_success_without_a_change() {
        ExecutionView execution = lend("B-1");

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(changed(execution)).containsExactlyInAnyOrder("lend true", "again false");
    }

    @Test
    void a_bike_that_is_away_fails_with_the_code_that_the_action_declares() {
        lend("B-2");
        UUID other = engine.run(
                Workshop.BIKES,
                tx -> engine.executions()
                        .start(
                                tx,
                                engine.definitions()
                                        .versions(tx, "lend")
                                        .getFirst()
                                        .id(),
                                Json.object().put("bike", "B-2"),
                                Actor.SYSTEM)
                        .orThrow());

        ExecutionView execution = engine.executions().await(Workshop.BIKES, other, "failed", Workshop.PATIENCE);

        assertThat(execution.error().orElseThrow().toString()).contains(LendBike.AWAY, "name another one");
    }

    @Test
    void its_records_are_the_validators_rule() {
        Saved saved = save(LEND.replace("bike: \"{{ trigger.bike }}\"", "frame: B-3"));

        assertThat(saved)
                .isInstanceOfSatisfying(
                        Saved.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(problem -> problem.path() + " " + problem.code())
                                .contains("steps[0].config.bike required", "steps[0].config.frame unknown_field"));
    }
}
