package dev.millrace.trials.bench.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many executions, started one by one by several clients, each start durable before the next. */
record Throughput(Contestant contestant, Probe probe, int clients) {
    /** Lets everything that runs be compiled, and the tables be known to the planner, before the clock starts. */
    Map<String, Double> measure(int warmUp, int executions) throws SQLException {
        run(0, warmUp / 10);
        probe.analyze();
        run(warmUp / 10, warmUp - warmUp / 10);
        Usage before = probe.read();
        run(warmUp, executions);
        Usage used = probe.read().since(before);
        double steps = (double) executions * contestant.steps();
        var figures = new LinkedHashMap<String, Double>();
        figures.put("executions_per_s", executions / used.seconds());
        figures.put("steps_per_s", steps / used.seconds());
        figures.put("write_tx_per_step", used.transactions() / steps);
        figures.put("wal_bytes_per_step", used.walBytes() / steps);
        figures.put("jvm_us_per_step", used.jvm() * 1e6 / steps);
        figures.put("pg_us_per_step", used.server() * 1e6 / steps);
        figures.put("cpu_us_per_step", (used.jvm() + used.server()) * 1e6 / steps);
        return figures;
    }

    private void run(int from, int count) {
        var next = new AtomicInteger(from);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                running.add(pool.submit(() -> {
                    for (int n = next.getAndIncrement(); n < from + count; n = next.getAndIncrement()) {
                        contestant.start(n);
                    }
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client could not start an execution", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        contestant.awaitAll(from + count);
    }
}
