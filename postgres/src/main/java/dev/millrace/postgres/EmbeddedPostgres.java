package dev.millrace.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 of our own, for one home folder: bound to 127.0.0.1, signed in to by password, as durable as any
 * other. It runs until {@link #close()}. If this process is killed the server lives on; the next start on the same home
 * stops it and starts anew, so nothing is lost and nothing is left over. Linux only. Safe for use by many threads.
 *
 * <p>Three users: the superuser {@code postgres}, used by this class only; {@code millrace_owner}, who owns databases
 * and runs migrations; {@code millrace}, who serves, and has only what migrations grant to {@link Roles#APP}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final HomeLock lock;
    private final Postmaster postmaster;
    private final Databases databases;
    private final String database;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgres(HomeLock lock, Postmaster postmaster, Databases databases, String database) {
        this.lock = lock;
        this.postmaster = postmaster;
        this.databases = databases;
        this.database = database;
    }

    /**
     * Starts the server, and on the first start unpacks the binaries and makes the cluster, the users and
     * {@link Options#database()}. After a crash it takes as long as recovery does, at most 5 minutes.
     *
     * @param home folder of this server; made if it is not there
     * @throws HomeInUse if another server has the folder
     * @throws DataFolderRefused if the folder holds data that is not known to be ours
     * @throws PostgresUnavailable if the server does not start for another reason
     */
    public static EmbeddedPostgres start(Path home, Options options) {
        return start(home, options, RunAs::choose);
    }

    static EmbeddedPostgres start(Path folder, Options options, RunAs.Choice choice) {
        try {
            var home = Home.in(folder);
            var lock = HomeLock.take(home);
            try {
                return start(home, lock, options, choice);
            } catch (IOException | SQLException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException | SQLException e) {
            throw new PostgresUnavailable(
                    "Could not start the embedded PostgreSQL in " + folder + ": " + reason(e)
                            + ". Check that the folder is writable and the disk has room.",
                    e);
        }
    }

    private static EmbeddedPostgres start(Home home, HomeLock lock, Options options, RunAs.Choice choice)
            throws IOException, SQLException {
        if (options.binaries().isEmpty()) {
            Binaries.sweep(home.folder());
        }
        var binaries = Binaries.unpackedIn(options.binaries().orElse(home.folder()));
        var runAs = choice.choose(home, binaries);
        var postmaster = new Postmaster(home, binaries, runAs);
        new Processes(home, runAs)
                .server()
                .ifPresent(pid -> LOG.warn("A killed server left PostgreSQL {} running: stopping it", pid));
        postmaster.stop();
        new Cluster(home, binaries, runAs).ensure(options);
        requireSuperuserPassword(home);
        var databases = new Databases(home, postmaster.start());
        try {
            databases.prepare(options.database());
        } catch (IOException | SQLException | RuntimeException e) {
            postmaster.stop();
            throw e;
        }
        return new EmbeddedPostgres(lock, postmaster, databases, options.database());
    }

    private static void requireSuperuserPassword(Home home) {
        var file = home.passwordOf(Passwords.SUPERUSER);
        if (!Files.isRegularFile(file)) {
            throw new PostgresUnavailable("The file " + file + " is missing, and without it nobody can sign in to the"
                    + " database in " + home.data() + ". Restore it from a backup of the folder.");
        }
    }

    /**
     * What can be said about a home from outside, for a report; works while a server runs, and changes nothing. The
     * address is that of the database {@code millrace}.
     */
    public static HomeReport look(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new HomeReport(folder.resolve("data"), false, Optional.empty());
        }
        try {
            var home = new Home(folder.toRealPath());
            var running = new Processes(home, new RunAs.Same()).server().isPresent();
            var address = home.formerPort().map(port -> new Databases(home, port).address("millrace", Databases.OWNER));
            return new HomeReport(home.data(), running, address);
        } catch (IOException e) {
            throw new PostgresUnavailable("Cannot read the folder " + folder + ": " + reason(e), e);
        }
    }

    /** Stops a server that a killed process left behind on {@code folder}, without starting one. */
    public static void stopOrphan(Path folder, Options options) {
        try {
            var home = Home.in(folder);
            var lock = HomeLock.take(home);
            try {
                var binaries = Binaries.unpackedIn(options.binaries().orElse(home.folder()));
                new Postmaster(home, binaries, RunAs.choose(home, binaries)).stop();
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw new PostgresUnavailable("Cannot stop a server left behind in " + folder + ": " + reason(e), e);
        }
    }

    /** The database of the options, as the role that migrates. */
    public PostgresAddress owner() {
        return owner(database);
    }

    /** A database as the role that owns it and migrates. */
    public PostgresAddress owner(String name) {
        return databases.address(Names.requireName(name), Databases.OWNER);
    }

    /** The database of the options, as the role that serves: neither owner nor superuser. */
    public PostgresAddress serving() {
        return serving(database);
    }

    /** A database as the role that serves. */
    public PostgresAddress serving(String name) {
        return databases.address(Names.requireName(name), Databases.SERVING);
    }

    /** Whether there is a database of that name. */
    public boolean databaseExists(String name) {
        Names.requireName(name);
        return ask("look for the database " + name, () -> databases.exists(name));
    }

    /** Makes an empty database owned by the migrating role. May be called again: then it changes nothing. */
    public void createDatabase(String name) {
        Names.requireName(name);
        tell("make the database " + name, () -> databases.create(name));
    }

    /** What to do with a database that has the name already. */
    public enum Existing {
        /** Leave it as it is. */
        KEEP,
        /** Drop it, with the connections to it, and copy anew. */
        REPLACE
    }

    /** Copies a database, with tables, rows and grants. Nobody may be connected to the template for that moment. */
    public void createDatabaseFromTemplate(String name, String template, Existing existing) {
        Names.requireName(name);
        Names.requireName(template);
        tell("copy the database " + template + " to " + name, () -> {
            if (existing == Existing.REPLACE) {
                databases.drop(name);
            }
            if (!databases.exists(name)) {
                databases.copy(name, template);
            }
        });
    }

    /** Drops a database with the connections to it; nothing if it is not there. */
    public void dropDatabase(String name) {
        Names.requireName(name);
        tell("drop the database " + name, () -> databases.drop(name));
    }

    /** Stops the server, rolls back what is open, and frees the home folder. May be called again. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // Who closes is often being interrupted; that must not leave the server running.
        var interrupted = Thread.interrupted();
        try (lock) {
            postmaster.stop();
        } catch (IOException e) {
            throw new PostgresUnavailable("The embedded PostgreSQL could not be stopped: " + reason(e), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    private interface Deed {
        void run() throws SQLException;
    }

    private static void tell(String what, Deed deed) {
        ask(what, () -> {
            deed.run();
            return true;
        });
    }

    private static <T> T ask(String what, Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new PostgresUnavailable("Could not " + what + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
