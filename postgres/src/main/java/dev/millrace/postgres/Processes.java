package dev.millrace.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The living processes of PostgreSQL that work on one data folder: a postmaster, its children, an initdb. Read from
 * /proc, because the process id in {@code postmaster.pid} may be another program's by now, and because a child may
 * outlive its postmaster and still write: a second postmaster next to it would destroy the data.
 */
record Processes(Home home, RunAs runAs) {
    /** A program's path, or the title that a child of the postmaster gives itself: "postgres: checkpointer". */
    private static final Pattern PROGRAM = Pattern.compile("(.*/)?(postgres|initdb|pg_ctl)(:.*)?", Pattern.DOTALL);

    List<Long> living() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(this::isOurs)
                .toList();
    }

    /** The postmaster, if one lives. */
    Optional<Long> server() {
        try {
            return Files.readAllLines(pidFile()).stream()
                    .findFirst()
                    .map(String::strip)
                    .map(Long::valueOf)
                    .filter(this::isOurs);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    Path pidFile() {
        return home.data().resolve("postmaster.pid");
    }

    private boolean isOurs(long pid) {
        var process = Path.of("/proc", String.valueOf(pid));
        try {
            var line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            var words = Arrays.asList(line.split("\0", -1));
            return PROGRAM.matcher(words.getFirst()).matches() && (isToldOfData(words) || worksInData(process));
        } catch (IOException e) {
            // Gone meanwhile, or of a user who is none of those that run our servers.
            return false;
        }
    }

    private boolean isToldOfData(List<String> words) {
        var data = home.data().toString().getBytes(StandardCharsets.UTF_8);
        return words.contains(new String(data, StandardCharsets.ISO_8859_1));
    }

    private boolean worksInData(Path process) throws IOException {
        var data = Files.exists(home.data()) ? home.data().toRealPath() : home.data();
        var cwd = process.resolve("cwd");
        try {
            return Files.readSymbolicLink(cwd).equals(data);
        } catch (AccessDeniedException e) {
            // In a container even root may not look into other users' processes, but their user may.
            var command = runAs.wrap(List.of("readlink", cwd.toString()));
            var ended = Command.run(command, Path.of("/"), Duration.ofSeconds(10));
            return ended.ok() && ended.output().equals(data.toString());
        }
    }
}
