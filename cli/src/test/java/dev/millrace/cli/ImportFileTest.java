package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} against a server, which is played by one that answers what a test says. */
class ImportFileTest {
    private static final String WAITING =
            "{\"id\": \"i1\", \"status\": \"waiting\", \"rows_total\": 2, \"rows_done\": 0, \"finished_at\": null}";
    private static final String RUNNING =
            "{\"id\": \"i1\", \"status\": \"running\", \"rows_total\": 2, \"rows_done\": 1, \"finished_at\": null}";

    @TempDir
    Path folder;

    private record Reply(int status, String body) {}

    private final List<String> asked = new ArrayList<>();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body.strip());
            Reply reply = replies.removeFirst();
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Ran run(String... arguments) {
        return Ran.with(
                Map.of(
                        "MILLRACE_SERVER",
                        "http://localhost:" + server.getAddress().getPort(),
                        "MILLRACE_TOKEN",
                        "abc.def"),
                "a,b\n".getBytes(StandardCharsets.UTF_8),
                arguments);
    }

    private String file() throws IOException {
        return Files.writeString(folder.resolve("our suppliers.csv"), "supplier_code,name\nN1,Düna\n")
                .toString();
    }

    @Test
    void a_file_is_sent_awaited_and_told() throws IOException {
        replies.add(new Reply(202, WAITING));
        replies.add(new Reply(200, RUNNING));
        replies.add(new Reply(200, """
                {"id": "i1", "status": "completed", "rows_total": 2, "rows_done": 2, "created": 1, "updated": 1, "unchanged": 0,
                 "skipped": 0, "errors": 0, "row_errors": [], "ignored_columns": ["state"], "finished_at": "2026-11-30T00:00:00Z"}"""));

        Ran ran = run("import", "suppliers", file());

        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .isEqualTo("1 created, 1 changed, 0 as before, 0 left out.\nThe column 'state' means nothing here.\n");
        assertThat(ran.err()).isEqualTo("1 of 2 rows\n");
        assertThat(asked.getFirst())
                .isEqualTo(
                        "POST /api/v1/imports/suppliers?mode=all_or_nothing&dry_run=false&file_name=our+suppliers.csv"
                                + " text/csv supplier_code,name\nN1,Düna");
        assertThat(asked.getLast()).startsWith("GET /api/v1/imports/i1 ");
    }

    @Test
    void errors_are_told_row_by_row_and_end_with_1() {
        replies.add(new Reply(202, WAITING));
        replies.add(new Reply(200, """
                {"id": "i1", "status": "failed", "rows_total": 2, "rows_done": 2, "skipped": 1, "errors": 3, "row_errors": [
                 {"row": 3, "column": "name", "value": "", "code": "required", "message": "Expected a value"}],
                 "ignored_columns": [], "finished_at": "2026-11-30T00:00:00Z"}"""));

        Ran ran = run("import", "--dry-run", "--skip", "items", "-");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("1 row has errors.", "  row 3, name: Expected a value\n", "  and 2 more.");
        assertThat(asked.getFirst()).contains("/imports/items?mode=skip&dry_run=true&file_name=items.csv");
    }

    @Test
    void a_file_that_is_refused_and_a_server_that_refuses_are_told() {
        replies.add(new Reply(422, "{\"errors\": [{\"message\": \"Expected a column 'name'\"}]}"));
        Ran refused = run("import", "items", "-");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).isEqualTo("- was refused:\n  Expected a column 'name'\n");

        replies.add(new Reply(403, "{\"code\": \"forbidden\", \"detail\": \"no\"}"));
        assertThat(run("import", "items", "-").status()).isEqualTo(3);
        assertThat(run("import", "items", folder.resolve("none").toString()).status())
                .isEqualTo(3);
        assertThat(run("import", "everything", "-").status()).isEqualTo(2);
        assertThat(run("import", "items").status()).isEqualTo(2);
        assertThat(run("import", "items", "-", "--force").status()).isEqualTo(2);
    }
}
