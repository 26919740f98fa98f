package dev.millrace.trials.faults;

import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.Engine;
import dev.millrace.engine.HintChannel;
import dev.millrace.engine.Holds;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.PostgresHints;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.testkit.Intercepted;
import dev.millrace.testkit.SqlHook;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** A node of a trial: the engine and nothing else. Stops in order when its standard input ends; tells what it sees. */
public final class WorkerMain {
    static final String READY = "ready";
    static final String PLANTED = "planted ";
    static final String LEASE_LOST = "lease lost";
    private static final int EXECUTIONS_MAX = 64;
    private static final int SERVING = 10;

    private WorkerMain() {}

    /** @param arguments as {@link WorkerOptions} writes them */
    public static void main(String[] arguments) throws IOException {
        var options = WorkerOptions.parse(arguments);
        try (HikariDataSource serving = pool(options, SERVING);
                HikariDataSource committers = pool(options, 1);
                HikariDataSource others = pool(options, SERVING);
                HintChannel hints = options.hints() ? new PostgresHints(others) : HintChannel.NONE) {
            Optional<Jdbi> apart =
                    options.bug().filter(bug -> bug == PlantedBug.EFFECT_APART).map(bug -> Jdbi.create(others));
            var actions = new ActionRegistry();
            new TrialActions(options.node(), new Receiver.Line(options.receiver()), apart).register(actions);
            var settings = new NodeSettings(
                    options.node(), true, options.lease(), options.poll(), EXECUTIONS_MAX, EXECUTIONS_MAX, false);
            try (Engine engine = Nodes.engine(
                    hooked(serving, options), hooked(committers, options), settings, actions, holds(), hints)) {
                engine.start();
                say(READY);
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static HikariDataSource pool(WorkerOptions options, int size) {
        return Connections.pool(
                options.url(), options.user(), options.password(), nodeName(options), size, options.limits());
    }

    private static String nodeName(WorkerOptions options) {
        return "node-" + options.node();
    }

    private static Holds holds() {
        return point -> {
            if (point.equals("execution.lease_lost")) {
                say(LEASE_LOST);
            }
        };
    }

    private static DataSource hooked(DataSource real, WorkerOptions options) {
        DataSource with = real;
        if (options.bug().filter(bug -> !bug.rewrites().isEmpty()).isPresent()) {
            with = Intercepted.dataSource(with, new Planted(options.bug().get(), i -> say(PLANTED + i)));
        }
        if (options.commitDelay().isPositive()) {
            with = Intercepted.dataSource(with, late(options.commitDelay()));
        }
        return with;
    }

    private static SqlHook late(Duration most) {
        return new SqlHook() {
            @Override
            public void beforeCommit() {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most.toNanos()));
            }
        };
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
