package dev.millrace.trials.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.Options;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every run of the plan comes to its end, with few executions and without a look at the clock. */
class PlanTest {
    private static final int FEW = 10;

    @TempDir
    static Path home;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(home, Options.forTests().withMaxConnections(200));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    static Stream<Task> tasks() {
        return Plan.of(BenchOptions.parse(List.of("--quick"))).stream()
                .map(t -> new Task(
                        t.system(),
                        t.scenario(),
                        2,
                        t.scenario().equals("idle") ? 1 : FEW,
                        2,
                        Math.min(2, t.tenants())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tasks")
    void a_run_ends_and_gives_figures(Task task) throws SQLException {
        postgres.createDatabase("bench");
        try {
            var bench = new Bench(postgres.serving("bench"), postgres.owner("bench"), ServerCpu.of(home));

            Map<String, Double> figures = bench.run(task);

            assertThat(figures)
                    .isNotEmpty()
                    .allSatisfy((name, value) ->
                            assertThat(value).as(name).isFinite().isGreaterThanOrEqualTo(0));
        } finally {
            postgres.dropDatabase("bench");
        }
    }
}
