package dev.millrace.trials.faults;

import dev.millrace.engine.Decided;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Member;
import dev.millrace.engine.approval.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Two people at two nodes who decide every request at the same moment, one of them sometimes with another mind. */
final class Robots implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final List<Company> companies;
    private final List<Engine> nodes;
    private final Map<UUID, AtomicInteger> wins = new ConcurrentHashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Thread thread = Thread.ofVirtual().name("robots").unstarted(this::run);

    Robots(List<Company> companies, List<Engine> nodes) {
        this.companies = companies;
        this.nodes = nodes;
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!stopping.get()) {
            try {
                companies.forEach(this::decideAll);
            } catch (RuntimeException e) {
                // The database is away; the requests wait.
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private void decideAll(Company company) {
        for (Request request : company.pending()) {
            boolean leftToItsDeadline = request.level() == 1
                    && request.message().filter(m -> m.contains("deadline")).isPresent();
            if (!leftToItsDeadline) {
                race(company, request);
            }
        }
    }

    private void race(Company company, Request request) {
        boolean agree = Math.floorMod(request.id().hashCode(), 10) != 0;
        List<Member> people = TrialDirectory.deciders(company.tenant());
        var together = new CyclicBarrier(people.size());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < people.size(); i++) {
            Member member = people.get(i);
            Engine node = nodes.get(i);
            boolean approve = i == 0 || agree;
            threads.add(Thread.ofVirtual().start(() -> {
                if (arrive(together)) {
                    decide(node, company, request, member, approve);
                }
            }));
        }
        threads.forEach(Robots::join);
    }

    private void decide(Engine node, Company company, Request request, Member member, boolean approve) {
        try {
            Decided decided = node.approvals()
                    .decide(
                            company.tenant(),
                            request.id(),
                            member.id(),
                            approve,
                            approve ? Optional.empty() : Optional.of("not like this"));
            if (decided instanceof Decided.Done) {
                wins.computeIfAbsent(request.id(), id -> new AtomicInteger()).incrementAndGet();
            }
        } catch (RuntimeException e) {
            // What came of it is not known here; the request is seen again if nothing came of it.
            return;
        }
    }

    private static boolean arrive(CyclicBarrier together) {
        try {
            together.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.BrokenBarrierException e) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Decisions that somebody was told count. */
    int decisions() {
        return wins.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Requests of which more than one was told that his decision counts. */
    List<String> withSeveralWinners() {
        return wins.entrySet().stream()
                .filter(e -> e.getValue().get() > 1)
                .map(e -> "request " + e.getKey() + ": " + e.getValue() + " winners")
                .toList();
    }

    @Override
    public void close() {
        stopping.set(true);
        thread.interrupt();
        join(thread);
    }
}
