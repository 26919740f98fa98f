package dev.millrace.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data folder: made once, and never wiped if it may hold somebody's data. */
record Cluster(Home home, Binaries binaries, RunAs runAs) {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(5);

    /** template1, template0 and postgres have these numbers in each fresh cluster. */
    private static final Set<String> TEMPLATES = Set.of("1", "4", "5");

    /** Makes the cluster if there is none yet. Call with the lock held and no server running. */
    void ensure(Options options) throws IOException {
        if (!Files.exists(home.initialised())) {
            if (Files.exists(home.data())) {
                refuseIfUsed();
                LOG.warn("The first start of {} was cut off: starting over", home.folder());
                Home.deleteTree(home.data());
            }
            Passwords.ensureSuperuser(home);
            Passwords.forgetSignIns(home);
            initialise(options);
            Home.write(home.initialised(), "The cluster in 'data' is complete. Keep this file with it.\n");
        }
        if (!Files.isRegularFile(home.data().resolve("PG_VERSION"))) {
            throw new DataFolderRefused("The folder " + home.data() + " should hold the database of this Millrace ("
                    + home.initialised().getFileName()
                    + " says so), but has no PG_VERSION. Restore it from a backup; or, to"
                    + " start with an empty database, move the folder " + home.folder() + " away.");
        }
        runAs.hand(home.data());
        configure(options);
    }

    /** A postmaster that once ran leaves its options; initdb does not. */
    private void refuseIfUsed() throws IOException {
        var data = home.data();
        if (Files.exists(data.resolve("postmaster.opts"))) {
            throw refused("a server has run on it");
        }
        for (var folder : List.of("base", "pg_tblspc")) {
            for (var name : names(data.resolve(folder))) {
                if (!TEMPLATES.contains(name) && !name.startsWith("pgsql_tmp")) {
                    throw refused("it has " + folder + "/" + name + ", which a fresh one has not");
                }
            }
        }
        if (!Files.exists(data.resolve("PG_VERSION")) && !names(data).isEmpty()) {
            throw refused("it has files but no PG_VERSION");
        }
    }

    private DataFolderRefused refused(String why) {
        return new DataFolderRefused("The folder " + home.data() + " is not marked as complete ("
                + home.initialised().getFileName() + " is missing), but may hold data: " + why
                + ". It was not touched. If the data is wanted, restore the file " + home.initialised()
                + " (any content); if not, move the folder away and start again.");
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).toList();
        }
    }

    private void initialise(Options options) throws IOException {
        LOG.info("Making a database cluster in {}", home.data());
        Files.createDirectory(home.data());
        runAs.hand(home.data());
        // A copy, because initdb may run as another user, who must not own the password afterwards.
        var password = home.folder().resolve("initdb.password");
        try {
            Home.write(password, Files.readString(home.passwordOf(Passwords.SUPERUSER)));
            runAs.hand(password);
            var ended = Command.run(runAs.wrap(initdb(password, options)), home.folder(), INITDB_LIMIT);
            if (!ended.ok()) {
                throw new PostgresUnavailable("Could not make a database cluster in " + home.data() + ". initdb says:\n"
                        + ended.output() + "\nCheck that the disk has room (100 MB) and that the folder is writable.");
            }
        } finally {
            Files.deleteIfExists(password);
        }
    }

    private List<String> initdb(Path password, Options options) {
        return List.of(
                binaries.initdb().toString(),
                "-D",
                home.data().toString(),
                "--username=" + Passwords.SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions",
                options.durable() ? "--sync-method=fsync" : "--no-sync");
    }

    private void configure(Options options) throws IOException {
        var file = home.data().resolve("postgresql.conf");
        var settings = settings(options);
        if (!Files.exists(file) || !Files.readString(file).equals(settings)) {
            Home.write(file, settings);
            runAs.hand(file);
        }
    }

    private static String settings(Options options) {
        var durable = options.durable() ? "on" : "off";
        return """
                # Written by Millrace. For settings of your own: "alter system set ...", then restart.
                fsync = %1$s
                synchronous_commit = %1$s
                full_page_writes = %1$s
                max_connections = %2$d
                shared_buffers = '128MB'
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                client_connection_check_interval = '10s'
                tcp_keepalives_idle = 60
                tcp_keepalives_interval = 10
                tcp_keepalives_count = 3
                max_wal_size = '1GB'
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] %%q%%u@%%d '
                datestyle = 'iso, ymd'
                default_text_search_config = 'pg_catalog.english'
                """.formatted(durable, options.maxConnections());
    }
}
