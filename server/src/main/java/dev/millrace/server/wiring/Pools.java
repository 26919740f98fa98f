package dev.millrace.server.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.SessionLimitRows;
import dev.millrace.server.StartRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
            requireLimits(connection);
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
        config.addDataSourceProperty("options", SessionLimitRows.options());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "10");
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_MOST.toSeconds()));
        return new HikariDataSource(config);
    }

    private static void requireLimits(Connection connection) throws SQLException {
        List<String> broken = SessionLimitRows.broken(connection);
        if (!broken.isEmpty()) {
            throw new StartRefused("The database does not keep the limits of a session: " + String.join("; ", broken)
                    + ". Let sessions set them, and connect without a pooler in between.");
        }
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
