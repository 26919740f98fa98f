package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit} against a server, which is played by one that answers what a test says. */
class AuditTest {
    @TempDir
    Path folder;

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private int status = 200;
    private String answer = "{\"ok\": true, \"sealed\": 12, \"unsealed\": 1, \"first_broken\": null}";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body.strip());
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Ran audit(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "audit";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Ran.with(
                Map.of(
                        "MILLRACE_SERVER",
                        "http://localhost:" + server.getAddress().getPort(),
                        "MILLRACE_TOKEN",
                        "abc.def"),
                new byte[0],
                all);
    }

    @Test
    void a_chain_that_holds_ends_with_0_and_one_that_does_not_with_1() {
        Ran holds = audit("verify");
        assertThat(holds.status()).isZero();
        assertThat(holds.out()).isEqualTo("The chain holds: 12 entries sealed, 1 on their way.\n");
        assertThat(asked.get()).startsWith("GET /api/v1/audit-logs/verify");

        answer =
                "{\"ok\": false, \"sealed\": 12, \"first_broken\": {\"seq\": 7, \"reason\": \"the entry was changed\"}}";
        Ran broken = audit("verify");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.out()).isEqualTo("BROKEN at 7: the entry was changed\n");
    }

    @Test
    void a_head_is_written_to_a_file_and_sent_back_as_it_is() throws IOException {
        String file = folder.resolve("heads.json").toString();
        answer = "{\"millrace_heads\":1}";
        assertThat(audit("heads", "--out", file).status()).isZero();
        assertThat(Files.readString(Path.of(file))).isEqualTo("{\"millrace_heads\":1}\n");

        answer = "{\"ok\": true, \"sealed\": 12, \"unsealed\": 0, \"first_broken\": null}";
        Ran ran = audit("verify", "--heads", file);

        assertThat(asked.get()).isEqualTo("POST /api/v1/audit-logs/verify {\"millrace_heads\":1}");
        assertThat(ran.out()).contains("through the head kept in " + file);
    }

    @Test
    void a_file_that_the_server_refuses_is_told_and_nothing_else_counts_as_an_answer() {
        status = 422;
        answer = "{\"detail\": \"The file was changed after it was signed.\"}";
        assertThat(audit("verify").out()).isEqualTo("The file was changed after it was signed.\n");
        status = 403;
        answer = "{\"code\": \"forbidden\", \"detail\": \"no\"}";
        assertThat(audit("heads").status()).isEqualTo(3);
        assertThat(audit("verify", "--heads", folder.resolve("none").toString()).status())
                .isEqualTo(3);
        assertThat(audit("verify", "--out", "x").status()).isEqualTo(2);
        assertThat(audit("look").status()).isEqualTo(2);
    }
}
