package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.BareIdentityRows;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.journal.FollowerRows;
import dev.millrace.engine.journal.Followers;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestDatabase.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R5: whoever follows the journal sees each entry once, and no effect before its cause, however commits are delayed. */
class JournalOrderTest {
    private static final int WRITERS = 32;
    private static final int ROWS = 20_000;
    private static final int ROWS_PER_COMMIT = 5;
    private static final int RESTARTS = 50;

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh(new Pools(2, WRITERS + 12));
    private final UUID tenant = EngineFixture.shared().newId();
    private final ConcurrentLinkedQueue<String> committed = new ConcurrentLinkedQueue<>();

    private final AtomicReference<String> newest = new AtomicReference<>("");
    private final Progress progress = new Progress();

    /** So that somebody always goes on. */
    private final Semaphore holders = new Semaphore(WRITERS / 2);

    @AfterEach
    void drop() {
        database.close();
    }

    private Engine node() {
        return EngineFixture.newEngine(
                database.app(),
                false,
                new TestDirectory(),
                new TrialActions.Calls(),
                Holds.NONE,
                Duration.ofSeconds(30));
    }

    @Test
    void R5_delayed_commits_and_followers_that_die_lose_nothing_and_double_nothing() throws Exception {
        int restarts = writeAndFollow(new FollowerRows(Jdbi.create(database.app())));

        assertThat(restarts).isGreaterThanOrEqualTo(RESTARTS);
        List<String> seen = seen();
        assertThat(seen).hasSizeGreaterThanOrEqualTo(ROWS).doesNotHaveDuplicates();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(committed);
        assertThat(effectsBeforeTheirCause(seen)).isEmpty();
        Engine auditor = node();
        assertThat(auditor.run(tenant, tx -> auditor.journal().verify(tx)).firstBroken())
                .isEmpty();
    }

    @Test
    void R5_an_entry_that_is_numbered_first_and_commits_last_is_seen() throws Exception {
        assertThat(seenOfALateCommit(new FollowerRows(Jdbi.create(database.app()))))
                .containsExactly("early", "late");
    }

    @Test
    void R5_the_alarm_works_a_follower_by_bare_identity_loses_it() throws Exception {
        assertThat(seenOfALateCommit(new BareIdentityRows(Jdbi.create(database.app()))))
                .containsExactly("early");
    }

    private List<String> seenOfALateCommit(FollowerRows rows) throws Exception {
        Engine engine = node();
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        follow(new Random(0), 0, rows);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> late = threads.submit(() -> engine.run(tenant, tx -> {
                engine.journal().write(tx, entry("late", ""));
                written.countDown();
                return awaited(commit);
            }));
            written.await();
            engine.run(tenant, tx -> {
                engine.journal().write(tx, entry("early", ""));
                return 0;
            });
            engine.seal();
            follow(new Random(0), 0, rows);
            commit.countDown();
            late.get();
            engine.seal();
            follow(new Random(0), 0, rows);
        }
        return seen();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return how many followers there were, one after the other */
    private int writeAndFollow(FollowerRows rows) throws Exception {
        var done = new CountDownLatch(WRITERS);
        // One that comes to a journal that is there begins at its end: it is to be there first.
        follow(new Random(0), 0, rows);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                var random = new Random(i);
                writers.add(threads.submit(() -> {
                    write(node(), random);
                    done.countDown();
                }));
            }
            Engine sealer = node();
            Future<?> sealing = threads.submit(() -> {
                while (done.getCount() > 0) {
                    sealer.seal();
                }
            });
            int restarts = followUntil(done, rows);
            for (Future<?> writer : writers) {
                writer.get();
            }
            sealing.get();
            sealer.seal();
            while (follow(new Random(0), 0, rows)) {
                restarts++;
            }
            return restarts;
        }
    }

    /**
     * Writes entries in transactions of which some stay open until others have come and gone: each names the newest entry
     * that had been committed when it was written, its cause.
     */
    private void write(Engine engine, Random random) {
        var mine = new ArrayList<String>();
        while (progress.rows() < ROWS) {
            boolean held = random.nextInt(10) == 0 && holders.tryAcquire();
            int until = progress.rows() + random.nextInt(2_000);
            engine.run(tenant, tx -> {
                mine.clear();
                for (int i = 0; i < ROWS_PER_COMMIT; i++) {
                    String id = UUID.randomUUID().toString();
                    engine.journal().write(tx, entry(id, mine.isEmpty() ? newest.get() : mine.getLast()));
                    mine.add(id);
                }
                if (held) {
                    progress.awaitRows(Math.min(until, ROWS));
                }
                return mine.size();
            });
            if (held) {
                holders.release();
            }
            committed.addAll(mine);
            newest.set(mine.getLast());
            progress.add(mine.size());
        }
    }

    /** How many rows are committed. */
    private static final class Progress {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition more = lock.newCondition();
        private int rows;

        int rows() {
            lock.lock();
            try {
                return rows;
            } finally {
                lock.unlock();
            }
        }

        void add(int count) {
            lock.lock();
            try {
                rows += count;
                more.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void awaitRows(int target) {
            lock.lock();
            try {
                while (rows < target) {
                    more.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static Entry entry(String id, String cause) {
        return new Entry(
                "test.written",
                Actor.SYSTEM,
                "test",
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cause));
    }

    /** Follows, dying at random in the middle of a page, each time replaced by another that knows nothing. */
    private int followUntil(CountDownLatch done, FollowerRows rows) {
        var random = new Random(5);
        int restarts = 0;
        while (done.getCount() > 0 || restarts < RESTARTS) {
            follow(random, 0.3, rows);
            restarts++;
        }
        return restarts;
    }

    /** @return whether it took anything */
    private boolean follow(Random random, double mortality, FollowerRows rows) {
        var follower = new Followers(new Transactions(Jdbi.create(database.app())), rows);
        follower.add(new Recorder(random, mortality));
        return follower.runOnce() > 0;
    }

    /** Keeps what it is told in a table without a unique key, so that doubles would be seen. */
    private record Recorder(Random random, double mortality) implements JournalFollower {
        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public Set<String> types() {
            return Set.of("test.written");
        }

        @Override
        public void take(Tx tx, List<SealedEntry> entries) {
            int last = random.nextDouble() < mortality ? random.nextInt(entries.size()) : entries.size();
            List<SealedEntry> taken = entries.subList(0, last);
            // Quick, or it would trail so far behind that no late commit could surprise it.
            tx.handle()
                    .createUpdate("""
                            insert into trial_effect (tenant_id, execution_id, step_id, attempt, note)
                            select :tenant, :tenant, e.id, 1, lpad(e.place::text, 6, '0')
                              from unnest(:ids) with ordinality as e (id, place)""")
                    .bind("tenant", tx.tenant())
                    .bindArray(
                            "ids",
                            String.class,
                            taken.stream().map(one -> one.entry().resourceId()).toList())
                    .execute();
            if (last < entries.size()) {
                throw new IllegalStateException("dies here");
            }
        }
    }

    /** Ids in the order in which the follower took them. */
    private List<String> seen() {
        return Jdbi.create(database.owner()).inTransaction(h -> {
            h.execute("set local millrace.tenant = '" + tenant + "'");
            return h.createQuery("select step_id from trial_effect where tenant_id = :t order by at, note")
                    .bind("t", tenant)
                    .mapTo(String.class)
                    .list();
        });
    }

    private List<String> effectsBeforeTheirCause(List<String> seen) {
        Map<String, Integer> place = new ConcurrentHashMap<>();
        for (int i = 0; i < seen.size(); i++) {
            place.put(seen.get(i), i);
        }
        return Jdbi.create(database.owner()).inTransaction(h -> {
            h.execute("set local millrace.tenant = '" + tenant + "'");
            return h
                    .createQuery("select resource_id, comment from workflow_journal where tenant_id = :t")
                    .bind("t", tenant)
                    .map((row, context) -> Map.entry(row.getString("resource_id"), row.getString("comment")))
                    .stream()
                    .filter(e -> !e.getValue().isEmpty()
                            && place.getOrDefault(e.getValue(), Integer.MAX_VALUE) > place.getOrDefault(e.getKey(), -1))
                    .map(Map.Entry::getKey)
                    .toList();
        });
    }
}
