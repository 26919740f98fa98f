package dev.millrace.server.doctor;

import dev.millrace.server.doctor.Report.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Looks for programs on the path and asks them for their versions. */
final class Tools {
    /** The slowest, Maven, takes one second on a busy machine. */
    private static final long ANSWER_MOST_SECONDS = 10;

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    private final List<Path> folders;

    /** @param path as in the variable PATH */
    Tools(String path) {
        this.folders = Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
    }

    List<Tool> all() {
        return List.of(
                look("maven", "builds Millrace", "mvn"),
                look("node", "builds the web app", "node"),
                look("redis", "optional: several servers hear of news at once", "redis-server"),
                look(
                        "chromium",
                        "optional: tests of the web app",
                        "chromium",
                        "chromium-browser",
                        "google-chrome",
                        "google-chrome-stable"));
    }

    private Tool look(String name, String purpose, String... programs) {
        Optional<Path> found = Arrays.stream(programs)
                .flatMap(program -> folders.stream().map(folder -> folder.resolve(program)))
                .filter(Files::isExecutable)
                .findFirst();
        return new Tool(name, purpose, found, found.flatMap(Tools::version));
    }

    private static Optional<String> version(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            if (!process.waitFor(ANSWER_MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return VERSION.matcher(said).results().findFirst().map(match -> match.group());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
