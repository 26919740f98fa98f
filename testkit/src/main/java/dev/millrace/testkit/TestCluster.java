package dev.millrace.testkit;

import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.Options;
import dev.millrace.postgres.PostgresUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL of this Java process: started by the first test that asks for it, stopped and deleted at its end. */
final class TestCluster {
    private static final Logger LOG = LoggerFactory.getLogger(TestCluster.class);
    static final String PREFIX = "millrace-testkit-cluster-";

    /** More than usual: every open copy brings pools of its own. */
    private static final int MAX_CONNECTIONS = 300;

    private static final class Holder {
        private static final EmbeddedPostgres SERVER = start();
    }

    private TestCluster() {}

    static EmbeddedPostgres server() {
        return Holder.SERVER;
    }

    static Options options() {
        return Options.forTests().withMaxConnections(MAX_CONNECTIONS).withBinaries(binaries());
    }

    /** One per user, since a folder that others can write to must not be run from. */
    private static Path binaries() {
        var user =
                System.getProperty("user.name", "user").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        return Path.of(System.getProperty("java.io.tmpdir", "."), "millrace-testkit-" + user);
    }

    private static EmbeddedPostgres start() {
        var parent = Files.isDirectory(Path.of("target")) ? Path.of("target") : binaries();
        sweep(parent);
        var home = parent.resolve(PREFIX + mark(ProcessHandle.current()));
        var server = EmbeddedPostgres.start(home, options());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            delete(home);
        }));
        return server;
    }

    /** Clears what killed builds left behind: a server that lives on, and its folder. Living builds are left alone. */
    static List<Path> sweep(Path parent) {
        try (var entries = Files.isDirectory(parent) ? Files.list(parent) : Stream.<Path>empty()) {
            return entries.filter(TestCluster::isAbandoned)
                    .filter(TestCluster::remove)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean remove(Path home) {
        try {
            EmbeddedPostgres.stopOrphan(home, options());
            delete(home);
            return true;
        } catch (PostgresUnavailable e) {
            LOG.info("Left {} alone: {}", home, e.getMessage());
            return false;
        }
    }

    private static boolean isAbandoned(Path home) {
        var name = home.getFileName().toString();
        if (!name.startsWith(PREFIX)) {
            return false;
        }
        var mark = name.substring(PREFIX.length());
        return process(mark).filter(process -> mark(process).equals(mark)).isEmpty();
    }

    private static Optional<ProcessHandle> process(String mark) {
        try {
            return ProcessHandle.of(Long.parseLong(mark.substring(0, Math.max(0, mark.indexOf('-')))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Process id and start, since ids are used again. */
    static String mark(ProcessHandle process) {
        var start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return process.pid() + "-" + start;
    }

    static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.info("Could not delete {}: {}", folder, e.getMessage());
        }
    }
}
