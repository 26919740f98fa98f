package dev.millrace.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one short command of the operating system to its end. */
final class Command {
    private Command() {}

    /**
     * @param exit the exit code
     * @param output what it wrote to both its streams
     */
    record Ended(int exit, String output) {
        boolean ok() {
            return exit == 0;
        }
    }

    /**
     * @param limit after this the command is killed
     * @throws IOException if the program is not there, or did not end within the limit
     */
    static Ended run(List<String> words, Path folder, Duration limit) throws IOException {
        // A file, not a pipe: a server left behind by pg_ctl may keep a pipe open, and reading it would never end.
        var output = Files.createTempFile("millrace-", ".out");
        try {
            var builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // PGDATA, PGPORT and the like of the person's shell would send the tools elsewhere.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            var process = builder.start();
            process.getOutputStream().close();
            waitFor(process, words, limit);
            return new Ended(
                    process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static void waitFor(Process process, List<String> words, Duration limit) throws IOException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        "'" + String.join(" ", words) + "' did not end within " + limit.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for '" + String.join(" ", words) + "'", e);
        }
    }
}
