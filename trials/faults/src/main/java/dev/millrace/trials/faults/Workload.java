package dev.millrace.trials.faults;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.Engine;
import dev.millrace.language.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;

/**
 * Starts a seeded mix of work in two companies until it is told to stop, as fast as the nodes get it done: there is
 * always some of it under way and never a pile. What fails because of a fault is said again with the same event id, as a
 * client would.
 */
final class Workload implements AutoCloseable {
    private static final int COMPANIES = 2;

    /** Executions that run or want to; those that wait for a person or a timer come on top. */
    private static final int UNDER_WAY_MAX = 40;

    private static final int ALIVE_MAX = 200;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final List<Company> companies = new ArrayList<>();
    private final List<Scheduled> schedules = new ArrayList<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Random random;
    private final Jdbi checker;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Thread thread;

    private record Scheduled(Company company, UUID definition) {}

    /** @param engine a node that takes requests in and runs nothing */
    Workload(Engine engine, Jdbi checker, long seed) {
        this.random = new Random(seed);
        this.checker = checker;
        for (int i = 0; i < COMPANIES; i++) {
            companies.add(new Company(UuidCreator.getTimeOrderedEpoch(), engine));
        }
        companies.forEach(this::furnish);
        plan(engine);
        this.thread = Thread.ofVirtual().name("workload").unstarted(this::run);
    }

    private void furnish(Company company) {
        for (Flavour flavour : Flavour.values()) {
            company.enable(flavour.yaml());
        }
        company.enable(Flavour.FOLLOWING);
        company.enable(Flavour.POISON);
        schedules.add(new Scheduled(company, company.enable(Flavour.SCHEDULED)));
    }

    /** What the invariants must know of the definitions. */
    private void plan(Engine engine) {
        Company company = companies.getFirst();
        for (Flavour flavour : Flavour.values()) {
            var stored = engine.run(
                    company.tenant(),
                    tx -> engine.definitions().versions(tx, flavour.workflow()).getFirst());
            checker.useHandle(h -> {
                h.execute("insert into trial_plan values (?, ?)", flavour.workflow(), flavour.effects());
                for (Step step : engine.definitions().compiled(stored).steps()) {
                    step.dependsOn()
                            .forEach(d -> h.execute(
                                    "insert into trial_edge values (?, ?, ?)", flavour.workflow(), step.id(), d));
                }
            });
        }
        checker.useHandle(h -> h.execute("insert into trial_plan values ('following', 2), ('scheduled', 1)"));
    }

    List<Company> companies() {
        return companies;
    }

    void start() {
        thread.start();
    }

    /** How many starts were answered. */
    int started() {
        return answered.size();
    }

    /** The events of which the client was told that they were taken in. */
    Set<String> answered() {
        return answered;
    }

    private void run() {
        while (!stopping.get()) {
            for (int room = room(); room > 0 && !stopping.get(); room--) {
                startOne();
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static final String ROOM = """
            select least(:underWay - count(*) filter (where status = 'running'), :alive - count(*))
              from workflow_executions where due_at is not null""";

    private int room() {
        try {
            return checker.withHandle(h -> h.createQuery(ROOM)
                    .bind("underWay", UNDER_WAY_MAX)
                    .bind("alive", ALIVE_MAX)
                    .mapTo(Integer.class)
                    .one());
        } catch (RuntimeException e) {
            // The database is away.
            return 0;
        }
    }

    private void startOne() {
        Company company = companies.get(random.nextInt(companies.size()));
        publish(company, Flavour.any(random).event());
    }

    /** Says it until it is answered, also past the end of the load: a client does not forget what he wanted. */
    void publish(Company company, String event) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                company.publish(event, id);
                answered.add(id.toString());
                return;
            } catch (RuntimeException e) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    /** Starts nothing more; schedules too are switched off. */
    void stop() throws InterruptedException {
        stopping.set(true);
        thread.join();
        for (Scheduled scheduled : schedules) {
            untilItWorks(() -> scheduled.company().disable(scheduled.definition()));
        }
    }

    private static void untilItWorks(Runnable what) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                what.run();
                return;
            } catch (RuntimeException e) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    @Override
    public void close() {
        stopping.set(true);
        thread.interrupt();
    }
}
