package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.testkit.FaultProxy;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R9: a connection that breaks while the answer to a COMMIT is awaited loses nothing and doubles nothing. */
class LostCommitTest {
    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final FaultProxy proxy = FaultProxy.before(database.appAddress());
    private final HikariDataSource pool = EngineFixture.pool(
            proxy.address().jdbcUrl(), proxy.address().user(), proxy.address().password());
    private final TestDirectory directory = new TestDirectory();
    private final TrialActions.Calls calls = new TrialActions.Calls();
    private final Engine api =
            EngineFixture.newEngine(database.app(), false, directory, calls, Holds.NONE, Duration.ofSeconds(30));
    private final Engine node =
            EngineFixture.newEngine(pool, true, directory, calls, Holds.NONE, Duration.ofSeconds(30));
    private final TestCompany company = new TestCompany(directory, api, UuidCreator.getTimeOrderedEpoch());

    @AfterEach
    void close() {
        proxy.loseCommits(() -> false);
        node.close();
        pool.close();
        proxy.close();
        database.close();
    }

    @Test
    void R9_answers_to_commits_are_lost_again_and_again_and_every_effect_is_there_once() {
        company.enable("""
                workflow:
                  name: line
                  trigger: { event: order.created }
                  steps:
                    - { id: set, action: core.set, config: { values: { a: 1 } } }
                    - { id: local, action: trial.effect, depends_on: set, config: {} }
                    - { id: call, action: trial.call, depends_on: local, config: {} }
                    - { id: ping, action: trial.ping, depends_on: call, config: {} }
                """);
        List<UUID> executions = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            executions.add(company.start("1"));
        }
        var commits = new AtomicInteger();
        proxy.loseCommits(() -> commits.incrementAndGet() % 3 == 0);

        node.start();

        for (UUID execution : executions) {
            company.awaitStatus(execution, "completed", Duration.ofSeconds(60));
            assertThat(company.effects(execution, "local")).as("local rows").isEqualTo(1);
            assertThat(company.effects(execution, "call")).as("rows of a call").isEqualTo(1);
            assertThat(company.journal(execution))
                    .filteredOn(entry -> !entry.startsWith("workflow.step_started"))
                    .doesNotHaveDuplicates()
                    .endsWith("workflow.completed");
            // Nobody was lost, so no call was made twice: its answer was kept and offered again.
            assertThat(calls.of(execution)).hasSize(2);
        }
        assertThat(proxy.lostCommits()).as("effective faults").isGreaterThanOrEqualTo(20);
    }
}
