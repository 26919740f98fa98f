package dev.millrace.engine.execution;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.execution.Transition.Result;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits transitions together: whoever finds a slot free commits its own and all that queued up meanwhile, in one
 * transaction with one statement per tenant, sent and answered in one round trip; the others are told when it is done.
 * No thread of its own, no waiting when idle. Transitions of one execution pass one slot at a time, in the order in which
 * they came; independent ones go together.
 */
public final class GroupCommit {
    /** Bounds the size of a statement and the time that its locks are held. */
    private static final int BATCH_MAX = 256;

    /** No connection is held up longer by a batch that waits for a lock. */
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(30);

    /** SQLSTATE of an EXECUTE whose statement this connection has not prepared. */
    private static final String UNPREPARED = "26000";

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
            var batch = new Batch();
            if (freeSlots == 0) {
                return batch.taken;
            }
            for (Iterator<Waiting> i = queue.iterator(); i.hasNext() && batch.taken.size() < BATCH_MAX; ) {
                if (batch.takes(i.next())) {
                    i.remove();
                }
            }
            if (!batch.taken.isEmpty()) {
                freeSlots--;
                underWay.addAll(batch.executions.keySet());
            }
            return batch.taken;
        } finally {
            lock.unlock();
        }
    }

    /** What one commit takes along. Several transitions of one execution go together if they are independent. */
    private final class Batch {
        private final List<Waiting> taken = new ArrayList<>();
        private final Map<UUID, Transition> executions = new HashMap<>();
        private final Set<UUID> later = new HashSet<>();

        boolean takes(Waiting next) {
            UUID execution = next.transition.execution();
            Transition before = executions.get(execution);
            boolean fits = before == null ? !underWay.contains(execution) : before.canJoin(next.transition);
            if (!fits || later.contains(execution)) {
                // Nothing of it overtakes what was left.
                later.add(execution);
                return false;
            }
            executions.put(execution, before == null ? next.transition : before.join(next.transition));
            taken.add(next);
            return true;
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
            Map<UUID, Instant> written = write(joined(batch));
            committed.run();
            batch.forEach(w -> w.answer(answer(w, written)));
        } catch (SQLException | RuntimeException e) {
            if (batch.size() == 1 || Transactions.isConnectionLost(e)) {
                log.warn(
                        "{} transitions, of execution {} first, may not have been written",
                        batch.size(),
                        batch.getFirst().transition.execution(),
                        e);
                batch.forEach(w -> w.answer(new Result.Unknown()));
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

    /** One transition for each execution, by tenant. */
    private static Map<UUID, List<Transition>> joined(List<Waiting> batch) {
        var executions = new LinkedHashMap<UUID, Transition>();
        batch.forEach(w -> executions.merge(w.transition.execution(), w.transition, Transition::join));
        var tenants = new TreeMap<UUID, List<Transition>>();
        executions
                .values()
                .forEach(t -> tenants.computeIfAbsent(t.tenant(), k -> new ArrayList<>())
                        .add(t));
        return tenants;
    }

    /** One transaction, sent and answered in one round trip: after a broken connection nobody knows what became of it. */
    private Map<UUID, Instant> write(Map<UUID, List<Transition>> byTenant) throws SQLException {
        var sql = new StringBuilder("begin; set local statement_timeout = ").append(STATEMENT_MAX.toMillis());
        byTenant.forEach((tenant, transitions) -> sql.append("; set local millrace.tenant = '")
                .append(tenant)
                .append("'; ")
                .append(rows.execute(tenant, transitions)));
        sql.append("; commit");
        try (Connection connection = committers.getConnection()) {
            try {
                return sendOrRollBack(connection, sql.toString());
            } catch (SQLException e) {
                if (!UNPREPARED.equals(e.getSQLState())) {
                    throw e;
                }
            }
            prepare(connection);
            return sendOrRollBack(connection, sql.toString());
        }
    }

    private static Map<UUID, Instant> sendOrRollBack(Connection connection, String sql) throws SQLException {
        try {
            return send(connection, sql);
        } catch (SQLException e) {
            rollback(connection);
            throw e;
        }
    }

    private static Map<UUID, Instant> send(Connection connection, String sql) throws SQLException {
        var written = new HashMap<UUID, Instant>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean hasRows = statement.execute(sql);
            while (hasRows || statement.getUpdateCount() >= 0) {
                if (hasRows) {
                    try (ResultSet rows = statement.getResultSet()) {
                        written.putAll(AdvanceRows.read(rows));
                    }
                }
                hasRows = statement.getMoreResults();
            }
        }
        return written;
    }

    /** Once for each connection that the pool opens. */
    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(AdvanceRows.PREPARE);
        }
    }

    private static void rollback(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it; the pool replaces it.
            log.debug("rollback after a failed batch", e);
        }
    }
}
