package dev.millrace.trials.faults;

import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** The classes of faults. */
final class Faults {
    private Faults() {}

    /** {@code kill -9} of a node; it hits if the node held a live lease. */
    static final class Kill implements Fault {
        @Override
        public int inject(Scene scene) throws InterruptedException {
            scene.pause(150, 500);
            WorkerProcess victim = scene.anyBusy();
            int hit = scene.leasesOf(victim.node()).isEmpty() ? 0 : 1;
            scene.fleet().replace(victim);
            return hit;
        }
    }

    /** A node stands still for longer than its lease and then goes on; it hits as often as the node was overtaken. */
    static final class Zombie implements Fault {
        @Override
        public int inject(Scene scene) throws InterruptedException {
            scene.pause(100, 400);
            WorkerProcess victim = scene.busiest();
            Map<UUID, Long> held = scene.leasesOf(victim.node());
            victim.freeze();
            try {
                long lease = scene.lease().toMillis();
                scene.pause(lease * 12 / 10, lease * 2);
            } finally {
                victim.thaw();
            }
            return (int) scene.overtaken(held);
        }
    }

    /** A connection goes while the answer to COMMIT is on its way. */
    static final class CommitCut implements Fault {
        private int seen;

        @Override
        public void prepare(Scene scene) {
            var dice = new Random(scene.random().nextLong());
            scene.proxy().loseCommits(() -> {
                synchronized (dice) {
                    return dice.nextInt(25) == 0;
                }
            });
        }

        @Override
        public int inject(Scene scene) {
            while (scene.proxy().lostCommits() == seen
                    && !Thread.currentThread().isInterrupted()) {
                scene.pause(10, 20);
            }
            seen++;
            return 1;
        }
    }

    /** Every process of PostgreSQL ends at once and it is started again; it hits if leases were live. */
    static final class DatabaseCrash implements Fault {
        @Override
        public int inject(Scene scene) {
            scene.pause(2500, 3500);
            int live = scene.database()
                    .checker()
                    .withHandle(h -> h.createQuery("""
                            select count(*) from workflow_executions where lease_until > millrace_now()""").mapTo(Integer.class).one());
            scene.database().crashServer();
            return live > 0 ? 1 : 0;
        }
    }

    /** A node dies and its connections do not: it hits if a transaction was left open. */
    static final class HalfOpen implements Fault {
        @Override
        public void prepare(Scene scene) {
            scene.proxy().swallowCloses(true);
        }

        @Override
        public int inject(Scene scene) throws InterruptedException {
            scene.pause(150, 500);
            WorkerProcess victim = scene.fleet().anyWorking(scene.random());
            scene.fleet().replace(victim);
            return openTransactions(scene, victim.node()) > 0 ? 1 : 0;
        }

        private static final String OPEN = """
                select count(*) from pg_stat_activity
                 where application_name = ? and state in ('idle in transaction', 'idle in transaction (aborted)')""";

        private static int openTransactions(Scene scene, UUID node) {
            // As the serving role: PostgreSQL shows a session's state to its own role only.
            try (var connection = scene.database().serving().connect();
                    var statement = connection.prepareStatement(OPEN)) {
                statement.setString(1, "node-" + node);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Nothing happens but that nobody tells a node anything: the poll alone finds the work. */
    static final class LostHints implements Fault {
        @Override
        public int inject(Scene scene) {
            scene.pause(400, 600);
            return 1;
        }
    }

    /** An execution whose action ends the process that runs it. */
    static final class Poison implements Fault {
        @Override
        public int inject(Scene scene) {
            if (scene.fleet().replaceTheDead() == 0) {
                scene.pause(50, 100);
                return inject(scene);
            }
            return 1;
        }

        @Override
        public void prepare(Scene scene) {
            scene.workload().publish(scene.workload().companies().getFirst(), Flavour.POISONED);
        }
    }
}
