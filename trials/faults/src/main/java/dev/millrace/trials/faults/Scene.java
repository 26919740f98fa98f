package dev.millrace.trials.faults;

import dev.millrace.testkit.FaultProxy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What a fault can reach. */
record Scene(TrialDatabase database, Fleet fleet, FaultProxy proxy, Workload workload, Duration lease, Random random) {
    /** Lets the load go on for a while; the dice say how long. */
    void pause(long fromMillis, long toMillis) {
        LockSupport.parkNanos(
                Duration.ofMillis(random.nextLong(fromMillis, toMillis)).toNanos());
    }

    /** The executions whose lease a node holds now, with their fences. */
    Map<UUID, Long> leasesOf(UUID node) {
        record Held(UUID id, long fence) {}
        return database.checker()
                .withHandle(h -> h
                        .createQuery("""
                        select id, fence from workflow_executions
                         where lease_owner = :node and lease_until > millrace_now()""")
                        .bind("node", node)
                        .map((row, context) -> new Held(row.getObject("id", UUID.class), row.getLong("fence")))
                        .stream()
                        .collect(Collectors.toMap(Held::id, Held::fence)));
    }

    /** Any node that holds a live lease, or any at all where none does. */
    WorkerProcess anyBusy() {
        WorkerProcess any = fleet.anyWorking(random);
        List<WorkerProcess> busy = fleet.working().stream()
                .filter(node -> !leasesOf(node.node()).isEmpty())
                .toList();
        return busy.isEmpty() ? any : busy.get(random.nextInt(busy.size()));
    }

    /** The node with the most live leases. */
    WorkerProcess busiest() {
        WorkerProcess any = fleet.anyWorking(random);
        return fleet.working().stream()
                .max(Comparator.comparingInt(node -> leasesOf(node.node()).size()))
                .orElse(any);
    }

    /** How many of them another node has taken since, or finished. */
    long overtaken(Map<UUID, Long> held) {
        return database.checker()
                .withHandle(h -> held.entrySet().stream()
                        .filter(e -> h.createQuery("select fence from workflow_executions where id = :id")
                                        .bind("id", e.getKey())
                                        .mapTo(Long.class)
                                        .one()
                                > e.getValue())
                        .count());
    }
}
