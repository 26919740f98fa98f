package dev.millrace.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorTest {
    @TempDir
    private Path home;

    private record Said(int exitCode, String text) {
        JsonNode json() {
            return Json.read(text);
        }
    }

    @Test
    void the_json_has_every_field_of_the_contract() {
        JsonNode json = ask(true, Map.of()).json();

        assertThat(json.propertyNames())
                .containsExactly(
                        "ok",
                        "java",
                        "maven",
                        "node",
                        "redis",
                        "chromium",
                        "postgres",
                        "disk",
                        "clock",
                        "settings",
                        "faults");
        assertThat(json.path("postgres").propertyNames())
                .containsExactly(
                        "mode", "host", "port", "database", "owner", "password_file", "data_folder", "running");
        assertThat(json.path("postgres").path("running").asBoolean(true)).isFalse();
        assertThat(json.path("postgres").path("data_folder").asString())
                .isEqualTo(home.resolve("data").toString());
    }

    @Test
    void a_machine_that_can_serve_ends_with_0_and_lacks_are_told_with_their_cure() {
        Said said = ask(false, Map.of("PATH", home.toString()));

        assertThat(said.exitCode()).isZero();
        assertThat(said.text())
                .contains("Install Maven 3.8 or newer", "Install Node 20.19 or newer", "The server can run");
    }

    @Test
    void a_port_in_use_stops_the_server_and_says_what_to_do() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said said = ask(true, Map.of("MILLRACE_PORT", String.valueOf(taken.getLocalPort())));

            assertThat(said.exitCode()).isEqualTo(1);
            assertThat(said.json().path("ok").asBoolean(true)).isFalse();
            assertThat(said.json().path("faults").get(0).path("mend").asString())
                    .contains("MILLRACE_PORT");
        }
    }

    @Test
    void settings_tell_their_origin_and_never_a_password() {
        Said said = ask(
                true,
                Map.of(
                        "MILLRACE_DATABASE_URL", "jdbc:postgresql://db.example:5433/erp",
                        "MILLRACE_DATABASE_USER", "serving",
                        "MILLRACE_DATABASE_PASSWORD", "hunter2",
                        "MILLRACE_SMTP_URL", "smtp://mail:hunter3@mail.example:587",
                        "MILLRACE_IRP_URL", "https://gsp.example",
                        "MILLRACE_IRP_CLIENT_ID", "client",
                        "MILLRACE_IRP_CLIENT_SECRET", "hunter4",
                        "MILLRACE_IRP_USER", "acme",
                        "MILLRACE_IRP_PASSWORD", "hunter5"));

        assertThat(said.text())
                .doesNotContain("hunter2", "hunter3", "hunter4", "hunter5")
                .contains("https://gsp.example");
        assertThat(origins(said.json()))
                .containsEntry("MILLRACE_IRP_PASSWORD", "environment")
                .containsEntry("MILLRACE_DATABASE_PASSWORD", "environment")
                .containsEntry("MILLRACE_LEASE", "default");
        assertThat(said.json().path("postgres").path("mode").asString()).isEqualTo("external");
        assertThat(said.json().path("postgres").path("port").asInt()).isEqualTo(5433);
        assertThat(said.json().path("postgres").path("database").asString()).isEqualTo("erp");
    }

    @Test
    void a_setting_that_cannot_be_read_is_a_fault() {
        Said said = ask(false, Map.of("MILLRACE_PORT", "eighty"));

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("Expected MILLRACE_PORT to be a port");
    }

    private Said ask(boolean json, Map<String, String> more) {
        var environment = new HashMap<>(Map.of("MILLRACE_HOME", home.toString(), "MILLRACE_PORT", "0", "PATH", ""));
        environment.putAll(more);
        var out = new ByteArrayOutputStream();
        int exitCode = Doctor.run(environment, json, new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Said(exitCode, out.toString(StandardCharsets.UTF_8));
    }

    private static Map<String, String> origins(JsonNode json) {
        var origins = new HashMap<String, String>();
        List.copyOf(json.path("settings").values())
                .forEach(setting -> origins.put(
                        setting.path("name").asString(), setting.path("origin").asString()));
        return origins;
    }
}
