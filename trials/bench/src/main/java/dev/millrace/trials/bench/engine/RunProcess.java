package dev.millrace.trials.bench.engine;

import dev.millrace.engine.Json;
import dev.millrace.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run in a Java process of its own. */
final class RunProcess {
    private static final String RESULT = "RESULT ";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BEFORE_TASK = 3;

    private RunProcess() {}

    /**
     * Starts the process, waits for its end and gives its figures.
     *
     * @throws IllegalStateException it failed; its last words are in the message
     */
    static Map<String, Double> run(Path home, PostgresAddress database, Task task) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                RunProcess.class.getName(),
                home.toString(),
                Integer.toString(database.port()),
                database.database()));
        command.addAll(task.arguments());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            return said.lines()
                    .filter(line -> line.startsWith(RESULT))
                    .findFirst()
                    .map(line -> figures(line.substring(RESULT.length())))
                    .orElseThrow(() -> new IllegalStateException(
                            task.name() + " ended with exit code " + code + " and said:\n" + said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Double> figures(String json) {
        var figures = new LinkedHashMap<String, Double>();
        Json.readObject(json)
                .properties()
                .forEach(each -> figures.put(each.getKey(), each.getValue().doubleValue()));
        return figures;
    }

    /** The process: home of the cluster, port, database, and the task. */
    static void main(String[] arguments) throws SQLException {
        Path home = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        var bench = new Bench(
                address(home, port, arguments[2], "millrace"),
                address(home, port, arguments[2], "millrace_owner"),
                ServerCpu.of(home));
        Task task = Task.of(Arrays.copyOfRange(arguments, BEFORE_TASK, BEFORE_TASK + Task.ARGUMENTS));
        System.out.println(RESULT + Json.write(Json.tree(bench.run(task))));
        // Some of who is measured leave threads behind.
        System.exit(0);
    }

    private static PostgresAddress address(Path home, int port, String database, String user) {
        return new PostgresAddress(LOOPBACK, port, database, user, home.resolve(user + ".password"));
    }
}
