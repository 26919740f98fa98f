package dev.millrace.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.slf4j.MDC;

/**
 * The boundary of every transaction: sets the tenant for row-level security and a statement time-out, repeats
 * the whole lambda after a deadlock, a lock time-out or a serialisation failure, and runs what is due after the
 * commit.
 *
 * <p>Lock order everywhere: documents, then executions, then steps, then approvals. No network call inside.
 */
public final class Transactions {
    /** Serialisation failure, deadlock, lock not available. */
    private static final Set<String> REPEATABLE = Set.of("40001", "40P01", "55P03");

    private static final int REPEATS_MAX = 5;

    /** The name under which the log's context has it. */
    private static final String TRACE_ID = "trace_id";

    private static final Predicate<String> TRACE =
            Pattern.compile("[0-9a-f]{32}").asMatchPredicate();

    private static final ScopedValue<Tx> JOINED = ScopedValue.newInstance();

    private final Jdbi jdbi;

    public Transactions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Runs {@code work} in one transaction of {@code tenant}. It may run more than once, so it has no effect
     * outside the database but through {@link Tx#afterCommit}.
     *
     * @throws UnknownCommitException the connection broke while the commit's answer was awaited
     */
    public <T> T run(UUID tenant, Function<Tx, T> work) {
        return run(tenant, Duration.ofSeconds(30), work);
    }

    /** As {@link #run(UUID, Function)}, each statement bounded by {@code statementTimeout}. */
    public <T> T run(UUID tenant, Duration statementTimeout, Function<Tx, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(tenant, statementTimeout, work);
            } catch (RuntimeException e) {
                if (attempt >= REPEATS_MAX || !isRepeatable(e)) {
                    throw e;
                }
                LockSupport.parkNanos(
                        Duration.ofMillis(ThreadLocalRandom.current().nextLong(5, 20L << attempt))
                                .toNanos());
            }
        }
    }

    /**
     * As {@link #run}, and whatever this thread runs for the same tenant within {@code work} is part of it: what ends
     * well there is kept, what throws there is undone alone, and what is due after a commit comes after this one's.
     */
    public <T> T joining(UUID tenant, Function<Tx, T> work) {
        return run(tenant, tx -> ScopedValue.where(JOINED, tx).call(() -> work.apply(tx)));
    }

    private <T> T once(UUID tenant, Duration statementTimeout, Function<Tx, T> work) {
        return JOINED.isBound() && JOINED.get().tenant().equals(tenant)
                ? within(JOINED.get(), statementTimeout, work)
                : alone(tenant, statementTimeout, work);
    }

    private static <T> T within(Tx outer, Duration statementTimeout, Function<Tx, T> work) {
        Connection connection = outer.handle().getConnection();
        Tx tx;
        T result;
        try {
            Savepoint before = connection.setSavepoint();
            try {
                tx = new Tx(outer.handle(), outer.tenant(), setTenant(connection, outer.tenant(), statementTimeout));
                result = work.apply(tx);
            } catch (RuntimeException | Error e) {
                connection.rollback(before);
                throw e;
            }
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
        tx.afterCommit().forEach(outer::afterCommit);
        return result;
    }

    private <T> T alone(UUID tenant, Duration statementTimeout, Function<Tx, T> work) {
        Tx tx;
        T result;
        try (Handle handle = jdbi.open()) {
            handle.begin();
            Instant now = setTenant(handle.getConnection(), tenant, statementTimeout);
            tx = new Tx(handle, tenant, now);
            result = work.apply(tx);
            commit(handle);
        }
        tx.afterCommit().forEach(Runnable::run);
        return result;
    }

    private static void commit(Handle handle) {
        try {
            handle.commit();
        } catch (RuntimeException e) {
            if (isConnectionLost(e)) {
                throw new UnknownCommitException(e);
            }
            throw e;
        }
    }

    /** One round trip, with the BEGIN before it and the clock, which nearly everybody asks for. */
    private static Instant setTenant(Connection connection, UUID tenant, Duration statementTimeout) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local millrace.tenant = '" + tenant + "'; set local statement_timeout = "
                    + statementTimeout.toMillis() + "; select millrace_now()" + trace());
            statement.getMoreResults();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getObject(1, OffsetDateTime.class).toInstant();
            }
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /** Of the request for which this thread works. */
    static Optional<String> traceId() {
        return Optional.ofNullable(MDC.get(TRACE_ID)).filter(TRACE);
    }

    /** Journal entries that are written for a request carry its trace id, as its lines in the log do. */
    private static String trace() {
        return traceId().map(id -> "; set local millrace.trace = '" + id + "'").orElse("");
    }

    static boolean isRepeatable(Throwable e) {
        return sqlState(e).filter(REPEATABLE::contains).isPresent();
    }

    /**
     * Whether the connection is gone, and with it the answer to what was sent last; or there was none to be had, because
     * the pool is empty or the database away.
     */
    public static boolean isConnectionLost(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return sqlState(e)
                .filter(s -> s.startsWith("08") || s.equals("57P01") || s.equals("57P02"))
                .isPresent();
    }

    private static Optional<String> sqlState(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }
}
