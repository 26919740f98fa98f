package dev.millrace.server.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.server.StartRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The connections of this node, all of the serving role. Those of the group commit are apart, so that requests never
 * make a commit wait.
 */
public final class Pools implements AutoCloseable {
    private static final int SERVING = 16;
    private static final int COMMITTERS_MOST = 4;
    private static final int HINTS = 2;

    /** A request waits this long for a connection, then it is told to come again. */
    private static final Duration ACQUIRE_MOST = Duration.ofSeconds(5);

    /**
     * Limits of every session, in milliseconds: a node that hangs keeps no lock for long, a client that is gone is
     * noticed. The engine sets a shorter statement_timeout where it needs one.
     */
    private static final Map<String, Long> LIMITS = Map.of(
            "statement_timeout", 30_000L,
            "lock_timeout", 5_000L,
            "idle_in_transaction_session_timeout", 10_000L,
            "client_connection_check_interval", 5_000L);

    /** Longer than any statement may take: then the connection is dead. */
    private static final Duration ANSWER_MOST = Duration.ofSeconds(60);

    private final HikariDataSource serving;
    private final HikariDataSource committers;
    private final int commitSlots;
    private final boolean sole;
    private final Optional<HikariDataSource> hints;

    private Pools(
            HikariDataSource serving,
            HikariDataSource committers,
            int commitSlots,
            boolean sole,
            Optional<HikariDataSource> hints) {
        this.hints = hints;
        this.serving = serving;
        this.committers = committers;
        this.commitSlots = commitSlots;
        this.sole = sole;
    }

    /**
     * @throws StartRefused the database does not keep the limits of a session
     */
    public static Pools open(Database database) {
        int slots = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, COMMITTERS_MOST);
        var pools = new Pools(
                pool(database, "millrace-serving", SERVING),
                pool(database, "millrace-committers", slots),
                slots,
                database.isOurs(),
                database.isOurs() ? Optional.empty() : Optional.of(pool(database, "millrace-hints", HINTS)));
        try (Connection connection = pools.serving.getConnection()) {
            requireLimits(SessionRows.limits(connection));
        } catch (SQLException e) {
            pools.close();
            throw new StartRefused(
                    "Cannot sign in to the database as " + database.serving().user() + ": " + e.getMessage());
        }
        return pools;
    }

    private static HikariDataSource pool(Database database, String name, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(database.url());
        config.setUsername(database.serving().user());
        config.setPassword(database.serving().password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, 2));
        config.setConnectionTimeout(ACQUIRE_MOST.toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", name);
        config.addDataSourceProperty("options", options());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "10");
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_MOST.toSeconds()));
        return new HikariDataSource(config);
    }

    private static String options() {
        return LIMITS.entrySet().stream()
                .map(limit -> "-c " + limit.getKey() + "=" + limit.getValue())
                .collect(Collectors.joining(" "));
    }

    /** A pooler between us and the database may drop what a session asks for when it begins. */
    private static void requireLimits(Map<String, Long> actual) {
        LIMITS.forEach((name, wanted) -> {
            if (!wanted.equals(actual.get(name))) {
                throw new StartRefused("Expected the database to keep " + name + " at " + wanted + " ms, but it is "
                        + actual.get(name) + " ms: let sessions set it, and connect without a pooler in between.");
            }
        });
    }

    /** For everything but the group commit. */
    public DataSource serving() {
        return serving;
    }

    DataSource committers() {
        return committers;
    }

    int commitSlots() {
        return commitSlots;
    }

    /** One to listen for the hints of other nodes, one to send; empty where there are none. */
    Optional<DataSource> hints() {
        return hints.map(pool -> pool);
    }

    boolean sole() {
        return sole;
    }

    @Override
    public void close() {
        hints.ifPresent(HikariDataSource::close);
        committers.close();
        serving.close();
    }
}
