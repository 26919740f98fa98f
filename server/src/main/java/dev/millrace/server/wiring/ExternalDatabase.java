package dev.millrace.server.wiring;

import dev.millrace.server.Settings.External;
import dev.millrace.server.Settings.SignIn;
import dev.millrace.server.StartRefused;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL that somebody else runs. */
record ExternalDatabase(External at, boolean demo) implements Database {
    private static final Logger log = LoggerFactory.getLogger(ExternalDatabase.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** Wrong password, no such role, no such database: waiting mends none of them. */
    private static final Set<String> HOPELESS = Set.of("28P01", "28000", "3D000");

    /** Waits, with longer and longer pauses, until the database lets the serving role in. */
    static ExternalDatabase await(External external, boolean demo) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try (Connection connection = connect(external.url(), external.serving())) {
                refuseUnfit(external.serving(), SessionRows.unfitness(connection));
                return new ExternalDatabase(external, demo);
            } catch (SQLException e) {
                if (HOPELESS.contains(String.valueOf(e.getSQLState()))) {
                    throw new StartRefused("The database refuses the user "
                            + external.serving().user() + ": "
                            + e.getMessage()
                            + ". Check MILLRACE_DATABASE_URL, MILLRACE_DATABASE_USER and MILLRACE_DATABASE_PASSWORD.");
                }
                log.warn("The database is not there yet ({}); trying again in {} s", e.getMessage(), pause.toSeconds());
                LockSupport.parkNanos(pause.toNanos());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private static void refuseUnfit(SignIn serving, List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new StartRefused(
                    "The role " + serving.user() + " must not serve, because " + String.join(" and ", reasons)
                            + ": it would see the rows of every company. Set MILLRACE_DATABASE_USER to a plain role, and"
                            + " MILLRACE_MIGRATION_USER to the one that owns the tables.");
        }
    }

    static Connection connect(String url, SignIn as) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", as.user());
        properties.setProperty("password", as.password());
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public String url() {
        return at.url();
    }

    @Override
    public SignIn serving() {
        return at.serving();
    }

    @Override
    public Optional<SignIn> migrating() {
        return at.migrating();
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public int migrate() {
        return at.migrating()
                .map(owner ->
                        Migration.prepareAndApply(at.url(), owner, at.serving().user(), demo))
                .orElse(0);
    }

    /** It goes on without us. */
    @Override
    public void close() {}
}
