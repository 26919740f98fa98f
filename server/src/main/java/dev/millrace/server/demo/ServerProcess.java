package dev.millrace.server.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A real {@code serve} in a process of its own: started, killed, started again, stopped. */
final class ServerProcess implements AutoCloseable {
    private static final Duration READY_MOST = Duration.ofMinutes(2);
    private static final Duration STOP_MOST = Duration.ofSeconds(40);
    private static final Duration DEATH_MOST = Duration.ofSeconds(10);
    private static final String READY = "Millrace is ready at ";
    private static final int TAIL = 15;

    private final Launch launch;
    private final Process process;
    private final long logFrom;

    private ServerProcess(Launch launch, Process process, long logFrom) {
        this.launch = launch;
        this.process = process;
        this.logFrom = logFrom;
    }

    /**
     * How to start one.
     *
     * @param java the program
     * @param home its MILLRACE_HOME
     * @param log gets all that it prints, run after run
     */
    record Launch(Path java, String classPath, Path home, int port, Path log) {
        /** As another database's server. */
        List<String> command() {
            return List.of(
                    java.toString(),
                    "-Xmx1g",
                    // It lives for half a minute: quick to start counts for more than quick at its best.
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    // The classes as the first server left them, which halves what a start costs; beside the jar, so
                    // that they go with the build. Java's remarks about them are nobody's business.
                    "-XX:+AutoCreateSharedArchive",
                    "-XX:SharedArchiveFile="
                            + Path.of(classPath.split(File.pathSeparator, 2)[0]).resolveSibling("demo.jsa"),
                    "-Xlog:cds=off,cds+dynamic=off",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Djava.awt.headless=true",
                    "-cp",
                    classPath,
                    "dev.millrace.server.Main",
                    "serve");
        }
    }

    /** Starts it on a database of its home; {@link #awaitReady} says when it serves. */
    static ServerProcess start(Launch launch, String database) {
        var builder = new ProcessBuilder(launch.command());
        var environment = builder.environment();
        // Whatever a real installation is told (a mail server, another database) is none of the demo's business.
        environment.keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        environment.put("MILLRACE_HOME", launch.home().toString());
        environment.put("MILLRACE_PORT", String.valueOf(launch.port()));
        environment.put("MILLRACE_DEMO", "true");
        environment.put("MILLRACE_DATABASE_NAME", database);
        builder.redirectErrorStream(true);
        var started = new AtomicReference<Optional<ServerProcess>>(Optional.empty());
        // Ctrl-C ends the demo without unwinding, and the server must not outlive it. Set up first: while the demo ends
        // this throws, and nothing is started any more.
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().unstarted(() -> started.get().ifPresent(ServerProcess::close)));
        // A file and not a pipe: a pipe would break the server when the demo is killed.
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        try {
            Files.createDirectories(launch.home());
            long from = Files.exists(launch.log()) ? Files.size(launch.log()) : 0;
            var server = new ServerProcess(launch, builder.start(), from);
            started.set(Optional.of(server));
            return server;
        } catch (IOException e) {
            throw new DemoFailed("The server could not be started: " + e.getMessage(), e);
        }
    }

    /** Returns when it answers. */
    ServerProcess awaitReady() {
        Await.answer("the server's ready line", READY_MOST, () -> {
            if (printed().contains(READY)) {
                return Optional.of(true);
            }
            if (!process.isAlive()) {
                throw DemoFailed.cannotStart(tail("The server ended before it was ready"));
            }
            return Optional.empty();
        });
        return this;
    }

    long pid() {
        return process.pid();
    }

    /** Throws, with what it said last, if it has ended. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new DemoFailed(tail("The server ended while the demo was using it"));
        }
    }

    /** After its end: it had the time to stop its database too. */
    boolean endedInOrder() {
        return process.exitValue() == 0;
    }

    /** With SIGKILL: it gets no chance to tidy up. Its PostgreSQL lives on, as after a real crash. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(DEATH_MOST);
    }

    /** Waits until it ends by itself. */
    void join() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With SIGTERM: it drains and stops its database too. May be called again. */
    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd(STOP_MOST)) {
            kill();
        }
    }

    private boolean awaitEnd(Duration most) {
        // Who stops it may be being interrupted, and it must be stopped all the same.
        boolean interrupted = Thread.interrupted();
        try {
            return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String printed() {
        try (var log = Files.newInputStream(launch.log())) {
            log.skipNBytes(logFrom);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happened, the last lines that it printed, and what to do. */
    private String tail(String what) {
        List<String> lines = printed().lines().toList();
        String last = String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        return what + ". It said:\n  " + last + "\nAll of it is in " + launch.log()
                + ". './millrace doctor' looks for the usual causes.";
    }
}
