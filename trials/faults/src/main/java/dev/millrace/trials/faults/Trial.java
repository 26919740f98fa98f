package dev.millrace.trials.faults;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.Engine;
import dev.millrace.engine.HintChannel;
import dev.millrace.engine.Holds;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.journal.ChainVerifier.Verified;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.testkit.FaultProxy;
import dev.millrace.testkit.Intercepted;
import dev.millrace.testkit.LoneServer;
import dev.millrace.trials.faults.Report.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** One run: a database of its own, four nodes, load, faults of one class, rest, and the questions. */
final class Trial {
    private static final int NODES = 4;
    private static final int NODES_WITH_A_BUG = 3;
    static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Without any progress: longer than three leases and the limit of idle transactions together. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Duration REST_MAX = Duration.ofMinutes(4);

    private static final Duration CHECK_EVERY = Duration.ofSeconds(2);

    /** @param patience how long something may be under way without any progress before it counts as stuck */
    record Plan(Profile profile, Optional<PlantedBug> bug, long seed, Profile.Size size, Duration patience) {
        static Plan of(Profile profile, long seed) {
            return new Plan(profile, Optional.empty(), seed, profile.size(), PATIENCE);
        }

        /** The faults that must find it, with the bug in every node. */
        static Plan of(PlantedBug planted, long seed) {
            Profile profile = planted.profile();
            return new Plan(profile, Optional.of(planted), seed, profile.size().forABug(), Duration.ofSeconds(8));
        }

        Plan sized(Profile.Size other) {
            return new Plan(profile, bug, seed, other, patience);
        }
    }

    private final Plan plan;
    private final Path logs;
    private final TrialDatabase database;
    private final NodeProgram program;
    private final Checker checker;
    private final Receiver receiver = new Receiver();
    private final FaultProxy proxy;
    private final Set<Integer> plantedHere = new ConcurrentSkipListSet<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private int injected;
    private int effective;

    private Trial(Plan plan, NodeProgram program, TrialDatabase database, Path logs) {
        this.program = program;
        this.plan = plan;
        this.logs = logs;
        this.database = database;
        this.checker = new Checker(database.checker());
        this.proxy = FaultProxy.before(database.serving());
    }

    /** @param logs folder for the nodes' output and the report */
    static Report run(Plan plan, LoneServer server, Path logs) throws InterruptedException {
        createFolder(logs);
        NodeProgram program = NodeProgram.made(server, logs.resolveSibling("program"), Trial::training);
        TrialDatabase database = TrialDatabase.fresh(server);
        var trial = new Trial(plan, program, database, logs);
        Report report;
        try {
            report = trial.run();
        } finally {
            trial.proxy.close();
            trial.receiver.close();
            database.close();
        }
        report.write(logs);
        if (report.verdict() == Report.Verdict.PASSED || plan.bug().isPresent()) {
            database.drop();
        } else {
            server.keep();
        }
        return report;
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresAddress route() {
        return plan.profile().route().proxied() ? proxy.address() : database.serving();
    }

    private Report run() throws InterruptedException {
        Instant began = Instant.now();
        try (HikariDataSource first = apiPool("api-1");
                HikariDataSource second = apiPool("api-2");
                Engine api = api(first);
                Engine other = api(second);
                var workload = new Workload(api, database.checker(), plan.seed());
                var robots = new Robots(workload.companies(), List.of(api, other));
                var fleet = new Fleet(program, this::options, logs)) {
            fleet.start(plan.bug().isPresent() ? NODES_WITH_A_BUG : NODES);
            var scene = new Scene(database, fleet, proxy, workload, LEASE, new Random(plan.seed()));
            Fault fault = plan.profile().fault();
            fault.prepare(scene);
            workload.start();
            robots.start();
            underLoad(scene, fault);
            workload.stop();
            proxy.loseCommits(() -> false);
            fleet.replaceTheDead();
            if (!foundWhatWasPlanted()) {
                rest();
            }
            List<Finding> findings = judge(workload, robots, api);
            requirePlanted(fleet);
            count(workload, robots, fleet);
            return new Report(
                    plan.profile(),
                    plan.bug(),
                    plan.seed(),
                    Commit.here(),
                    plan.size(),
                    injected,
                    effective,
                    Duration.between(began, Instant.now()),
                    counts,
                    findings);
        }
    }

    private HikariDataSource apiPool(String name) {
        PostgresAddress address = route();
        return Connections.pool(address.jdbcUrl(), address.user(), address.password(), name, 4, true);
    }

    private Engine api(HikariDataSource pool) {
        DataSource source = plan.bug()
                .filter(bug -> !bug.rewrites().isEmpty())
                .<DataSource>map(bug -> Intercepted.dataSource(pool, new Planted(bug, plantedHere::add)))
                .orElse(pool);
        UUID node = UuidCreator.getTimeOrderedEpoch();
        var actions = new ActionRegistry();
        new TrialActions(node, new Receiver.Line(receiver.port()), Optional.empty()).register(actions);
        return Nodes.engine(
                source,
                source,
                new NodeSettings(node, false, LEASE, POLL, 1, 1, false),
                actions,
                Holds.NONE,
                HintChannel.NONE);
    }

    private WorkerOptions options(UUID node) {
        PostgresAddress address = route();
        return new WorkerOptions(
                node,
                address.jdbcUrl(),
                address.user(),
                address.password(),
                LEASE,
                POLL,
                receiver.port(),
                plan.bug(),
                plan.bug().filter(bug -> bug == PlantedBug.NO_SESSION_LIMITS).isEmpty(),
                plan.profile() != Profile.HINTS,
                plan.profile().route().commitDelay());
    }

    private static WorkerOptions training(TrialDatabase database) {
        PostgresAddress address = database.serving();
        return new WorkerOptions(
                UuidCreator.getTimeOrderedEpoch(),
                address.jdbcUrl(),
                address.user(),
                address.password(),
                LEASE,
                POLL,
                0,
                Optional.empty(),
                true,
                true,
                Duration.ZERO);
    }

    /** Until all faults have happened and all work was started; the questions are asked meanwhile. */
    private void underLoad(Scene scene, Fault fault) throws InterruptedException {
        Thread asking = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                checker.duringTheRun();
                LockSupport.parkNanos(CHECK_EVERY.toNanos());
            }
        });
        try {
            while (moreFaults() && !foundWhatWasPlanted()) {
                effective += fault.inject(scene);
                injected++;
            }
            var progress = new Progress(() -> scene.workload().started());
            while (scene.workload().started() < plan.size().executions()
                    && !foundWhatWasPlanted()
                    && !progress.isStuck()) {
                scene.pause(50, 60);
            }
        } finally {
            asking.interrupt();
            asking.join();
        }
    }

    /** Those that hit nothing are made up for, up to as many again. */
    private boolean moreFaults() {
        Profile.Size size = plan.size();
        return injected < size.faults() || (effective < size.effective() && injected < 2 * size.faults());
    }

    /** A planted bug that was seen need not be seen again. */
    private boolean foundWhatWasPlanted() {
        return plan.bug()
                .filter(bug -> bug.invariants().stream().anyMatch(checker::isViolated))
                .isPresent();
    }

    /** Until everything has ended or nothing moves any more, and for three leases at least: zombies commit late. */
    private void rest() {
        long began = System.nanoTime();
        long least = began + LEASE.multipliedBy(3).toNanos();
        long most = began + REST_MAX.toNanos();
        var progress = new Progress(() -> number("select count(*) from workflow_journal"));
        long now = began;
        while (now < least || (live() > 0 && now < most && !progress.isStuck())) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            checker.duringTheRun();
            now = System.nanoTime();
        }
        counts.put("seconds of rest", Duration.ofNanos(now - began).toSeconds());
    }

    /** A busy machine is slow, and moves all the same. */
    private final class Progress {
        private final LongSupplier count;
        private long known;
        private long movedAt = System.nanoTime();

        Progress(LongSupplier count) {
            this.count = count;
        }

        boolean isStuck() {
            long now = System.nanoTime();
            long counted = count.getAsLong();
            if (counted != known) {
                known = counted;
                movedAt = now;
            }
            return now - movedAt > plan.patience().toNanos();
        }
    }

    private long live() {
        return number("select count(*) from workflow_executions where due_at is not null");
    }

    private long number(String sql) {
        return database.checker()
                .withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private List<Finding> judge(Workload workload, Robots robots, Engine api) {
        api.seal();
        if (!foundWhatWasPlanted()) {
            checker.atRest();
        }
        var findings = new ArrayList<>(checker.findings());
        findings.add(new Finding("lost_events", "every event that was answered started its work", lost(workload)));
        findings.add(new Finding(
                "two_winners",
                "nobody was told that his decision counts when another's does",
                robots.withSeveralWinners()));
        findings.add(new Finding(
                "several_keys", "every call for a step carried the same idempotency key", receiver.withSeveralKeys()));
        findings.add(new Finding("not_called", "no call is recorded that was not made", notCalled()));
        findings.add(new Finding("chain", "the journal's chain holds", chain(workload, api)));
        return findings;
    }

    private List<String> lost(Workload workload) {
        Set<String> missing = new TreeSet<>(workload.answered());
        database.checker()
                .useHandle(h -> h.createQuery("select event_id from workflow_executions where event_id is not null")
                        .mapTo(String.class)
                        .forEach(missing::remove));
        return missing.stream().limit(5).toList();
    }

    private List<String> notCalled() {
        var missing = new TreeSet<String>();
        database.checker().useHandle(h -> h.createQuery("""
                        select execution_id || ' ' || step_id from workflow_step_results
                         where action = 'trial.call' and status = 'completed'""").mapTo(String.class).forEach(missing::add));
        receiver.heard().forEach(heard -> missing.remove(heard.execution() + " " + heard.step()));
        return missing.stream().limit(5).toList();
    }

    private static List<String> chain(Workload workload, Engine api) {
        var broken = new ArrayList<String>();
        for (Company company : workload.companies()) {
            Verified verified = api.run(company.tenant(), tx -> api.journal().verify(tx));
            verified.firstBroken().ifPresent(b -> broken.add(company.tenant() + " at " + b.seq() + ": " + b.reason()));
        }
        return broken;
    }

    /** A pattern that fits no statement any more must not pass for a bug that was not found. */
    private void requirePlanted(Fleet fleet) {
        plan.bug().ifPresent(bug -> {
            Set<Integer> applied = fleet.planted();
            applied.addAll(plantedHere);
            for (int i = 0; i < bug.rewrites().size(); i++) {
                if (!applied.contains(i)) {
                    throw new IllegalStateException("The bug " + bug + " was not planted: no statement fits "
                            + bug.rewrites().get(i) + ". Bring its pattern up to date with the statement.");
                }
            }
        });
    }

    private void count(Workload workload, Robots robots, Fleet fleet) {
        counts.put("executions", number("select count(*) from workflow_executions"));
        counts.put("answered starts", (long) workload.started());
        counts.put("effects", number("select count(*) from trial_effect"));
        counts.put("calls", (long) receiver.calls());
        counts.put("decisions", (long) robots.decisions());
        counts.put("journal entries", number("select count(*) from workflow_journal"));
        counts.put("leases lost", number("select coalesce(sum(lease_losses), 0) from workflow_executions"));
        counts.put("refused by the fence", (long) fleet.leasesLost());
        counts.put("commits cut", (long) proxy.lostCommits());
        counts.put("closes swallowed", (long) proxy.closesSwallowed());
    }
}
