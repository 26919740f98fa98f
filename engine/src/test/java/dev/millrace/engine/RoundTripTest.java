package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.testkit.FaultProxy;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a transition costs, counted on the wire: round trips and commits are most of its price. Whoever adds one finds this
 * red. The loops of the node do not run, so that nothing else is counted.
 */
class RoundTripTest {
    /** begin with tenant and clock, matching definitions, the rows, commit: event key, execution, event. */
    private static final int START = 6;

    /** begin with tenant and clock, fence, the action's row, advance with commit. */
    private static final int LOCAL = 4;

    private static final String ALIVE = "com.zaxxer.hikari.aliveBypassWindowMs";

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final FaultProxy serving = FaultProxy.before(database.appAddress());
    private final FaultProxy committing = FaultProxy.before(database.appAddress());
    private final HikariDataSource servingPool = pool(serving, 1);
    private final HikariDataSource committers = pool(committing, 1);
    private final TestDirectory directory = new TestDirectory();
    private final TrialActions.Calls calls = new TrialActions.Calls();
    private final Engine engine = EngineFixture.newEngine(
            servingPool, committers, NodeSettings.of(UuidCreator.getTimeOrderedEpoch()), directory, calls, Holds.NONE);
    private final TestCompany company = new TestCompany(directory, engine, UuidCreator.getTimeOrderedEpoch());

    private static HikariDataSource pool(FaultProxy proxy, int size) {
        var address = proxy.address();
        // The pool asks a connection that was idle whether it lives: not part of what is counted.
        System.setProperty(ALIVE, "600000");
        try {
            return EngineFixture.pool(address.jdbcUrl(), address.user(), address.password(), size);
        } finally {
            System.clearProperty(ALIVE);
        }
    }

    @BeforeEach
    void warmUp() {
        // The connections are open and have their statements.
        company.enable(line("{ id: s, action: core.set, config: { values: { a: 1 } } }"));
        run(40);
    }

    @AfterEach
    void close() {
        engine.close();
        servingPool.close();
        committers.close();
        serving.close();
        committing.close();
        database.close();
    }

    private static String line(String... steps) {
        return """
                workflow:
                  name: line
                  trigger: { event: order.created }
                  steps:
                """
                + IntStream.range(0, steps.length)
                        .mapToObj(n -> "    - " + steps[n] + "\n")
                        .collect(Collectors.joining());
    }

    private record Cost(int roundTrips, int commits) {}

    private record Costs(Cost serving, Cost committing) {}

    /** Runs executions that start at the same moment, and counts. */
    private Costs run(int executions) {
        Costs before = now();
        company.run(tx -> {
            for (int i = 0; i < executions; i++) {
                engine.events()
                        .publish(tx, EventPublisher.NewEvent.of("order.created", company.order("1"), Actor.SYSTEM));
            }
            return executions;
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> engine.liveExecutions() == 0);
        Costs after = now();
        return new Costs(minus(after.serving(), before.serving()), minus(after.committing(), before.committing()));
    }

    private Costs now() {
        return new Costs(
                new Cost(serving.roundTrips(), serving.commits()),
                new Cost(committing.roundTrips(), committing.commits()));
    }

    private static Cost minus(Cost after, Cost before) {
        return new Cost(after.roundTrips() - before.roundTrips(), after.commits() - before.commits());
    }

    @Test
    void P9_a_step_that_writes_no_rows_is_one_round_trip_and_one_commit_even_alone() {
        company.enable(line(
                "{ id: one, action: core.set, config: { values: { a: 1 } } }",
                "{ id: two, action: core.set, depends_on: one, config: { values: { a: 1 } } }",
                "{ id: three, action: trial.ping, depends_on: two, config: {} }"));

        Costs costs = run(1);

        assertThat(costs.committing())
                .as("two, then running and its answer, then the end")
                .isEqualTo(new Cost(5, 5));
        assertThat(costs.serving()).as("the start alone").isEqualTo(new Cost(START, 1));
    }

    @Test
    void a_local_step_is_four_round_trips_and_one_commit() {
        company.enable(line("{ id: one, action: trial.effect, config: {} }"));

        Costs costs = run(1);

        assertThat(costs.serving()).isEqualTo(new Cost(START + LOCAL, 2));
        assertThat(costs.committing()).as("the end").isEqualTo(new Cost(1, 1));
    }

    @Test
    void P9_under_load_a_write_transaction_is_shared_by_more_than_three_steps() {
        company.enable(line(
                "{ id: s1, action: core.set, config: { values: { a: 1 } } }",
                "{ id: s2, action: core.set, depends_on: s1, config: { values: { a: 1 } } }",
                "{ id: s3, action: core.set, depends_on: s2, config: { values: { a: 1 } } }",
                "{ id: s4, action: core.set, depends_on: s3, config: { values: { a: 1 } } }",
                "{ id: s5, action: core.set, depends_on: s4, config: { values: { a: 1 } } }"));

        Costs costs = run(64);

        assertThat(costs.committing().roundTrips()).isEqualTo(costs.committing().commits());
        assertThat(costs.committing().commits() / (64 * 5.0)).isLessThanOrEqualTo(0.3);
    }

    @Test
    void P3_branches_that_end_together_are_committed_together() {
        String[] steps = new String[42];
        steps[0] = "{ id: a, action: core.set, config: { values: { a: 1 } } }";
        for (int i = 1; i <= 40; i++) {
            steps[i] = "{ id: b" + i + ", action: core.set, depends_on: a, config: { values: { a: 1 } } }";
        }
        steps[41] = "{ id: z, action: core.set, depends_on: ["
                + IntStream.rangeClosed(1, 40).mapToObj(i -> "b" + i).collect(Collectors.joining(", "))
                + "], config: { values: { a: 1 } } }";
        company.enable(line(steps));

        Costs costs = run(1);

        assertThat(costs.committing().roundTrips()).isEqualTo(costs.committing().commits());
        assertThat(costs.committing().commits()).as("of 43 transitions").isLessThanOrEqualTo(21);
        assertThat(costs.serving()).isEqualTo(new Cost(START, 1));
    }

    @Test
    void a_start_that_needs_nothing_else_written_is_one_round_trip_and_one_commit() {
        UUID definition = company.enable(manual()).id();
        start(definition);
        await().atMost(Duration.ofSeconds(60)).until(() -> engine.liveExecutions() == 0);
        Costs before = now();

        start(definition);
        await().atMost(Duration.ofSeconds(60)).until(() -> engine.liveExecutions() == 0);

        Costs after = now();
        assertThat(minus(after.serving(), before.serving())).isEqualTo(new Cost(0, 0));
        assertThat(minus(after.committing(), before.committing()))
                .as("the start, its step with the end")
                .isEqualTo(new Cost(2, 2));
    }

    private static String manual() {
        return """
                workflow:
                  name: by-hand
                  trigger: { manual: true }
                  steps:
                    - { id: s, action: core.set, config: { values: { a: 1 } } }
                """;
    }

    private UUID start(UUID definition) {
        return engine.executions()
                .start(company.tenant, definition, Json.object(), Actor.SYSTEM)
                .orThrow();
    }
}
