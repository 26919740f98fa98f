package dev.millrace.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A Java process that runs an embedded PostgreSQL until it is told to stop or is killed. */
record ServerProcess(Process process, Path output) {
    static final String AS_NOBODY = "as-nobody";
    static final String READY = "ready at port ";

    /** {@code prefix}: words before the java command, for instance to change the user. */
    static ServerProcess start(
            List<String> prefix, String classPath, Path home, Path binaries, Path output, String... more)
            throws IOException {
        var words = new ArrayList<>(prefix);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Main.class.getName(),
                home.toString(),
                binaries.toString()));
        words.addAll(List.of(more));
        var process = new ProcessBuilder(words)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ServerProcess(process, output);
    }

    int awaitReady() {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> said().contains(READY) || !process.isAlive());
        var said = said();
        int at = said.indexOf(READY);
        if (at < 0) {
            throw new AssertionError("The server did not start:\n" + said);
        }
        return Integer.parseInt(
                said.substring(at + READY.length()).lines().findFirst().orElseThrow());
    }

    String said() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("The process " + process.pid() + " outlived kill -9");
        }
    }

    int stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The process " + process.pid() + " did not stop:\n" + said());
        }
        return process.exitValue();
    }

    /** What the process runs: a server until its input ends; exit 3 if it cannot start. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws IOException {
            var options = Options.standard().withBinaries(Path.of(arguments[1]));
            RunAs.Choice way = arguments.length > 2
                    ? (home, binaries) -> RunAs.firstThatWorks(List.of(new RunAs.Nobody()), home, binaries)
                    : RunAs::choose;
            try (var server = EmbeddedPostgres.start(Path.of(arguments[0]), options, way)) {
                System.out.println(READY + server.owner().port());
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (PostgresUnavailable e) {
                System.out.println(e.getMessage());
                System.exit(3);
            }
        }
    }
}
