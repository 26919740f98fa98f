package dev.millrace.trials.bench.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.Actor;
import dev.millrace.engine.Engine;
import dev.millrace.engine.EventTypes;
import dev.millrace.engine.Holds;
import dev.millrace.engine.Json;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Saved;
import dev.millrace.engine.Schema;
import dev.millrace.engine.Started;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.approval.Request;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.postgres.PostgresAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;

/** A node of ours, with everything that a server's node has: row-level security, journal, seals, YAML. */
final class MillraceNode implements Contestant {
    static final EventType HAPPENED = new EventType(
            "bench.happened", "bench", "Something happened.", Shape.of(Field.required("n", Scalar.INTEGER, "Which")));

    private static final int SERVING = 16;

    final Company company = new Company();
    final StampStart stamps = new StampStart();
    final Engine engine;
    final List<UUID> tenants = new ArrayList<>();
    private final List<UUID> definitions = new ArrayList<>();
    private final Workload workload;
    private final HikariDataSource serving;
    private final HikariDataSource committers;

    /** On tables that {@link #migrate} made. */
    MillraceNode(PostgresAddress database, Workload workload, int tenants) {
        int slots = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
        this.workload = workload;
        this.serving = Pools.open(database, SERVING);
        this.committers = Pools.open(database, slots);
        var actions =
                new ActionRegistry().register(new PostEntry()).register(stamps).register(new SlowCall());
        this.engine = new Engine(new Engine.Setup(
                serving,
                committers,
                slots,
                NodeSettings.of(UUID.randomUUID()),
                company,
                actions,
                new EventTypes().register(HAPPENED),
                List.of(),
                Holds.NONE));
        for (int n = 0; n < tenants; n++) {
            UUID tenant = UUID.randomUUID();
            this.tenants.add(tenant);
            this.definitions.add(enable(tenant));
        }
        engine.start();
    }

    static void migrate(PostgresAddress owner) {
        try (HikariDataSource owning = Pools.open(owner, 2)) {
            Schema.migrate(owning, List.of());
            Jdbi.create(owning).useHandle(h -> h.createScript(PostEntry.TABLE).execute());
        }
    }

    private UUID enable(UUID tenant) {
        Saved saved = engine.run(
                tenant,
                tx -> engine.definitions().save(tx, workload.yaml(), Optional.of(true), "person", Actor.SYSTEM));
        return saved.orThrow().id();
    }

    @Override
    public void start(int number) {
        startOne(number);
    }

    UUID startOne(int number) {
        int at = number % tenants.size();
        Started started = engine.executions().start(tenants.get(at), definitions.get(at), Json.object(), Actor.SYSTEM);
        return started.orThrow();
    }

    /** Returns when nothing runs here any more; looks often, for it stands inside what is measured. */
    void awaitIdle() {
        while (engine.liveExecutions() > 0) {
            LockSupport.parkNanos(50_000);
        }
    }

    List<Request> pending(UUID tenant, int limit) {
        return engine.run(tenant, tx -> engine.approvals().allPending(tx, Optional.empty(), limit));
    }

    Request awaitRequest(UUID tenant, UUID execution) {
        Patience.until(
                "execution " + execution + " asks",
                () -> request(tenant, execution).isPresent());
        return request(tenant, execution).orElseThrow();
    }

    private Optional<Request> request(UUID tenant, UUID execution) {
        return engine.run(tenant, tx -> engine.approvals().pendingOf(tx, execution, "ask"));
    }

    // By the index over pending requests.
    private static final String PENDING = """
            select count(*) from approval_requests where tenant_id = :tenant and status = 'pending'""";

    /** Returns when all wait and none is in memory. */
    void awaitParked(int executions) {
        Patience.until(
                executions + " executions wait", () -> engine.liveExecutions() == 0 && count(PENDING) >= executions);
    }

    // Walks the tenant's executions; asked only when none runs here any more.
    private static final String ENDED = """
            select count(*) from workflow_executions where tenant_id = :tenant and status = 'completed'""";

    @Override
    public void awaitAll(int started) {
        Patience.until(
                started + " executions have ended", () -> engine.liveExecutions() == 0 && count(ENDED) >= started);
        long durable = count(STEPS);
        if (durable != (long) started * workload.steps()) {
            throw new IllegalStateException("expected " + (long) started * workload.steps() + " completed steps of "
                    + started + " executions, but there are " + durable);
        }
    }

    // Walks the tenant's steps, once, after the last execution.
    private static final String STEPS = """
            select count(*) from workflow_step_results where tenant_id = :tenant and status = 'completed'""";

    long count(String sql) {
        return tenants.stream()
                .mapToLong(tenant -> engine.run(
                        tenant,
                        tx -> tx.handle()
                                .createQuery(sql)
                                .bind("tenant", tenant)
                                .mapTo(Long.class)
                                .one()))
                .sum();
    }

    @Override
    public int steps() {
        return workload.steps();
    }

    @Override
    public void close() {
        engine.close();
        committers.close();
        serving.close();
    }
}
