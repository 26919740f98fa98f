package dev.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example is run as a user would: by `java`, on an empty folder, and once more on the folder that it left. */
class WorkshopTest {
    @TempDir
    Path home;

    @Test
    void it_runs_to_its_end_on_an_empty_folder_and_on_its_own_data() throws Exception {
        assertThat(run()).contains("The repair has succeeded.");
        assertThat(run()).contains("The repair has succeeded.");
    }

    @Test
    void it_is_shorter_than_a_hundred_lines() throws IOException {
        try (var lines = Files.lines(Path.of("src/main/java/dev/millrace/examples/Workshop.java"))) {
            assertThat(lines.filter(line -> !line.isBlank())).hasSizeLessThan(100);
        }
    }

    private String run() throws IOException, InterruptedException {
        Path said = home.resolve("said.txt");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Workshop.class.getName(),
                        home.resolve("database").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(program.waitFor(3, TimeUnit.MINUTES)).as("it has ended").isTrue();
        String text = Files.readString(said);
        assertThat(program.exitValue()).as(text).isZero();
        return text;
    }
}
