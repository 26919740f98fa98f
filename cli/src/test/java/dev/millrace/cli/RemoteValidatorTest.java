package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.language.CatalogueFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code validate} with a server; it is played by one that answers what a test says. */
class RemoteValidatorTest {
    private static final String TEXT = "workflow:\n  name: naïve\n";

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private int status = 200;
    private String answer = "{\"valid\": true, \"errors\": [], \"warnings\": []}";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                    + exchange.getRequestHeaders().getFirst("Authorization") + "\n"
                    + exchange.getRequestHeaders().getFirst("Content-Type") + "\n" + body);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private Ran validate(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "validate";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[options.length + 1] = "-";
        return Ran.with(
                Map.of("MILLRACE_SERVER", url() + "/", "MILLRACE_TOKEN", "abc.def"),
                TEXT.getBytes(StandardCharsets.UTF_8),
                arguments);
    }

    @Test
    void the_server_is_asked_with_the_token_and_the_text_as_it_is() {
        Ran ran = validate();

        assertThat(ran.out()).isEqualTo("The file is valid.\n");
        assertThat(ran.status()).isEqualTo(Status.DONE);
        assertThat(asked.get()).isEqualTo("POST /api/v1/workflows/validate\nBearer abc.def\napplication/yaml\n" + TEXT);
    }

    @Test
    void what_the_server_finds_is_shown_like_what_is_found_here() {
        answer = """
                {"valid": false,
                 "errors": [{"code": "name_invalid", "path": "name", "line": 2, "column": 9, "end_line": 2,
                   "end_column": 14, "message": "Expected kebab-case.", "suggestion": null,
                   "fix": {"range": {"line": 2, "column": 9, "end_line": 2, "end_column": 14}, "replacement": "naive"}}],
                 "warnings": [{"code": "role_has_no_members", "path": "x", "line": 1, "column": 1,
                   "message": "Nobody.", "suggestion": "somebody"}]}""";

        Ran ran = validate("--server", url());

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out()).isEqualTo("""
                -:1:1: warning[role_has_no_members] Nobody.
                    1 | workflow:
                      | ^
                  = help: write 'somebody'

                -:2:9: error[name_invalid] Expected kebab-case.
                    2 |   name: naïve
                      |         ^^^^^
                  = fix: write 'naive'

                The file is not valid: 1 error, 1 warning.
                """);
        JsonNode json = JsonMapper.shared().readTree(validate("--json").out());
        assertThat(json.at("/0/errors/0/fix/replacement").asString()).isEqualTo("naive");
        assertThat(json.at("/0/warnings/0/fix").isNull()).isTrue();
    }

    @Test
    void a_text_that_is_too_long_for_the_server_is_a_problem_of_the_file() {
        status = 413;
        answer = "{\"code\": \"payload_too_large\", \"detail\": \"Expected at most 262144 bytes but got more.\"}";

        Ran ran = validate();

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out()).contains("error[payload_too_large] Expected at most 262144 bytes");
    }

    @Test
    void a_refusal_is_told_in_the_servers_words() {
        status = 401;
        answer = "{\"code\": \"invalid_token\", \"detail\": \"Sign in again.\"}";

        Ran ran = validate();

        assertThat(ran.status()).isEqualTo(Status.OUT_OF_REACH);
        assertThat(ran.err()).contains("refused (401 invalid_token): Sign in again.");
    }

    @Test
    void an_answer_of_something_else_is_no_verdict_and_redirects_are_not_followed() {
        for (int code : new int[] {200, 302, 404, 500}) {
            status = code;
            answer = code == 200 ? "<html>" : "";

            Ran ran = validate();

            assertThat(ran.status()).isEqualTo(Status.OUT_OF_REACH);
            assertThat(ran.err()).contains("none of Millrace's (status " + code + ")");
            assertThat(asked.get()).startsWith("POST /api/v1/workflows/validate\n");
        }
    }

    @Test
    void tests_run_here_with_the_catalogue_of_the_server() {
        answer = CatalogueFile.write(CatalogueFile.shipped(Set.of("core"))).toString();
        String yaml = """
                workflow:
                  name: orders
                  trigger: { event: purchase_order.created }
                  steps:
                    - { id: stop, action: core.stop, config: { reason: done } }
                """;

        Ran ran = Ran.with(
                Map.of("MILLRACE_SERVER", url(), "MILLRACE_TOKEN", "abc.def"),
                yaml.getBytes(StandardCharsets.UTF_8),
                "test",
                "-");

        assertThat(asked.get()).startsWith("GET /api/v1/workflows/catalogue\nBearer abc.def\n");
        assertThat(ran.out()).contains("error[unknown_event]");
        answer = "[]";
        assertThat(Ran.with(Map.of("MILLRACE_SERVER", url(), "MILLRACE_TOKEN", "abc.def"), new byte[0], "test", "-")
                        .err())
                .contains("the server at " + url() + ": it is no catalogue.");
    }

    @Test
    void a_server_that_is_not_there_is_told() {
        server.stop(0);

        Ran ran = validate();

        assertThat(ran.status()).isEqualTo(Status.OUT_OF_REACH);
        assertThat(ran.err()).contains("the server at " + url() + " cannot be reached");
    }
}
