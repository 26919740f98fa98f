package dev.millrace.trials.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * CPU time of a PostgreSQL with all its backends, living and ended. The postmaster inherits the time of who has ended,
 * so nothing is lost when a pool closes.
 */
record ServerCpu(long postmaster) {
    private static final Path PROC = Path.of("/proc");

    /** Of {@code USER_HZ}, which Linux has fixed for what it tells programs. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int PARENT = 1;
    private static final int OWN_TICKS = 11;
    private static final int ENDED_TICKS = 13;

    /** Of the server whose data lie in {@code home/data}. */
    static ServerCpu of(Path home) {
        try {
            return new ServerCpu(
                    Long.parseLong(Files.readAllLines(home.resolve("data").resolve("postmaster.pid"))
                            .getFirst()
                            .strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double seconds() {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                            .filter(p ->
                                    Character.isDigit(p.getFileName().toString().charAt(0)))
                            .mapToLong(this::ticks)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long ticks(Path process) {
        String[] fields = stat(process);
        if (fields.length <= ENDED_TICKS + 1) {
            return 0;
        }
        boolean isPostmaster = process.getFileName().toString().equals(Long.toString(postmaster));
        if (!isPostmaster && Long.parseLong(fields[PARENT]) != postmaster) {
            return 0;
        }
        return two(fields, OWN_TICKS) + two(fields, ENDED_TICKS);
    }

    /** User and system time stand side by side. */
    private static long two(String[] fields, int at) {
        return Long.parseLong(fields[at]) + Long.parseLong(fields[at + 1]);
    }

    /** The fields behind the name, which may hold spaces and brackets; none if the process has ended meanwhile. */
    private static String[] stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (NoSuchFileException e) {
            return new String[0];
        } catch (IOException e) {
            // Ended between open and read.
            return new String[0];
        }
    }
}
