package dev.millrace.trials.faults;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.HintChannel;
import dev.millrace.engine.Holds;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.testkit.Intercepted;
import dev.millrace.testkit.SqlHook;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** A process that does one thing and dies in the middle of it, with no chance to tidy up. */
public final class CrashMain {
    /** As a process has that was killed. */
    static final int KILLED = 137;

    private CrashMain() {}

    /**
     * @param arguments JDBC address, user, password, point, {@code statement} or {@code commit}: where it dies, company,
     *     subject
     */
    public static void main(String[] arguments) {
        var point = CrashPoint.valueOf(arguments[3]);
        boolean atCommit = arguments[4].equals("commit");
        UUID tenant = UUID.fromString(arguments[5]);
        UUID subject = UUID.fromString(arguments[6]);
        try (HikariDataSource pool = Connections.pool(arguments[0], arguments[1], arguments[2], "crashing", 4, false)) {
            DataSource dying = Intercepted.dataSource(pool, death(point.statement(), atCommit));
            if (point == CrashPoint.MIGRATION) {
                CrashPoint.migrate(dying);
            } else {
                act(point, dying, tenant, subject);
            }
        }
        System.out.println("nothing came to " + point.statement());
    }

    private static void act(CrashPoint point, DataSource dying, UUID tenant, UUID subject) {
        UUID node = UuidCreator.getTimeOrderedEpoch();
        var actions = new ActionRegistry();
        new TrialActions(node, new Receiver.Line(0), Optional.empty()).register(actions);
        var settings = new NodeSettings(node, false, Trial.LEASE, Duration.ofMillis(50), 1, 1, false);
        var engine = Nodes.engine(dying, dying, settings, actions, Holds.NONE, HintChannel.NONE);
        point.act(new Company(tenant, engine), subject);
    }

    private static SqlHook death(String statement, boolean atCommit) {
        var seen = new AtomicBoolean();
        return new SqlHook() {
            @Override
            public void before(String sql) {
                if (sql.contains(statement)) {
                    seen.set(true);
                    if (!atCommit) {
                        Runtime.getRuntime().halt(KILLED);
                    }
                }
            }

            @Override
            public void beforeCommit() {
                if (seen.get()) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }
        };
    }
}
