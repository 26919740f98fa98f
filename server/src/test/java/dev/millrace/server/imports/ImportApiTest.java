package dev.millrace.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files sent to a running server, done by its own loop. */
class ImportApiTest {
    private static final String HEADER = "supplier_code,name,city\n";

    private static Answer send(Api api, String path, String file, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "text/csv";
        return api.upload(path, file, all);
    }

    private static Answer awaitOver(Answer started) {
        String path = started.expect(202).header("location").replace("/api/v1", "");
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Trade.ADMIN.get(path),
                        answer -> !answer.at("/finished_at").isEmpty());
    }

    @Test
    void a_file_is_taken_at_once_and_done_soon_after() {
        String code = Flow.newName();
        Answer started = send(Trade.ADMIN, "/imports/suppliers?file_name=ours.csv", HEADER + code + ",Nadi,Pune\n");
        Answer over = awaitOver(started);
        Answer again = awaitOver(send(Trade.ADMIN, "/imports/suppliers", HEADER + code + ",Nadi,Pune\n"));

        assertThat(started.at("/status")).isEqualTo("waiting");
        assertThat(over.at("/status")).isEqualTo("completed");
        assertThat(over.at("/file_name")).isEqualTo("ours.csv");
        assertThat(over.at("/created")).isEqualTo("1");
        assertThat(again.at("/unchanged")).isEqualTo("1");
        assertThat(Trade.ADMIN.get("/imports").text()).contains(over.at("/id"));
        await().untilAsserted(() -> assertThat(Api.as(Flow.AUDITOR)
                        .get("/audit-logs?resource_id=" + over.at("/id"))
                        .text())
                .contains("import.completed", "ours.csv"));
    }

    @Test
    void errors_are_told_row_by_row_and_paged() {
        String rows =
                IntStream.range(0, 150).mapToObj(i -> "E%d,,x".formatted(i)).collect(Collectors.joining("\n"));

        Answer over = awaitOver(send(Trade.ADMIN, "/imports/suppliers?mode=skip", HEADER + rows));
        String errors = "/imports/" + over.at("/id") + "/errors";
        Answer first = Trade.ADMIN.get(errors + "?limit=100").expect(200);
        Answer rest = Trade.ADMIN
                .get(errors + "?limit=100&cursor=" + first.at("/next_cursor"))
                .expect(200);

        assertThat(over.at("/skipped")).isEqualTo("150");
        assertThat(over.body().path("row_errors").size()).isEqualTo(100);
        assertThat(over.at("/row_errors/0/column")).isEqualTo("name");
        assertThat(over.at("/row_errors/0/row")).isEqualTo("2");
        assertThat(rest.body().path("items").size()).isEqualTo(50);
        assertThat(rest.at("/items/0/row")).isEqualTo("102");
        assertThat(rest.at("/next_cursor")).isEmpty();
    }

    @Test
    void all_or_nothing_is_the_rule_and_a_dry_run_writes_nothing() {
        String code = Flow.newName();
        Answer failed = awaitOver(send(Trade.ADMIN, "/imports/suppliers", HEADER + code + ",Nadi,\nX,,\n"));
        Answer dry = awaitOver(send(Trade.ADMIN, "/imports/suppliers?dry_run", HEADER + code + ",Nadi,\n"));

        assertThat(failed.at("/status")).isEqualTo("failed");
        assertThat(dry.at("/status")).isEqualTo("completed");
        assertThat(dry.at("/created")).isEqualTo("1");
        assertThat(dry.body().path("dry_run").asBoolean(false)).isTrue();
        assertThat(Trade.ADMIN.get("/suppliers?limit=200").text()).doesNotContain("\"" + code + "\"");
    }

    @Test
    void what_is_no_such_file_is_refused_and_nothing_is_kept() {
        Answer header = send(Trade.ADMIN, "/imports/suppliers", "name\n");
        header.expectProblem(422, "column_missing");
        assertThat(header.at("/errors/0/path")).isEqualTo("supplier_code");
        send(Trade.ADMIN, "/imports/suppliers", "").expectProblem(422, "empty_file");
        send(Trade.ADMIN, "/imports/suppliers?mode=perhaps", HEADER).expectProblem(422, "not_one_of");
        send(Trade.PROCUREMENT, "/imports/everything", HEADER).expectProblem(404, "not_found");
        send(Trade.PROCUREMENT, "/imports/customers", HEADER).expectProblem(403, "forbidden");
        send(Api.as(Flow.AUDITOR), "/imports/suppliers", HEADER).expectProblem(403, "forbidden");
        send(Trade.PROCUREMENT, "/imports/suppliers", HEADER).expectProblem(403, "forbidden");
        send(Api.anonymous(), "/imports/suppliers", HEADER).expectProblem(401, "unauthenticated");
        Trade.ADMIN.post("/imports/suppliers", "{}").expectProblem(415, "unsupported_media_type");
        send(Trade.ADMIN, "/imports/suppliers", "x".repeat(10 * 1024 * 1024 + 1))
                .expectProblem(413, "payload_too_large");
        Trade.ADMIN.get("/imports/" + Trade.UNKNOWN).expectProblem(404, "not_found");
    }

    @Test
    void who_may_not_write_it_does_not_see_it_and_neither_does_another_company() {
        Answer over = awaitOver(send(Trade.ADMIN, "/imports/suppliers", HEADER));
        String path = "/imports/" + over.at("/id");

        assertThat(over.at("/rows_total")).isEqualTo("0");
        Api.as("sales.head@acme.test").get(path).expectProblem(404, "not_found");
        assertThat(Api.as("sales.head@acme.test").get("/imports").text()).doesNotContain(over.at("/id"));
        Trade.STRANGER.get(path).expectProblem(403, "forbidden");
    }

    @Test
    void a_key_imports_a_long_file_once() {
        String key = Flow.newName();
        String file = HEADER
                + IntStream.range(0, 20_000)
                        .mapToObj(i -> key + "-" + i + ",Company of a rather long name number " + i
                                + " with more to it than anybody would want,Pune")
                        .collect(Collectors.joining("\n"));

        Answer first = send(Trade.ADMIN, "/imports/suppliers?dry_run", file, "Idempotency-Key", key);
        Answer again = send(Trade.ADMIN, "/imports/suppliers?dry_run", file, "Idempotency-Key", key);

        assertThat(file.length()).isGreaterThan(1_600_000);
        assertThat(again.expect(202).at("/id")).isEqualTo(first.expect(202).at("/id"));
        assertThat(awaitOver(first).at("/created")).isEqualTo("20000");
    }
}
