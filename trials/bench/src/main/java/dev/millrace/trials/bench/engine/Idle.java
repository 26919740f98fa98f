package dev.millrace.trials.bench.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A node that has nothing to do. */
record Idle(Probe probe) {
    /** Sessions tell their counters a second after they are idle, at the latest. */
    private static final Duration SETTLES_IN = Duration.ofSeconds(2);

    Map<String, Double> measure(Duration howLong) throws SQLException {
        sleep(SETTLES_IN);
        long transactions = probe.allTransactions();
        Usage before = probe.read();
        sleep(howLong);
        Usage used = probe.read().since(before);
        // Our own reading is one.
        long asked = probe.allTransactions() - transactions - 2;
        var figures = new LinkedHashMap<String, Double>();
        figures.put("idle_cpu_percent", 100 * (used.jvm() + used.server()) / used.seconds());
        figures.put("idle_jvm_percent", 100 * used.jvm() / used.seconds());
        figures.put("idle_pg_percent", 100 * used.server() / used.seconds());
        figures.put("idle_transactions_per_s", Math.max(0, asked) / used.seconds());
        return figures;
    }

    /** The only thing that is measured by the clock: what happens in a while. */
    private static void sleep(Duration howLong) {
        long until = System.nanoTime() + howLong.toNanos();
        for (long left = howLong.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
