package dev.millrace.engine.execution;

import dev.millrace.engine.execution.Transition.Result;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits transitions together: whoever finds a slot free commits its own and all that queued up meanwhile, in one
 * transaction with one statement per tenant; the others are told when it is done. No thread of its own, no waiting
 * when idle. Transitions of one execution pass one slot at a time, in the order in which they came.
 */
public final class GroupCommit {
    /** Bounds the size of a statement and the time that its locks are held. */
    private static final int BATCH_MAX = 256;

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final DataSource committers;
    private final AdvanceRows rows;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final Set<UUID> underWay = new HashSet<>();
    private final Runnable committed;
    private int freeSlots;

    /**
     * @param committers connections of its own, so that slow actions cannot starve durability
     * @param slots how many commits may be under way at once
     * @param committed called after each commit; returns at once
     */
    public GroupCommit(DataSource committers, AdvanceRows rows, int slots, Runnable committed) {
        this.committed = committed;
        this.committers = committers;
        this.rows = rows;
        this.freeSlots = slots;
    }

    private static final class Waiting {
        final Transition transition;
        final CountDownLatch answered = new CountDownLatch(1);
        volatile Result result = new Result.Unknown();

        Waiting(Transition transition) {
            this.transition = transition;
        }

        void answer(Result with) {
            result = with;
            answered.countDown();
        }
    }

    /** Returns when the transition is durable, or was refused. */
    public Result commit(Transition transition) {
        var mine = new Waiting(transition);
        lock.lock();
        try {
            queue.add(mine);
        } finally {
            lock.unlock();
        }
        leadWhilePossible();
        try {
            mine.answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Unknown();
        }
        return mine.result;
    }

    /** How many transitions wait for a slot. */
    public int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void leadWhilePossible() {
        while (true) {
            List<Waiting> batch = takeBatch();
            if (batch.isEmpty()) {
                return;
            }
            try {
                commitBatch(batch);
            } finally {
                giveBack(batch);
            }
        }
    }

    private List<Waiting> takeBatch() {
        lock.lock();
        try {
            var batch = new ArrayList<Waiting>();
            if (freeSlots == 0) {
                return batch;
            }
            for (Iterator<Waiting> i = queue.iterator(); i.hasNext() && batch.size() < BATCH_MAX; ) {
                Waiting next = i.next();
                if (underWay.add(next.transition.execution())) {
                    batch.add(next);
                    i.remove();
                }
            }
            if (!batch.isEmpty()) {
                freeSlots--;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(List<Waiting> batch) {
        lock.lock();
        try {
            freeSlots++;
            batch.forEach(w -> underWay.remove(w.transition.execution()));
        } finally {
            lock.unlock();
        }
    }

    private void commitBatch(List<Waiting> batch) {
        try {
            Map<UUID, Instant> written =
                    write(batch.stream().map(w -> w.transition).toList());
            batch.forEach(w -> w.answer(answer(w, written)));
        } catch (CommitUnknown e) {
            batch.forEach(w -> w.answer(new Result.Unknown()));
        } catch (SQLException | RuntimeException e) {
            if (batch.size() == 1) {
                log.warn(
                        "a transition of execution {} could not be written",
                        batch.getFirst().transition.execution(),
                        e);
                batch.getFirst().answer(new Result.Unknown());
            } else {
                // One row may be at fault: alone, the others pass.
                batch.forEach(w -> commitBatch(List.of(w)));
            }
        }
    }

    private static Result answer(Waiting waiting, Map<UUID, Instant> written) {
        Instant now = written.get(waiting.transition.execution());
        return now == null ? new Result.Refused() : new Result.Written(now);
    }

    private Map<UUID, Instant> write(List<Transition> transitions) throws SQLException {
        var byTenant = new LinkedHashMap<UUID, List<Transition>>();
        transitions.stream()
                .sorted(Comparator.comparing(Transition::tenant))
                .forEach(t -> byTenant.computeIfAbsent(t.tenant(), k -> new ArrayList<>())
                        .add(t));
        var written = new HashMap<UUID, Instant>();
        try (Connection connection = committers.getConnection()) {
            connection.setAutoCommit(false);
            try {
                for (var group : byTenant.entrySet()) {
                    setTenant(connection, group.getKey());
                    written.putAll(rows.advance(connection, group.getKey(), group.getValue()));
                }
            } catch (SQLException | RuntimeException e) {
                rollback(connection);
                throw e;
            }
            commit(connection);
        }
        committed.run();
        return written;
    }

    private static void setTenant(Connection connection, UUID tenant) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local millrace.tenant = '" + tenant + "'; set local statement_timeout = "
                    + Duration.ofSeconds(30).toMillis());
        }
    }

    private static void commit(Connection connection) throws CommitUnknown {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new CommitUnknown(e);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it; the pool replaces it.
            log.debug("rollback after a failed batch", e);
        }
    }

    private static final class CommitUnknown extends SQLException {
        private static final long serialVersionUID = 1L;

        CommitUnknown(SQLException cause) {
            super(cause);
        }
    }
}
