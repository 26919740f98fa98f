package dev.millrace.trials.bench.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import dev.millrace.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** DBOS Transact with its usual settings and a pool as large as ours. */
final class DbosNode implements Contestant {
    private static final int FAN = 40;
    private static final int CONNECTIONS = 20;

    private static final String ENDED = "select count(*) from dbos.workflow_status where status = 'SUCCESS'";

    private final HikariDataSource pool;
    private final DBOS dbos;
    private final DbosFlows flows;
    private final boolean fan;
    private final AtomicInteger returned = new AtomicInteger();

    DbosNode(PostgresAddress owner, boolean fan) {
        this.fan = fan;
        this.pool = Pools.open(owner, CONNECTIONS);
        this.dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(pool));
        var steps = new Steps(dbos, returned);
        this.flows = dbos.registerProxy(DbosFlows.class, steps);
        steps.self = Optional.of(flows);
        dbos.launch();
    }

    static final class Steps implements DbosFlows {
        private final DBOS dbos;
        private final AtomicInteger returned;
        private volatile Optional<DbosFlows> self = Optional.empty();

        Steps(DBOS dbos, AtomicInteger returned) {
            this.dbos = dbos;
            this.returned = returned;
        }

        @Override
        @Workflow(name = "linear")
        public int linear() {
            int sum = 0;
            for (int n = 1; n <= 5; n++) {
                sum += step(n);
            }
            returned.incrementAndGet();
            return sum;
        }

        @Override
        @Workflow(name = "branch")
        public int branch() {
            return step(1);
        }

        @Override
        @Workflow(name = "fan")
        public int fan() {
            int sum = step(1);
            List<WorkflowHandle<Integer, RuntimeException>> branches = new ArrayList<>();
            for (int n = 0; n < FAN; n++) {
                branches.add(dbos.startWorkflow(() -> self.orElseThrow().branch()));
            }
            for (WorkflowHandle<Integer, RuntimeException> branch : branches) {
                sum += branch.getResult();
            }
            sum += step(2);
            returned.incrementAndGet();
            return sum;
        }

        private int step(int n) {
            return dbos.<Integer, RuntimeException>runStep(() -> n, "s" + n);
        }
    }

    @Override
    public void start(int number) {
        if (fan) {
            dbos.<Integer, RuntimeException>startWorkflow(flows::fan);
        } else {
            dbos.<Integer, RuntimeException>startWorkflow(flows::linear);
        }
    }

    @Override
    public void awaitAll(int started) {
        int workflows = fan ? started * (FAN + 1) : started;
        Patience.until(started + " workflows have ended", () -> returned.get() >= started && ended() >= workflows);
    }

    private int ended() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ENDED)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int steps() {
        return fan ? FAN + 2 : 5;
    }

    @Override
    public void close() {
        dbos.shutdown();
        pool.close();
    }
}
