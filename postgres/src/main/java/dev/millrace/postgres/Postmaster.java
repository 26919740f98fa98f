package dev.millrace.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the server process of one home. Call with the home's lock held. */
record Postmaster(Home home, Binaries binaries, RunAs runAs) {
    static final String HOST = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);

    /** Long, because after a crash the server first repeats what its log says; about 1 GB at most. */
    private static final int START_SECONDS = 300;

    /** Half of the 30 s in which Millrace promises to be gone after SIGTERM. */
    private static final int STOP_SECONDS = 15;

    private static final int PORTS_TRIED = 5;
    private static final long LOG_KEPT_BYTES = 10_000_000;

    /**
     * Starts the server on its former port, or on another one if somebody else has that now.
     *
     * @return the port
     */
    int start() throws IOException {
        prepareLog();
        var failure = "";
        for (int port : candidates()) {
            long logged = Files.size(home.log());
            var command = List.of(
                    binaries.pgCtl().toString(),
                    "start",
                    "-D",
                    home.data().toString(),
                    "-l",
                    home.log().toString(),
                    "-w",
                    "-t",
                    String.valueOf(START_SECONDS),
                    "-o",
                    "-h " + HOST + " -p " + port);
            var ended = pgCtl(command, START_SECONDS);
            if (ended.ok()) {
                remember(port);
                return port;
            }
            stop();
            failure = loggedSince(logged) + "\n" + ended.output();
            if (!failure.contains("could not bind")) {
                break;
            }
        }
        throw new PostgresUnavailable("The embedded PostgreSQL in " + home.folder() + " did not start. Its log says:\n"
                + failure.strip() + "\nThe whole log is " + home.log() + ".");
    }

    /**
     * Stops whatever server works on the data folder, also one that a killed process left behind; nothing if there is
     * none. Open transactions are rolled back.
     *
     * @throws PostgresUnavailable if a process cannot be stopped
     */
    void stop() throws IOException {
        var processes = new Processes(home, runAs);
        if (processes.server().isPresent()) {
            // If "fast" is too slow the next lines kill: PostgreSQL then recovers on the next start.
            pgCtl(
                    List.of(
                            binaries.pgCtl().toString(),
                            "stop",
                            "-D",
                            home.data().toString(),
                            "-m",
                            "fast",
                            "-w",
                            "-t",
                            String.valueOf(STOP_SECONDS)),
                    STOP_SECONDS);
        }
        if (!Poll.until(Duration.ofSeconds(2), () -> processes.living().isEmpty())) {
            processes.living().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
        if (!Poll.until(Duration.ofSeconds(5), () -> processes.living().isEmpty())) {
            throw new PostgresUnavailable("The processes " + processes.living() + " still work on " + home.data()
                    + " and could not be stopped. End them, then start again.");
        }
        // Now it can only be stale. If another program has that process id today, PostgreSQL would refuse to start.
        if (Files.deleteIfExists(processes.pidFile())) {
            LOG.info("Removed a postmaster.pid that no server owns any more");
        }
    }

    private Command.Ended pgCtl(List<String> command, int seconds) throws IOException {
        return Command.run(runAs.wrap(command), home.folder(), Duration.ofSeconds(seconds + 10L));
    }

    private List<Integer> candidates() throws IOException {
        var ports = new ArrayList<Integer>();
        home.formerPort().filter(Postmaster::isFree).ifPresent(ports::add);
        while (ports.size() < PORTS_TRIED) {
            ports.add(free());
        }
        return Collections.unmodifiableList(ports);
    }

    private void remember(int port) throws IOException {
        if (home.formerPort().filter(known -> known == port).isEmpty()) {
            Home.write(home.port(), port + "\n");
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    /** HOST as an address; the platform's own loopback address may be that of IPv6. */
    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private void prepareLog() throws IOException {
        var log = home.log();
        if (Files.exists(log) && Files.size(log) > LOG_KEPT_BYTES) {
            Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log, LinkOption.NOFOLLOW_LINKS)) {
            Home.write(log, "");
        }
        runAs.hand(log);
    }

    private String loggedSince(long offset) throws IOException {
        try (var stream = Files.newInputStream(home.log())) {
            stream.skipNBytes(offset);
            return new String(stream.readNBytes(4000), StandardCharsets.UTF_8);
        }
    }
}
