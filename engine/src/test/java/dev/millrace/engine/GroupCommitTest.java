package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.execution.AdvanceRows;
import dev.millrace.engine.execution.GroupCommit;
import dev.millrace.engine.execution.StartRows;
import dev.millrace.engine.execution.StepRow;
import dev.millrace.engine.execution.Transition;
import dev.millrace.engine.execution.Transition.Result;
import dev.millrace.engine.journal.Entry;
import dev.millrace.testkit.HoldPoints;
import dev.millrace.testkit.HoldPoints.Hold;
import dev.millrace.testkit.TestDatabase;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transitions that queue up behind a commit under way are committed together. */
class GroupCommitTest {
    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final UUID tenant = UuidCreator.getTimeOrderedEpoch();
    private final TestDirectory directory = new TestDirectory();
    private final Engine engine = EngineFixture.newEngine(
            database.app(), false, directory, new TrialActions.Calls(), Holds.NONE, Duration.ofSeconds(30));
    private final TestCompany company = new TestCompany(directory, engine, tenant);
    private final Slow slow = new Slow(database.app());
    private final GroupCommit commits = new GroupCommit(
            slow,
            new AdvanceRows(UuidCreator::getTimeOrderedEpoch, () -> {}),
            new StartRows(NodeSettings.of(UuidCreator.getTimeOrderedEpoch())),
            1,
            () -> {});
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        together.close();
        database.close();
    }

    @Test
    void what_queues_up_meanwhile_is_one_more_commit_and_not_one_each() throws Exception {
        List<UUID> executions = started(21);
        Hold first = slow.hold();
        var leading = async(step(executions.getFirst(), 1));
        first.awaitReached();
        var followers =
                executions.subList(1, 21).stream().map(e -> async(step(e, 1))).toList();
        await().atMost(Duration.ofSeconds(10)).until(() -> commits.queued() == 20);

        first.release();

        assertThat(leading.get()).isInstanceOf(Result.Written.class);
        for (var follower : followers) {
            assertThat(follower.get()).isInstanceOf(Result.Written.class);
        }
        assertThat(slow.connections.get()).isEqualTo(2);
        executions.forEach(e -> assertThat(company.statusOf(e, "first")).isEqualTo("completed"));
    }

    @Test
    void one_with_an_old_fence_is_refused_and_the_others_are_written() throws Exception {
        List<UUID> executions = started(3);
        Hold first = slow.hold();
        var leading = async(step(executions.get(0), 1));
        first.awaitReached();
        var stale = async(step(executions.get(1), 7));
        var good = async(step(executions.get(2), 1));
        await().atMost(Duration.ofSeconds(10)).until(() -> commits.queued() == 2);

        first.release();

        assertThat(leading.get()).isInstanceOf(Result.Written.class);
        assertThat(stale.get()).isInstanceOf(Result.Refused.class);
        assertThat(good.get()).isInstanceOf(Result.Written.class);
        assertThat(company.statusOf(executions.get(1), "first")).isEqualTo("none");
    }

    @Test
    void a_batch_that_fails_for_one_is_split_and_the_others_are_written() throws Exception {
        List<UUID> executions = started(3);
        commits.commit(step(executions.get(1), 1));
        Hold first = slow.hold();
        var leading = async(step(executions.get(0), 1));
        first.awaitReached();
        var twice = async(step(executions.get(1), 1));
        var good = async(step(executions.get(2), 1));
        await().atMost(Duration.ofSeconds(10)).until(() -> commits.queued() == 2);

        first.release();

        assertThat(leading.get()).isInstanceOf(Result.Written.class);
        assertThat(twice.get()).as("a step that has ended").isInstanceOf(Result.Unknown.class);
        assertThat(good.get()).isInstanceOf(Result.Written.class);
        assertThat(company.journal(executions.get(1))).hasSize(2);
    }

    private List<UUID> started(int count) {
        company.enable("""
                workflow:
                  name: line
                  trigger: { event: order.created }
                  steps:
                    - { id: first, action: trial.effect, config: {} }
                """);
        var executions = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            executions.addAll(company.run(tx ->
                            engine.events().publish(tx, NewEvent.of("order.created", company.order("1"), Actor.SYSTEM)))
                    .executions());
        }
        return executions;
    }

    private Transition step(UUID execution, long fence) {
        StepRow done = StepRow.fresh("first", "trial.effect").completed(Json.object());
        Entry entry = Entry.ofStep("workflow.step_completed", execution, "first", "running", "completed");
        return new Transition(
                tenant, execution, fence, Optional.empty(), new Transition.Move.Keep(), List.of(done), List.of(entry));
    }

    private CompletableFuture<Result> async(Transition transition) {
        return CompletableFuture.supplyAsync(() -> commits.commit(transition), together);
    }

    /** Counts connections, and holds up whoever asks for one while it is armed. */
    private static final class Slow implements DataSource {
        private final DataSource behind;
        private final HoldPoints holds = new HoldPoints();
        private final AtomicInteger connections = new AtomicInteger();

        Slow(DataSource behind) {
            this.behind = behind;
        }

        Hold hold() {
            connections.set(0);
            return holds.hold("connection");
        }

        @Override
        public Connection getConnection() throws SQLException {
            connections.incrementAndGet();
            holds.at("connection");
            return behind.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return behind.getConnection(user, password);
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return behind.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            behind.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            behind.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return behind.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger("slow");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return behind.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return behind.isWrapperFor(type);
        }
    }
}
