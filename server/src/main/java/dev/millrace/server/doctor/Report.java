package dev.millrace.server.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a look at this machine found.
 *
 * @param tools Maven, Node, Redis and Chromium
 * @param faults in the order in which they should be mended
 */
record Report(
        Java java,
        List<Tool> tools,
        Postgres postgres,
        Disk disk,
        Clocks clock,
        List<Setting> settings,
        List<Fault> faults) {
    Report {
        tools = List.copyOf(tools);
        settings = List.copyOf(settings);
        faults = List.copyOf(faults);
    }

    /** Whether {@code ./millrace serve} would run. */
    boolean canServe() {
        return faults.stream().noneMatch(Fault::stopsServer);
    }

    record Java(String version, Path home) {}

    /**
     * A program that Millrace can use.
     *
     * @param name {@code maven}, {@code node}, {@code redis}, {@code chromium}
     * @param purpose what it is for, in a few words
     * @param path empty: it is not on the path
     * @param version as it says itself; empty if it did not say
     */
    record Tool(String name, String purpose, Optional<Path> path, Optional<String> version) {}

    /**
     * The database that {@code serve} would use.
     *
     * @param mode {@code embedded} or {@code external}
     * @param port empty before the first start of an embedded one
     * @param passwordFile where the owner's password is; empty for an external one
     * @param running empty for an external one: nobody looked
     */
    record Postgres(
            String mode,
            String host,
            Optional<Integer> port,
            String database,
            String owner,
            Optional<Path> passwordFile,
            Optional<Path> dataFolder,
            Optional<Boolean> running) {}

    /** @param folder the nearest one that is there */
    record Disk(Path folder, long freeBytes) {}

    /**
     * @param database its own time, if it runs
     * @param demoAhead how far a demo moved the clock that deadlines follow
     */
    record Clocks(Instant system, Optional<Instant> database, Optional<Duration> demoAhead) {
        Optional<Duration> difference() {
            return database.map(time -> Duration.between(system, time).abs());
        }
    }

    /**
     * @param value never a password
     * @param origin {@code environment} or {@code default}
     */
    record Setting(String name, String value, String origin) {}

    /**
     * Something that is not as it should be.
     *
     * @param what happened, for people
     * @param mend the sentence that says what to do
     */
    record Fault(String what, String mend, boolean stopsServer) {}
}
