package dev.millrace.trials.bench.engine;

import dev.millrace.engine.Json;
import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Round by round, everybody has a turn: on one PostgreSQL, each run with a database and a process of its own. */
public final class EngineBench {
    private static final int CONNECTIONS_MOST = 200;

    private final BenchOptions options;
    private final PrintStream out;
    private final PrintStream progress;

    /**
     * @param out takes the tables
     * @param progress takes a line per run
     */
    public EngineBench(BenchOptions options, PrintStream out, PrintStream progress) {
        this.options = options;
        this.out = out;
        this.progress = progress;
    }

    public void run() throws IOException {
        Path home = Files.createTempDirectory("millrace-bench-");
        var figures = new Figures();
        try (var postgres = EmbeddedPostgres.start(home, Options.standard().withMaxConnections(CONNECTIONS_MOST))) {
            List<Task> plan = Plan.of(options);
            for (int round = 1; round <= options.rounds(); round++) {
                for (Task task : plan) {
                    figures.add(task, runOne(postgres, home, task, round));
                }
            }
        } finally {
            delete(home);
        }
        var report = new Report(figures, options);
        report.print(out);
        if (options.json().isPresent()) {
            Files.writeString(
                    options.json().get(),
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n");
        }
    }

    private Map<String, Double> runOne(EmbeddedPostgres postgres, Path home, Task task, int round) {
        String database = "bench";
        postgres.createDatabase(database);
        try {
            long begun = System.nanoTime();
            Map<String, Double> figures = RunProcess.run(home, postgres.owner(database), task);
            progress.printf("round %d, %s: %.0f s%n", round, task.name(), (System.nanoTime() - begun) / 1e9);
            return figures;
        } finally {
            // So that no vacuum of one is counted to the next.
            postgres.dropDatabase(database);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
