package dev.millrace.server;

import ch.qos.logback.classic.LoggerContext;
import dev.millrace.engine.Limits;
import dev.millrace.engine.RetentionSettings;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.server.Settings.External;
import dev.millrace.server.Settings.NodeRole;
import dev.millrace.server.Settings.SignIn;
import dev.millrace.server.wiring.Logs;
import dev.millrace.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The server that all tests of this Java process share: put together as {@link Main} does, with the demo companies. */
public final class TestServer {
    private static final TestServer SHARED = new TestServer();

    private final Path home;
    private final TestDatabase database;
    private final Server server;

    private TestServer() {
        this.database = TestDatabase.template("server", owner -> {}).fresh();
        this.home = temporary();
        Logs.begin(home);
        this.server = new Server(settings(
                home,
                new External(
                        database.appAddress().jdbcUrl(),
                        signIn(database.appAddress()),
                        Optional.of(signIn(database.ownerAddress())))));
        server.start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            // The database goes at the same time, and that it does is no news.
            ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
            server.close();
        }));
    }

    /** Quick to look for what is due. */
    static Settings settings(Path home, External database) {
        return settings(home, database, NodeRole.ALL);
    }

    private static Settings settings(Path home, External database, NodeRole role) {
        return new Settings(
                0,
                home,
                Optional.of(database),
                "millrace",
                role,
                true,
                "127.0.0.1",
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                Limits.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                RetentionSettings.USUAL,
                new Outside(
                        Optional.empty(),
                        Optional.of(new Outside.Hook("app-secret", "verify-token")),
                        Optional.empty(),
                        true,
                        Optional.empty()));
    }

    private static SignIn signIn(PostgresAddress address) {
        return new SignIn(address.user(), address.password());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("millrace-server-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers. */
    public static String url() {
        return SHARED.server.url();
    }

    /** The address of its database for the serving role. */
    public static PostgresAddress database() {
        return SHARED.database.appAddress();
    }

    /** Another server on the same database, reached otherwise; tokens are good for both. Runs no executions. */
    public static Server reaching(PostgresAddress address) {
        var server = new Server(settings(
                SHARED.home, new External(address.jdbcUrl(), signIn(address), Optional.empty()), NodeRole.API));
        server.start();
        return server;
    }

    /** Its home, with its keys. */
    public static Path home() {
        return SHARED.home;
    }
}
