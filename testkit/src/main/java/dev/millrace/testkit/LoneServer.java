package dev.millrace.testkit;

import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.EmbeddedPostgres.Existing;
import dev.millrace.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL of its own for a test that makes it crash. It loses what a crash of the machine would lose, and nothing
 * that a crash of PostgreSQL does not, as long as sessions commit with {@code synchronous_commit = on}.
 */
public final class LoneServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Path home;
    private EmbeddedPostgres server;
    private boolean keeping;

    private LoneServer(Path home) {
        this.home = home;
        this.server = EmbeddedPostgres.start(home, TestCluster.options());
    }

    /** In a folder of its own below {@code parent}; what killed processes left behind there is swept away first. */
    public static LoneServer start(Path parent) {
        TestCluster.sweep(parent);
        return new LoneServer(parent.resolve(TestCluster.PREFIX + TestCluster.mark(ProcessHandle.current())));
    }

    public PostgresAddress owner(String database) {
        return server.owner(database);
    }

    public PostgresAddress serving(String database) {
        return server.serving(database);
    }

    /** An empty database, owned by the migrating role. */
    public void create(String database) {
        server.createDatabase(database);
    }

    /** A copy; nobody may be connected to the template. */
    public void copy(String template, String database) {
        server.createDatabaseFromTemplate(database, template, Existing.REPLACE);
    }

    public void drop(String database) {
        server.dropDatabase(database);
    }

    /**
     * Every process of the server ends at once, without a checkpoint or a farewell, and the server is started again on
     * its port.
     *
     * @throws IllegalStateException the port was taken meanwhile
     */
    public void crashAndRestart() {
        int port = server.owner("postgres").port();
        ProcessHandle postmaster = postmaster();
        signal("QUIT", postmaster.pid());
        await(postmaster);
        server.close();
        server = EmbeddedPostgres.start(home, TestCluster.options());
        int now = server.owner("postgres").port();
        if (now != port) {
            throw new IllegalStateException("Expected PostgreSQL to come back on port " + port + ", but it has " + now);
        }
    }

    private ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(Files.readAllLines(home.resolve("data/postmaster.pid"))
                    .getFirst()
                    .strip());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("PostgreSQL outlived an immediate stop", e);
        }
    }

    /** The folder with data and log stays when the server is stopped: somebody has to look at it. */
    public void keep() {
        keeping = true;
    }

    /** Where data and log are found after {@link #close()} if they are kept. */
    public Path kept() {
        return home.resolveSibling("kept-" + TestCluster.mark(ProcessHandle.current()));
    }

    /** Stops the server, and deletes its folder unless it is to be kept. */
    @Override
    public void close() {
        server.close();
        if (keeping) {
            try {
                // Under its own name the next start would sweep it away.
                Files.move(home, kept());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            TestCluster.delete(home);
        }
    }
}
