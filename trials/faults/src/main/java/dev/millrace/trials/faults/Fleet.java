package dev.millrace.trials.faults;

import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The nodes of a trial; knows their processes, and ends no others. */
final class Fleet implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final NodeProgram program;
    private final Function<UUID, WorkerOptions> options;
    private final Path logs;
    private final List<WorkerProcess> nodes = new CopyOnWriteArrayList<>();
    private final AtomicInteger leasesLost = new AtomicInteger();
    private final Set<Integer> planted = new ConcurrentSkipListSet<>();

    Fleet(NodeProgram program, Function<UUID, WorkerOptions> options, Path logs) {
        this.program = program;
        this.options = options;
        this.logs = logs;
    }

    /** Starts that many nodes and waits until they work. */
    void start(int count) {
        for (int i = 0; i < count; i++) {
            add();
        }
        await().atMost(START_MAX).until(() -> nodes.stream().allMatch(WorkerProcess::works));
    }

    void add() {
        nodes.add(WorkerProcess.start(program, options.apply(UuidCreator.getTimeOrderedEpoch()), logs, this::hear));
    }

    private void hear(String line) {
        if (line.equals(WorkerMain.LEASE_LOST)) {
            leasesLost.incrementAndGet();
        } else if (line.startsWith(WorkerMain.PLANTED)) {
            planted.add(Integer.parseInt(line.substring(WorkerMain.PLANTED.length())));
        }
    }

    /** A node that works, by the dice; waits until there are two, so that somebody is left to take over. */
    WorkerProcess anyWorking(Random random) {
        await().atMost(START_MAX).until(() -> working().size() >= 2);
        List<WorkerProcess> working = working();
        return working.get(random.nextInt(working.size()));
    }

    List<WorkerProcess> working() {
        return nodes.stream().filter(WorkerProcess::works).toList();
    }

    /** Kills it and starts another in its place. */
    void replace(WorkerProcess victim) throws InterruptedException {
        victim.kill();
        nodes.remove(victim);
        add();
    }

    /** Starts another for each that ended by itself. */
    int replaceTheDead() {
        List<WorkerProcess> dead = nodes.stream().filter(n -> !n.isAlive()).toList();
        nodes.removeAll(dead);
        dead.forEach(d -> add());
        return dead.size();
    }

    void awaitAllWorking() {
        await().atMost(START_MAX).until(() -> nodes.stream().allMatch(WorkerProcess::works));
    }

    /** How often a node found that its lease was lost: that a read or a write under it was refused. */
    int leasesLost() {
        return leasesLost.get();
    }

    /** Numbers of the bug's rewrites that changed a statement in some node. */
    Set<Integer> planted() {
        return new TreeSet<>(planted);
    }

    @Override
    public void close() {
        for (WorkerProcess node : nodes) {
            try {
                node.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
