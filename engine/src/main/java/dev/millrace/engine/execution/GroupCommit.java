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
 * Commits transitions and starts together: whoever finds a slot free commits its own and all that queued up meanwhile, in one
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
    private final StartRows starts;
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
    public GroupCommit(DataSource committers, AdvanceRows rows, StartRows starts, int slots, Runnable committed) {
        this.starts = starts;
        this.committed = committed;
        this.committers = committers;
        this.rows = rows;
        this.freeSlots = slots;
    }

    private static final class Waiting {
        final Write write;
        final CountDownLatch answered = new CountDownLatch(1);
        volatile Result result = new Result.Unknown();

        Waiting(Write write) {
            this.write = write;
        }

        void answer(Result with) {
            result = with;
            answered.countDown();
        }
    }

    /** Returns when it is durable, or was refused. */
    public Result commit(Write write) {
        var mine = new Waiting(write);
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
        private final Map<UUID, Write> executions = new HashMap<>();
        private final Set<UUID> later = new HashSet<>();

        boolean takes(Waiting next) {
            UUID execution = next.write.id();
            Write before = executions.get(execution);
            boolean fits = before == null ? !underWay.contains(execution) : canJoin(before, next.write);
            if (!fits || later.contains(execution)) {
                // Nothing of it overtakes what was left.
                later.add(execution);
                return false;
            }
            executions.merge(execution, next.write, GroupCommit::join);
            taken.add(next);
            return true;
        }
    }

    private void giveBack(List<Waiting> batch) {
        lock.lock();
        try {
            freeSlots++;
            batch.forEach(w -> underWay.remove(w.write.id()));
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
                        "{} transitions or starts, of execution {} first, may not have been written",
                        batch.size(),
                        batch.getFirst().write.id(),
                        e);
                batch.forEach(w -> w.answer(new Result.Unknown()));
            } else {
                // One row may be at fault: alone, the others pass.
                batch.forEach(w -> commitBatch(List.of(w)));
            }
        }
    }

    private static Result answer(Waiting waiting, Map<UUID, Instant> written) {
        Instant now = written.get(waiting.write.id());
        return now == null ? new Result.Refused() : new Result.Written(now);
    }

    private static boolean canJoin(Write first, Write second) {
        return first instanceof Transition one && second instanceof Transition other && one.canJoin(other);
    }

    private static Write join(Write first, Write second) {
        if (first instanceof Transition one && second instanceof Transition other) {
            return one.join(other);
        }
        throw new IllegalStateException("execution " + first.id() + " begins once");
    }

    /** One write for each execution, by tenant. */
    private static Map<UUID, List<Write>> joined(List<Waiting> batch) {
        var executions = new LinkedHashMap<UUID, Write>();
        batch.forEach(w -> executions.merge(w.write.id(), w.write, GroupCommit::join));
        var tenants = new TreeMap<UUID, List<Write>>();
        executions
                .values()
                .forEach(w -> tenants.computeIfAbsent(w.tenant(), k -> new ArrayList<>())
                        .add(w));
        return tenants;
    }

    private String statements(UUID tenant, List<Write> writes) {
        List<Transition> transitions = only(Transition.class, writes);
        List<Birth> births = only(Birth.class, writes);
        String advance = transitions.isEmpty() ? "" : "; " + rows.execute(tenant, transitions);
        return births.isEmpty() ? advance : advance + "; " + starts.execute(tenant, births);
    }

    private static <T> List<T> only(Class<T> kind, List<Write> writes) {
        return writes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** One transaction, sent and answered in one round trip: after a broken connection nobody knows what became of it. */
    private Map<UUID, Instant> write(Map<UUID, List<Write>> byTenant) throws SQLException {
        var sql = new StringBuilder("begin; set local statement_timeout = ").append(STATEMENT_MAX.toMillis());
        byTenant.forEach((tenant, writes) -> sql.append("; set local millrace.tenant = '")
                .append(tenant)
                .append('\'')
                .append(statements(tenant, writes)));
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

    /**
     * Once for each connection that the pool opens. Every table is reached by a key here; a plan that was made while they
     * were empty would read them from end to end for as long as the connection lives.
     */
    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off; set plan_cache_mode = force_generic_plan; "
                    + AdvanceRows.STATEMENT.prepare() + "; " + StartRows.STATEMENT.prepare());
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
