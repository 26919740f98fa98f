package dev.millrace.trials.faults;

import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.Schema;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.testkit.LoneServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;

/**
 * The database of one trial: the engine's tables, the table of effects, and a watch on the executions' rows. Its owner
 * may see every tenant's rows, which the product's may not: somebody has to check them.
 */
final class TrialDatabase implements AutoCloseable {
    private static final String TEMPLATE = "trial_template";
    private static int copies;

    private final LoneServer server;
    private final String name;
    private final HikariDataSource checking;
    private final Jdbi checker;

    private TrialDatabase(LoneServer server, String name) {
        this.server = server;
        this.name = name;
        PostgresAddress owner = server.owner(name);
        this.checking = Connections.pool(owner.jdbcUrl(), owner.user(), owner.password(), "checker", 3, false);
        this.checker = Jdbi.create(checking);
    }

    /** A server below {@code folder} with the model of which each trial gets a copy. */
    static LoneServer startServer(Path folder) {
        LoneServer server = LoneServer.start(folder);
        server.create(TEMPLATE);
        PostgresAddress owner = server.owner(TEMPLATE);
        try (HikariDataSource source =
                        Connections.pool(owner.jdbcUrl(), owner.user(), owner.password(), "migration", 4, false);
                Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            Schema.migrate(source, List.of());
            statement.execute(read("/trial.sql"));
        } catch (SQLException e) {
            server.close();
            throw new IllegalStateException(e);
        }
        return server;
    }

    static synchronized TrialDatabase fresh(LoneServer server) {
        String name = "trial_" + ++copies;
        server.copy(TEMPLATE, name);
        return new TrialDatabase(server, name);
    }

    /** PostgreSQL ends at once and is started again. */
    void crashServer() {
        server.crashAndRestart();
        checking.getHikariPoolMXBean().softEvictConnections();
    }

    PostgresAddress serving() {
        return server.serving(name);
    }

    /** Sees all tenants. */
    Jdbi checker() {
        return checker;
    }

    @Override
    public void close() {
        checking.close();
    }

    void drop() {
        server.drop(name);
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(TrialDatabase.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
