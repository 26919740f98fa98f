package dev.millrace.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.postgres.EmbeddedPostgres.Existing;
import dev.millrace.postgres.PostgresAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * One database on a real PostgreSQL, for tests. All tests of a Java process share one server, which the first of them
 * starts. Nothing on it is durable, and all of it is deleted at the end. Safe for use by many threads.
 *
 * <pre>{@code
 * static final TestTemplate MIGRATED = TestDatabase.template("engine", dataSource -> migrate(dataSource));
 *
 * var database = MIGRATED.shared();               // the default: a fresh tenant per test
 * try (var alone = MIGRATED.fresh()) { ... }      // where a test needs a whole database
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {
    private final String name;
    private final Pools pools;
    private final HikariDataSource owner;
    private final HikariDataSource app;
    private final AtomicBoolean closed = new AtomicBoolean();

    TestDatabase(String name, Pools pools) {
        this.name = name;
        this.pools = pools;
        this.owner = pool(ownerAddress(), pools.owner());
        this.app = pool(appAddress(), pools.app());
    }

    /**
     * Sizes of the two pools in connections; they are opened as needed.
     *
     * @param owner 1 or more
     * @param app 1 or more
     */
    public record Pools(int owner, int app) {
        /** Enough for most tests: 2 for the owner, 10 for the application. */
        public static final Pools USUAL = new Pools(2, 10);

        public Pools {
            if (owner < 1 || app < 1) {
                throw new IllegalArgumentException(
                        "A pool needs 1 connection or more, but got " + owner + " and " + app);
            }
        }
    }

    /**
     * A database that is migrated once per Java process and then copied. Costs nothing until it is first used; a second
     * call with the same name gives the same template, and the second {@code migrate} is not called.
     *
     * @param name lower case letters, digits and underscores, 40 at most
     * @param migrate called with a data source of the owner, who is not a superuser
     */
    public static TestTemplate template(String name, Consumer<DataSource> migrate) {
        return TestTemplate.named(name, migrate);
    }

    /** The name of the database on the server. */
    public String name() {
        return name;
    }

    /** As the role that owns the tables and passes by row-level security where that is not forced. */
    public DataSource owner() {
        return owner;
    }

    /** As the role that serves: it has what migrations grant to {@code millrace_app}, no more. */
    public DataSource app() {
        return app;
    }

    /** Sizes of the pools. */
    public Pools pools() {
        return pools;
    }

    /** For a connection outside the pool, as the owner. */
    public PostgresAddress ownerAddress() {
        return TestCluster.server().owner(name);
    }

    /** For a connection outside the pool, as the role that serves. */
    public PostgresAddress appAddress() {
        return TestCluster.server().serving(name);
    }

    /** Closes the pools and drops the database, with whatever is still connected. May be called again. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closePools();
            TestCluster.server().dropDatabase(name);
        }
    }

    void closePools() {
        owner.close();
        app.close();
    }

    static TestDatabase copyOf(String template, String name, Pools pools) {
        TestCluster.server().createDatabaseFromTemplate(name, template, Existing.REPLACE);
        return new TestDatabase(name, pools);
    }

    static TestDatabase empty(String name) {
        TestCluster.server().createDatabase(name);
        return new TestDatabase(name, Pools.USUAL);
    }

    private static HikariDataSource pool(PostgresAddress address, int size) {
        var config = new HikariConfig();
        config.setPoolName(address.database() + "-" + address.user());
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        // Opens no connection now: a test that never asks for the owner should not pay for one.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
