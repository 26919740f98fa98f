package dev.millrace.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints by NOTIFY. Listens on a connection that it keeps; one that is lost, half-open, or does not listen any more (a
 * pooler between) is replaced within fifteen seconds.
 */
public final class PostgresHints implements HintChannel {
    private static final String CHANNEL = "millrace_hints";

    /** Silence after which the connection is asked whether it still listens. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

    /** How long it may take to answer. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(PostgresHints.class);

    private final DataSource connections;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param connections two are used: one kept to listen, one for a moment at each hint; no pooler that cuts sessions */
    public PostgresHints(DataSource connections) {
        this.connections = connections;
    }

    @Override
    public void send(String hint) {
        try (Connection connection = connections.getConnection();
                var statement = connection.prepareStatement("select pg_notify('" + CHANNEL + "', ?)")) {
            statement.setString(1, hint);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("the database took no hint: " + e.getMessage(), e);
        }
    }

    @Override
    public void listen(Ear ear) {
        Thread.ofPlatform().name("millrace-listen").daemon().start(() -> {
            boolean first = true;
            do {
                listenOnce(ear, first);
                first = false;
            } while (!isClosedAfterPause());
        });
    }

    /** Until the connection breaks. */
    private void listenOnce(Ear ear, boolean first) {
        try (Connection connection = connections.getConnection()) {
            connection.setNetworkTimeout(
                    Runnable::run, (int) SILENCE_MAX.plus(ANSWER_MAX).toMillis());
            execute(connection, "listen " + CHANNEL);
            if (!first) {
                ear.missed();
            }
            try {
                hear(connection, ear);
            } finally {
                forget(connection);
            }
        } catch (SQLException | RuntimeException e) {
            // Whatever a pool throws that is closed meanwhile: the listener outlives it.
            if (!isClosed()) {
                log.warn("hints of other nodes are not heard ({}); listening again soon", e.getMessage());
            }
        }
    }

    private void hear(Connection connection, Ear ear) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!isClosed()) {
            PGNotification[] notifications = postgres.getNotifications((int) SILENCE_MAX.toMillis());
            if (notifications == null || notifications.length == 0) {
                requireListening(connection);
                continue;
            }
            for (PGNotification notification : notifications) {
                ear.heard(notification.getParameter());
            }
        }
    }

    private static void requireListening(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_listening_channels()")) {
            if (!rows.next()) {
                throw new SQLException("the session does not listen any more");
            }
        }
    }

    /** The connection may go back into a pool. */
    private static void forget(Connection connection) {
        try {
            execute(connection, "unlisten *");
        } catch (SQLException e) {
            log.debug("the connection that listened is gone", e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private boolean isClosedAfterPause() {
        try {
            return closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
