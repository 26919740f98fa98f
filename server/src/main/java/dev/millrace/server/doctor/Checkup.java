package dev.millrace.server.doctor;

import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.HomeReport;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.postgres.PostgresUnavailable;
import dev.millrace.server.Settings;
import dev.millrace.server.Settings.External;
import dev.millrace.server.StartRefused;
import dev.millrace.server.doctor.Report.Clocks;
import dev.millrace.server.doctor.Report.Disk;
import dev.millrace.server.doctor.Report.Fault;
import dev.millrace.server.doctor.Report.Java;
import dev.millrace.server.doctor.Report.Postgres;
import dev.millrace.server.doctor.Report.Setting;
import dev.millrace.server.doctor.Report.Tool;
import dev.millrace.server.wiring.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at everything once and changes nothing. */
final class Checkup {
    private static final int JAVA_NEEDED = 25;
    private static final long DISK_STOPS = 200L << 20;
    private static final long DISK_SCARCE = 2L << 30;
    private static final Duration CLOCKS_APART_MOST = Duration.ofSeconds(2);

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final List<Fault> faults = new ArrayList<>();

    Checkup(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
    }

    /** @param warnings of reading the settings; told as faults that stop nothing */
    Report run(List<String> warnings) {
        Java java = java();
        List<Tool> tools = new Tools(environment.getOrDefault("PATH", "")).all();
        tools.forEach(this::judge);
        Disk disk = disk();
        Optional<HomeReport> home = home();
        Postgres postgres = postgres(home);
        Clocks clocks = clocks(home);
        boolean running = home.map(HomeReport::running).orElse(false);
        if (!running) {
            port();
        }
        warnings.forEach(warning -> faults.add(new Fault(warning, "Correct the variable's name or unset it.", false)));
        List<Setting> inForce = SettingsInForce.of(settings, environment);
        List<Fault> worstFirst = faults.stream()
                .sorted(Comparator.comparing(Fault::stopsServer).reversed())
                .toList();
        return new Report(java, tools, postgres, disk, clocks, inForce, worstFirst);
    }

    private Java java() {
        if (Runtime.version().feature() < JAVA_NEEDED) {
            faults.add(new Fault(
                    "This is Java " + Runtime.version() + ".", "Install a JDK " + JAVA_NEEDED + " or newer.", true));
        }
        return new Java(Runtime.version().toString(), Path.of(System.getProperty("java.home")));
    }

    private void judge(Tool tool) {
        if (tool.path().isPresent()) {
            return;
        }
        switch (tool.name()) {
            case "maven" ->
                faults.add(new Fault(
                        "There is no Maven on the path; it is needed to build from source.",
                        "Install Maven 3.8 or newer (Debian, Ubuntu: apt install maven).",
                        false));
            case "node" ->
                faults.add(new Fault(
                        "There is no Node on the path; without it Millrace is built without its web app.",
                        "Install Node 20.19 or newer (https://nodejs.org).",
                        false));
            default -> {
                // Optional, and the list says so.
            }
        }
    }

    private Disk disk() {
        Path folder = settings.home();
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (!Files.isWritable(folder)) {
                faults.add(new Fault(
                        "The folder " + folder + " cannot be written to.",
                        "Give yourself the right to write there, or set MILLRACE_HOME to another folder.",
                        true));
            }
            if (free < DISK_SCARCE) {
                faults.add(new Fault(
                        "Only " + (free >> 20) + " MB are free at " + folder + ".",
                        "Make room, or set MILLRACE_HOME to a folder on a larger disk.",
                        free < DISK_STOPS));
            }
            return new Disk(folder, free);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<HomeReport> home() {
        if (settings.external().isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(EmbeddedPostgres.look(settings.home()));
        } catch (PostgresUnavailable e) {
            faults.add(new Fault(String.valueOf(e.getMessage()), "Run this as the user who runs the server.", true));
            return Optional.empty();
        }
    }

    private Postgres postgres(Optional<HomeReport> home) {
        if (settings.external().isPresent()) {
            return external(settings.external().get());
        }
        Optional<PostgresAddress> owner = home.flatMap(HomeReport::owner);
        return new Postgres(
                "embedded",
                owner.map(PostgresAddress::host).orElse("127.0.0.1"),
                owner.map(PostgresAddress::port),
                settings.databaseName(),
                owner.map(PostgresAddress::user).orElse("millrace_owner"),
                owner.map(PostgresAddress::passwordFile),
                home.map(HomeReport::dataFolder),
                home.map(HomeReport::running));
    }

    private static Postgres external(External external) {
        URI url = URI.create(external.url().substring("jdbc:".length()));
        return new Postgres(
                "external",
                Optional.ofNullable(url.getHost()).orElse("localhost"),
                Optional.of(url.getPort() > 0 ? url.getPort() : 5432),
                Optional.ofNullable(url.getPath())
                        .map(path -> path.replaceFirst("^/", ""))
                        .orElse(""),
                external.migrating().orElse(external.serving()).user(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Clocks clocks(Optional<HomeReport> home) {
        Optional<PostgresAddress> running =
                home.filter(HomeReport::running).flatMap(HomeReport::owner).map(this::ofThisDatabase);
        if (running.isEmpty()) {
            return new Clocks(clock.instant(), Optional.empty(), Optional.empty());
        }
        try {
            ClockRows.Times times = ClockRows.read(running.get());
            var clocks = new Clocks(clock.instant(), Optional.of(times.now()), Optional.of(times.demoAhead()));
            clocks.difference()
                    .filter(apart -> apart.compareTo(CLOCKS_APART_MOST) > 0)
                    .ifPresent(apart -> faults.add(new Fault(
                            "The clocks of this machine and of the database are " + apart.toMillis() + " ms apart.",
                            "Let a time service (chrony, systemd-timesyncd) set the clock.",
                            false)));
            return clocks;
        } catch (SQLException | UncheckedIOException e) {
            faults.add(new Fault(
                    "The embedded database runs, but one cannot sign in to it: " + e.getMessage() + ".",
                    "Wait until the server is ready; if it is, stop it and start it again.",
                    false));
            return new Clocks(clock.instant(), Optional.empty(), Optional.empty());
        }
    }

    private PostgresAddress ofThisDatabase(PostgresAddress owner) {
        return new PostgresAddress(
                owner.host(), owner.port(), settings.databaseName(), owner.user(), owner.passwordFile());
    }

    private void port() {
        try {
            Ports.requireFree(settings);
        } catch (StartRefused e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf("). ");
            faults.add(
                    end < 0
                            ? new Fault(message, "Free the port, or set MILLRACE_PORT to another one.", true)
                            : new Fault(message.substring(0, end + 2), message.substring(end + 3), true));
        }
    }
}
