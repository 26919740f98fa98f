package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code serve} as a process of its own, with the embedded database. */
class ServeTest {
    @TempDir
    Path folder;

    private Process run(Map<String, String> settings, String... command) throws IOException {
        var line = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path", ""),
                "dev.millrace.server.Main"));
        line.addAll(List.of(command));
        var builder = new ProcessBuilder(line);
        builder.environment().putAll(settings);
        builder.environment().putIfAbsent("MILLRACE_PORT", "0");
        builder.environment()
                .putIfAbsent("MILLRACE_HOME", folder.resolve("home").toString());
        builder.redirectOutput(out(builder).toFile());
        builder.redirectError(folder.resolve("err").toFile());
        return builder.start();
    }

    private Path out(ProcessBuilder builder) {
        return folder.resolve("out-" + builder.command().hashCode());
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private static int exitOf(Process process) throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String readyLine(Process process) throws IOException {
        return org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofMinutes(2))
                .until(
                        () -> {
                            assertThat(process.isAlive()).as(err()).isTrue();
                            try (var files = Files.list(folder)) {
                                for (Path file : files.filter(
                                                f -> f.getFileName().toString().startsWith("out-"))
                                        .toList()) {
                                    String text = Files.readString(file);
                                    if (text.startsWith("Millrace is ready at") && text.endsWith("\n")) {
                                        return text.strip();
                                    }
                                }
                            }
                            return "";
                        },
                        text -> !text.isEmpty());
    }

    @Test
    void it_says_where_it_is_answers_refuses_a_second_one_and_stops_in_order() throws Exception {
        Process first = run(Map.of(), "serve");
        try {
            String line = readyLine(first);
            var health = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            line.replace("Millrace is ready at ", "") + "/actuator/health/readiness"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(line).matches("Millrace is ready at http://localhost:\\d+");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(err()).contains("millrace-demo");

            Process second = run(Map.of(), "serve");
            assertThat(exitOf(second)).isEqualTo(3);
            assertThat(err()).contains(folder.resolve("home").toString());
        } finally {
            first.toHandle().destroy();
        }
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        assertThat(folder.resolve("home/data/postmaster.pid")).doesNotExist();
        assertThat(folder.resolve("home/keys/tokens.jwk")).exists();

        Process migrate = run(Map.of(), "migrate");
        assertThat(exitOf(migrate)).isZero();
    }

    @Test
    void a_port_that_is_taken_is_told_before_anything_is_started() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = run(Map.of("MILLRACE_PORT", Integer.toString(taken.getLocalPort())), "serve");

            assertThat(exitOf(process)).isEqualTo(3);
            assertThat(err()).contains("MILLRACE_PORT", Integer.toString(taken.getLocalPort()));
            assertThat(folder.resolve("home/data")).doesNotExist();
        }
    }

    @Test
    void wrong_usage_exits_with_two() throws Exception {
        assertThat(exitOf(run(Map.of("MILLRACE_ROLE", "boss"), "serve"))).isEqualTo(2);
        assertThat(err()).contains("Expected MILLRACE_ROLE to be all, api or worker, but it is 'boss'.");
        assertThat(exitOf(run(Map.of(), "fly"))).isEqualTo(2);
        assertThat(exitOf(run(Map.of(), "version"))).isZero();
    }
}
