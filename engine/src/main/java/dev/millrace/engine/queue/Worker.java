package dev.millrace.engine.queue;

import dev.millrace.engine.Directory;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.execution.ExecutionRows.Claimed;
import dev.millrace.engine.execution.ExecutionRun;
import dev.millrace.engine.execution.Host;
import dev.millrace.engine.execution.Loaded;
import dev.millrace.engine.execution.Services;
import dev.millrace.engine.execution.StepRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs executions on this node: claims what is due, tenant by tenant in turn, keeps the leases of what runs, and takes
 * over in memory what is started here.
 */
public final class Worker implements Host, AutoCloseable {
    /** Executions claimed of one tenant before the next has its turn. */
    private static final int CLAIM_MAX = 64;

    /** How often leases are looked at, at least; of a short lease six times. */
    private static final Duration EXTEND_EVERY = Duration.ofSeconds(5);

    /** How long a stopping node waits for what runs. */
    private static final Duration DRAIN_MAX = Duration.ofSeconds(25);

    private static final Duration READ_AGAIN_AFTER = Duration.ofMillis(100);

    /** Claims are woken when something is due; without that they look only in case that the look for it is stuck. */
    private static final Duration UNWOKEN = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final Services services;
    private final Jdbi jdbi;
    private final Directory directory;
    private final DefinitionRows definitions;
    private final CompiledDefinitions compiled;
    private final Map<UUID, ExecutionRun> live = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Something may be due that found no room: whoever ends then wakes the claims. */
    private volatile boolean roomWanted;

    private final List<Thread> loops = new ArrayList<>();

    public Worker(
            Services services,
            Jdbi jdbi,
            Directory directory,
            DefinitionRows definitions,
            CompiledDefinitions compiled) {
        this.services = services;
        this.jdbi = jdbi;
        this.directory = directory;
        this.definitions = definitions;
        this.compiled = compiled;
    }

    /** Begins to claim. On a database of this process alone, takes back what its predecessor held. */
    public void start() {
        if (settings().soleNode()) {
            int back = liveTenants().stream()
                    .mapToInt(t -> services.transactions().run(t, services.executions()::takeBackAll))
                    .sum();
            if (back > 0) {
                log.info("{} executions of the server before this one go on", back);
            }
        }
        loops.add(Thread.ofPlatform().name("millrace-claim").start(this::claimUntilClosed));
        loops.add(Thread.ofPlatform().name("millrace-leases").start(this::extendUntilClosed));
    }

    private List<UUID> liveTenants() {
        return jdbi.withHandle(h -> h.createQuery("select millrace_live_tenants()")
                .mapTo(UUID.class)
                .list());
    }

    private void claimUntilClosed() {
        while (!closing.get()) {
            int claimed = quietly(this::runOnce, 0);
            if (claimed == 0) {
                awaitWake(UNWOKEN);
            }
        }
    }

    private void extendUntilClosed() {
        while (!closing.get()) {
            quietly(this::extendOnce, 0);
            Duration sixth = settings().lease().dividedBy(6);
            pause(EXTEND_EVERY.compareTo(sixth) < 0 ? EXTEND_EVERY : sixth);
        }
    }

    /**
     * Claims and starts what is due now, as far as there is room.
     *
     * @return how many executions it took
     */
    public int runOnce() {
        roomWanted = false;
        List<UUID> tenants = new ArrayList<>(jdbi.withHandle(h ->
                h.createQuery("select millrace_due_tenants()").mapTo(UUID.class).list()));
        // Another tenant is first each time, so that a full node does not always stop before the same ones.
        Collections.shuffle(tenants);
        int taken = 0;
        for (UUID tenant : tenants) {
            taken += claim(tenant);
        }
        return taken;
    }

    private int claim(UUID tenant) {
        int room = room(tenant);
        if (room <= 0) {
            // Said before looking once more: who ends after that look wakes the claims.
            roomWanted = true;
            room = room(tenant);
        }
        if (room <= 0 || closing.get()) {
            return 0;
        }
        List<Loaded> loaded = claim(tenant, room);
        services.holds().at("claim.after");
        loaded.forEach(this::adopt);
        return loaded.size();
    }

    private int room(UUID tenant) {
        return Math.min(CLAIM_MAX, Math.min(settings().executionsMax() - live.size(), roomOf(tenant)));
    }

    private List<Loaded> claim(UUID tenant, int room) {
        var claimed = new AtomicReference<List<Loaded>>(List.of());
        try {
            return services.transactions().run(tenant, tx -> {
                claimed.set(load(
                        tx,
                        services.executions()
                                .claim(tx, settings().node(), settings().lease(), room, roomApart())));
                return claimed.get();
            });
        } catch (UnknownCommitException e) {
            return thoseHeld(tenant, claimed.get());
        }
    }

    /**
     * What a claim took whose commit's answer was lost. Only the owner in the row says it: the fence alone may be that of
     * another node, if the claim did not happen.
     */
    private List<Loaded> thoseHeld(UUID tenant, List<Loaded> claimed) {
        List<UUID> ids = claimed.stream().map(Loaded::id).toList();
        while (!closing.get()) {
            try {
                Map<UUID, Long> held = services.transactions()
                        .run(
                                tenant,
                                tx -> services.executions()
                                        .held(tx, ids, settings().node()));
                return claimed.stream()
                        .filter(c -> Objects.equals(held.get(c.id()), c.fence()))
                        .toList();
            } catch (RuntimeException e) {
                log.debug("what was claimed cannot be read yet", e);
                pause(READ_AGAIN_AFTER);
            }
        }
        return List.of();
    }

    /** What may be killing its nodes runs alone, so that it takes as few neighbours with it as can be. */
    private int roomApart() {
        return live.values().stream().anyMatch(ExecutionRun::isApart) ? 0 : 1;
    }

    private List<Loaded> load(Tx tx, List<Claimed> claimed) {
        if (claimed.isEmpty()) {
            return List.of();
        }
        TenantInfo tenant = directory.tenant(tx);
        Map<UUID, List<StepRow>> steps = services.executions()
                .steps(tx, claimed.stream().map(Claimed::id).toList());
        return claimed.stream()
                .map(c -> c.with(
                        tenant,
                        compiled.of(definitions.find(tx, c.definitionId()).orElseThrow()),
                        steps.getOrDefault(c.id(), List.of())))
                .toList();
    }

    /**
     * Lengthens the leases of what runs here that are past their half. What is being written at that moment is left for
     * the next look: there are three before a lease ends.
     *
     * @return how many it lengthened
     */
    public int extendOnce() {
        Map<UUID, List<UUID>> byTenant = live.values().stream()
                .collect(Collectors.groupingBy(
                        ExecutionRun::tenant, Collectors.mapping(ExecutionRun::id, Collectors.toList())));
        return byTenant.entrySet().stream()
                .mapToInt(of -> services.transactions()
                        .run(
                                of.getKey(),
                                tx -> services.executions()
                                        .extend(
                                                tx,
                                                of.getValue(),
                                                settings().node(),
                                                settings().lease())))
                .sum();
    }

    @Override
    public boolean hasRoom(UUID tenant) {
        boolean room = !closing.get() && live.size() < settings().executionsMax() && roomOf(tenant) > 0;
        roomWanted |= !room;
        return room;
    }

    private int roomOf(UUID tenant) {
        long ofTenant =
                live.values().stream().filter(r -> r.tenant().equals(tenant)).count();
        return settings().executionsPerTenantMax() - (int) ofTenant;
    }

    @Override
    public void adopt(Loaded execution) {
        var run = new ExecutionRun(services, execution);
        // Claimed again after its lease ran out here: the older run finds its fence refused and ends by itself.
        live.put(execution.id(), run);
        Thread.ofVirtual().name("millrace-execution").start(() -> {
            run.run();
            live.remove(execution.id(), run);
            if (roomWanted || closing.get()) {
                wake.release();
            }
        });
        if (closing.get()) {
            run.drain();
        }
    }

    @Override
    public void lookAt(UUID execution) {
        Optional.ofNullable(live.get(execution)).ifPresent(ExecutionRun::lookAgain);
        wake.release();
    }

    @Override
    public void lookAround() {
        live.values().forEach(ExecutionRun::lookAgain);
        wake.release();
    }

    /** Something is due, for anybody: claims are made now. */
    public void wake() {
        wake.release();
    }

    /** How many executions run here. */
    public int liveCount() {
        return live.size();
    }

    /** Claims nothing more; what runs ends its steps and is handed back. */
    @Override
    public void close() {
        closing.set(true);
        wake.release();
        live.values().forEach(ExecutionRun::drain);
        long deadline = services.clock().instant().plus(DRAIN_MAX).toEpochMilli();
        while (!live.isEmpty() && services.clock().instant().toEpochMilli() < deadline) {
            awaitWake(Duration.ofMillis(200));
        }
        loops.forEach(Thread::interrupt);
        loops.forEach(Worker::join);
    }

    private void awaitWake(Duration atMost) {
        try {
            if (wake.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The loops outlive a database that is away: they say so and try again. */
    private int quietly(IntSupplier round, int otherwise) {
        try {
            return round.getAsInt();
        } catch (RuntimeException e) {
            if (!closing.get()) {
                log.warn(
                        "the queue could not be read; trying again in {} ms",
                        settings().poll().toMillis(),
                        e);
            }
            return otherwise;
        }
    }

    private NodeSettings settings() {
        return services.settings();
    }
}
