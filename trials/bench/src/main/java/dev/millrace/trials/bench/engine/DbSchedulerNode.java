package dev.millrace.trials.bench.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * db-scheduler as five tasks, each of which replaces itself by the next. It keeps no journal and no history, so it does
 * less than the others.
 */
final class DbSchedulerNode implements Contestant {
    private static final int STEPS = 5;
    private static final int THREADS = 16;

    // As its documentation gives it for PostgreSQL.
    private static final String TABLE = """
            create table scheduled_tasks (
                task_name text not null, task_instance text not null, task_data bytea,
                execution_time timestamp with time zone not null, picked boolean not null, picked_by text,
                last_success timestamp with time zone, last_failure timestamp with time zone, consecutive_failures int,
                last_heartbeat timestamp with time zone, version bigint not null, priority smallint,
                primary key (task_name, task_instance));
            create index execution_time_idx on scheduled_tasks (execution_time);
            create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)""";

    private final HikariDataSource pool;
    private final Scheduler scheduler;
    private final AtomicInteger returned = new AtomicInteger();

    DbSchedulerNode(PostgresAddress owner) throws SQLException {
        this.pool = Pools.open(owner, THREADS + 4);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        List<Task<?>> tasks = new ArrayList<>();
        for (int n = 1; n <= STEPS; n++) {
            tasks.add(task(n));
        }
        this.scheduler = new SchedulerBuilder(pool, tasks)
                .threads(THREADS)
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofMillis(100))
                .enableImmediateExecution()
                .build();
        scheduler.start();
    }

    private Task<Void> task(int n) {
        return Tasks.custom("s" + n, Void.class)
                .onFailureReschedule(FixedDelay.of(Duration.ofSeconds(1)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    if (n < STEPS) {
                        return new CompletionHandler.OnCompleteReplace<>("s" + (n + 1));
                    }
                    returned.incrementAndGet();
                    return new CompletionHandler.OnCompleteRemove<>();
                });
    }

    @Override
    public void start(int number) {
        scheduler.schedule(new TaskInstance<>("s1", Integer.toString(number)), Instant.now());
    }

    @Override
    public void awaitAll(int started) {
        Patience.until(started + " tasks have ended", () -> returned.get() >= started && left() == 0);
    }

    private int left() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from scheduled_tasks")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int steps() {
        return STEPS;
    }

    @Override
    public void close() {
        scheduler.stop();
        pool.close();
    }
}
