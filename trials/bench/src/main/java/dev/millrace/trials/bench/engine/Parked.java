package dev.millrace.trials.bench.engine;

import dev.millrace.engine.approval.Request;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many executions that wait for a person: what they cost while they wait, and how they go on. */
record Parked(MillraceNode node, Probe probe, int clients) {
    private static final int LOOKS = 300;
    private static final int PAGE = 500;

    Map<String, Double> measure(int executions) throws SQLException {
        double lookBefore = dueLookMicros();
        long heapBefore = heap();
        long begun = System.nanoTime();
        each(executions, node::start);
        node.awaitParked(executions);
        double parkedIn = (System.nanoTime() - begun) / 1e9;
        long heapAfter = heap();
        double lookAfter = dueLookMicros();

        begun = System.nanoTime();
        decideAll();
        node.awaitAll(executions);
        double resumedIn = (System.nanoTime() - begun) / 1e9;

        var figures = new LinkedHashMap<String, Double>();
        figures.put("parked", (double) executions);
        figures.put("parked_per_s", executions / parkedIn);
        figures.put("heap_growth_mb", Math.max(0, heapAfter - heapBefore) / 1e6);
        figures.put("due_look_us_idle", lookBefore);
        figures.put("due_look_us_parked", lookAfter);
        figures.put("resumed_per_s", executions / resumedIn);
        return figures;
    }

    /** The query of every poll: which companies have due work. Its cost must not follow the number of who waits. */
    private double dueLookMicros() throws SQLException {
        probe.dueTenants(LOOKS);
        long begun = System.nanoTime();
        probe.dueTenants(LOOKS);
        return (System.nanoTime() - begun) / 1e3 / LOOKS;
    }

    private void decideAll() {
        for (UUID tenant : node.tenants) {
            List<Request> page = node.pending(tenant, PAGE);
            while (!page.isEmpty()) {
                List<Request> decide = page;
                each(
                        page.size(),
                        n -> node.engine
                                .approvals()
                                .decide(
                                        tenant,
                                        decide.get(n).id(),
                                        node.company.approver().id(),
                                        true,
                                        Optional.empty()));
                page = node.pending(tenant, PAGE);
            }
        }
    }

    private void each(int count, java.util.function.IntConsumer what) {
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            for (int n = 0; n < count; n++) {
                int number = n;
                pool.execute(() -> what.accept(number));
            }
        }
    }

    /** What is reachable: read after the collector has had its turns. */
    @SuppressWarnings("SystemGC")
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < 3; turn++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
