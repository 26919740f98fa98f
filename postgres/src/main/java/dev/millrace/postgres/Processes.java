package dev.millrace.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The living processes of PostgreSQL that work on one data folder: a postmaster, its children, an initdb. Read from
 * /proc, because the process id in {@code postmaster.pid} may be another program's by now, and because a child may
 * outlive its postmaster and still write: a second postmaster next to it would destroy the data.
 */
record Processes(Path data) {
    private static final Set<String> PROGRAMS = Set.of("postgres", "initdb", "pg_ctl");

    List<Long> living() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(this::isOurs)
                .toList();
    }

    private boolean isOurs(long pid) {
        var process = Path.of("/proc", String.valueOf(pid));
        try {
            return PROGRAMS.contains(program(process)) && (worksIn(process) || isToldOf(process));
        } catch (IOException e) {
            // Gone meanwhile, or another user's: then it is none of a server that this user started.
            return false;
        }
    }

    private static String program(Path process) throws IOException {
        var name = Files.readSymbolicLink(process.resolve("exe")).getFileName().toString();
        return name.replace(" (deleted)", "");
    }

    private boolean worksIn(Path process) throws IOException {
        return Files.readSymbolicLink(process.resolve("cwd")).equals(Files.exists(data) ? data.toRealPath() : data);
    }

    private boolean isToldOf(Path process) throws IOException {
        var line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        var path = new String(data.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return Arrays.asList(line.split("\0", -1)).contains(path);
    }
}
