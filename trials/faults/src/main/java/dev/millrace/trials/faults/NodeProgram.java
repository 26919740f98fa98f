package dev.millrace.trials.faults;

import dev.millrace.testkit.LoneServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * How a node's process is started: with its classes loaded and linked beforehand (JEP 483 and 514). Without that a trial
 * spends most of the machine on starting JVMs and its nodes have hardly anything in hand when they are killed.
 */
final class NodeProgram {
    private static final int TRAINING_SECONDS = 120;
    private static Optional<NodeProgram> made = Optional.empty();

    private final String classPath;
    private final Path cache;

    private NodeProgram(String classPath, Path cache) {
        this.classPath = classPath;
        this.cache = cache;
    }

    /**
     * Made once in a process.
     *
     * @param folder for the class path and the cache
     * @param options of a node that may run for a moment on a database of its own
     */
    static synchronized NodeProgram made(
            LoneServer server, Path folder, Function<TrialDatabase, WorkerOptions> options) {
        if (made.isEmpty()) {
            made = Optional.of(make(server, folder, options));
        }
        return made.orElseThrow();
    }

    private static NodeProgram make(LoneServer server, Path folder, Function<TrialDatabase, WorkerOptions> options) {
        try {
            Files.createDirectories(folder);
            var program = new NodeProgram(archives(folder), folder.resolve("node.aot"));
            TrialDatabase database = TrialDatabase.fresh(server);
            try {
                program.train(options.apply(database), folder.resolve("node-training.log"));
            } finally {
                database.close();
                database.drop();
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The JVM puts no class into its cache that it read from a folder. */
    private static String archives(Path folder) {
        var entries = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.isEmpty()) {
                // A separator at the end; as a folder it would be the one that this process runs in.
                continue;
            }
            if (Files.isDirectory(Path.of(entry))) {
                String archive =
                        folder.resolve("classes-" + entries.size() + ".jar").toString();
                run("jar", "--create", "--file", archive, "-C", entry, ".");
                entries.add(archive);
            } else if (Files.exists(Path.of(entry))) {
                entries.add(entry);
            }
        }
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static void run(String tool, String... arguments) {
        int code = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (code != 0) {
            throw new IllegalStateException(tool + " ended with " + code + ": " + Arrays.toString(arguments));
        }
    }

    /** A node starts, and stops in order as its standard input ends. */
    private void train(WorkerOptions options, Path log) throws IOException, InterruptedException {
        Process training = new ProcessBuilder(command(List.of("-XX:AOTCacheOutput=" + cache), options))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        training.getOutputStream().close();
        if (!training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS) || training.exitValue() != 0) {
            training.destroyForcibly();
            throw new IllegalStateException("the cache of a node's classes was not made, see " + log);
        }
    }

    List<String> command(WorkerOptions options) {
        return command(List.of("-XX:AOTCache=" + cache), options);
    }

    private List<String> command(List<String> cached, WorkerOptions options) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(cached);
        command.addAll(List.of("-cp", classPath, WorkerMain.class.getName()));
        command.addAll(options.arguments());
        return command;
    }
}
