package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.testkit.FaultProxy;
import dev.millrace.testkit.FaultProxy.Direction;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R6: a node that takes requests wakes one that runs; when hints are lost everything comes later, and nothing else. */
class HintTest {
    private static final String ASK = """
            workflow:
              name: ask
              trigger: { event: order.created }
              steps:
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: last, action: trial.effect, depends_on: ask, config: {} }
            """;

    /** Longer than any test waits: what happens before it was hinted. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final Jdbi app = Jdbi.create(database.app());
    private final TestDirectory directory = new TestDirectory();
    private final UUID tenant = UuidCreator.getTimeOrderedEpoch();
    private final HikariDataSource hintsOfApi = pool(database.appAddress());
    private final Engine api = node(false, NEVER, Optional.of(hintsOfApi));
    private final TestCompany company = new TestCompany(directory, api, tenant);

    private static HikariDataSource pool(PostgresAddress at) {
        return EngineFixture.pool(at.jdbcUrl(), at.user(), at.password());
    }

    /** Gives up soon on a server that takes a connection and says nothing. */
    private static HikariDataSource impatient(PostgresAddress at) {
        String url = at.jdbcUrl();
        return EngineFixture.pool(url + (url.contains("?") ? "&" : "?") + "loginTimeout=2", at.user(), at.password());
    }

    private Engine node(boolean workers, Duration poll, Optional<HikariDataSource> hints) {
        var actions = new ActionRegistry();
        TrialActions.register(actions, new TrialActions.Calls());
        var settings =
                new NodeSettings(UuidCreator.getTimeOrderedEpoch(), workers, poll.multipliedBy(3), poll, 64, 64, false);
        return new Engine(new Engine.Setup(
                database.app(),
                database.app(),
                1,
                settings,
                directory,
                actions,
                new EventTypes().register(EngineFixture.ORDER),
                List.of(),
                Holds.NONE,
                hints.<HintChannel>map(PostgresHints::new).orElse(HintChannel.NONE),
                RetentionSettings.USUAL));
    }

    @AfterEach
    void drop() {
        api.close();
        hintsOfApi.close();
        database.close();
    }

    @Test
    void a_node_that_runs_is_woken_by_one_that_takes_requests() {
        api.start();
        try (HikariDataSource hints = pool(database.appAddress());
                Engine worker = node(true, NEVER, Optional.of(hints))) {
            worker.start();
            awaitListeners(2);
            company.enable(ASK);

            UUID execution = company.start("1");
            company.awaitStatus(execution, "awaiting_approval");
            company.approve(company.awaitRequest(execution), company.meera);
            company.awaitStatus(execution, "completed");

            assertThat(company.effects(execution, "last")).isEqualTo(1);
            report(execution);
        }
    }

    /** Not a promise of this test: a figure for people. */
    private void report(UUID execution) {
        Instant decided = company.view(execution).startedAt();
        Instant started = company.steps(execution).get("ask").startedAt().orElse(decided);
        System.out.println(
                "another node began " + Duration.between(decided, started).toMillis() + " ms after the start");
    }

    @Test
    void R6_without_hints_everything_comes_with_the_poll() {
        api.start();
        try (Engine worker = node(true, Duration.ofMillis(100), Optional.empty())) {
            worker.start();
            company.enable(ASK);

            UUID execution = company.start("1");
            company.approve(company.awaitRequest(execution), company.meera);
            company.awaitStatus(execution, "completed");
        }
    }

    @Test
    void a_listener_whose_session_was_ended_listens_again_and_looks_at_what_it_missed() {
        api.start();
        try (HikariDataSource hints = pool(database.appAddress());
                Engine worker = node(true, NEVER, Optional.of(hints))) {
            worker.start();
            awaitListeners(2);
            company.enable(ASK);
            app.useHandle(h -> h.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()
                       and (query like '%pg_listening_channels%' or query = 'listen millrace_hints')"""));

            company.awaitStatus(company.start("1"), "awaiting_approval");
        }
    }

    @Test
    void R6_a_half_open_listener_is_replaced_and_meanwhile_the_poll_finds_the_work() throws Exception {
        api.start();
        try (FaultProxy proxy = FaultProxy.before(database.appAddress());
                HikariDataSource hints = impatient(proxy.address());
                Engine worker = node(true, Duration.ofMillis(200), Optional.of(hints))) {
            worker.start();
            awaitListeners(2);
            List<Integer> before = listeners();
            company.enable(ASK);
            proxy.blackhole(Direction.TO_CLIENT, true);

            company.awaitStatus(company.start("1"), "awaiting_approval");

            // Whoever waits on the dead connection finds that out by itself; a new one gets through again.
            await().atMost(Duration.ofSeconds(60)).until(() -> !listeners().containsAll(before));
            proxy.blackhole(Direction.TO_CLIENT, false);
            awaitListeners(2);
        }
    }

    private void awaitListeners(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> listeners().size() >= count);
    }

    private List<Integer> listeners() {
        return app.withHandle(h -> h.createQuery("""
                        select pid from pg_stat_activity
                         where datname = current_database()
                           and query in ('listen millrace_hints', 'select pg_listening_channels()')""").mapTo(Integer.class).list());
    }
}
