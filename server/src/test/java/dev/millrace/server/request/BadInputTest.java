package dev.millrace.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input is told off with a reason, never breaks anything, and changes nothing. */
class BadInputTest {
    /** Every write whose body is looked at before anything else exists. */
    private static final List<String> WRITES = List.of(
            "POST /workflows",
            "POST /workflows/validate",
            "POST /workflows/expressions/evaluate",
            "POST /workflows/schedules/preview",
            "POST /events",
            "POST /workflows/executions/bulk",
            "POST /purchase-orders",
            "POST /goods-receipts",
            "POST /supplier-invoices",
            "POST /payments",
            "POST /payment-runs",
            "POST /expense-claims",
            "POST /ledger/journals",
            "POST /sales-invoices",
            "POST /items",
            "POST /warehouses",
            "POST /stock/adjustments",
            "PUT /stock/reorder-levels",
            "POST /admin/clock/advance");

    private static final List<String> BODIES = List.of(
            "[]",
            "[{}]",
            "null",
            "\"text\"",
            "7",
            "{",
            "{\"yaml\"}",
            "{\"a\": 1} {\"b\": 2}",
            "{\"a\": 1, \"a\": 2}",
            "{\"yaml\": 5, \"event\": [], \"payload\": \"x\", \"lines\": {}, \"seconds\": \"soon\", \"supplier_code\": 9}",
            "{\"yaml\": null, \"event\": null, \"payload\": null, \"lines\": null, \"seconds\": null}",
            "{\"no_such_field\": true}",
            "{\"seconds\": 1e999999999, \"event\": \"x\", \"payload\": {\"n\": 1e999999999}}",
            "{\"event\": \"a\\u0000b\", \"payload\": {\"t\": \"\\u0000\"}, \"supplier_code\": \"\\u0000\"}",
            "{\"seconds\": -1}",
            "{\"seconds\": 0}",
            "{\"seconds\": 1.5}",
            "{\"enabled\": \"yes\", \"yaml\": \"x\"}",
            "[".repeat(2000),
            "{\"a\":".repeat(600) + "1" + "}".repeat(600));

    static Stream<String> cases() {
        return WRITES.stream().flatMap(write -> BODIES.stream().map(body -> write + " " + body));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_bad_body_is_refused_with_a_reason(String line) {
        String[] parts = line.split(" ", 3);

        Answer answer = Api.as(Flow.ADMIN).call(parts[0], parts[1], parts[2]);

        assertThat(answer.status()).as(answer.text()).isIn(400, 422);
        answer.expectProblem(answer.status(), answer.at("/code"));
        assertThat(answer.at("/code")).isNotEmpty();
        if (answer.status() == 422) {
            assertThat(answer.body().path("errors").size()).as(answer.text()).isPositive();
        }
    }

    @Test
    void nothing_is_written_by_a_bad_order() {
        String before = Api.as(Flow.ADMIN).get("/purchase-orders?limit=1").at("/items/0/id");

        Api.as(Flow.REQUESTER).post("/purchase-orders", """
                        {"supplier_code": "S0001", "lines": [{"item_code": "NO-SUCH", "quantity": "-1", "unit_price": "x"}]}""").expectProblem(422, "type_mismatch");
        Answer refused = Api.as(Flow.REQUESTER).post("/purchase-orders", """
                        {"supplier_code": "NO-SUCH", "lines": [{"item_code": "NO-SUCH", "quantity": "-1", "unit_price": 1}]}""");

        refused.expect(422);
        assertThat(refused.text()).contains("supplier_unknown", "lines[0].quantity", "lines[0].item_code");
        assertThat(Api.as(Flow.ADMIN).get("/purchase-orders?limit=1").at("/items/0/id"))
                .isEqualTo(before);
    }

    @Test
    void an_unknown_field_is_named_with_its_path() {
        Answer answer = Api.as(Flow.REQUESTER).post("/purchase-orders", """
                        {"supplier_code": "S0001", "lines": [{"item_code": "CEM-PPC-50", "quantty": 1}]}""").expectProblem(422, "unknown_field");

        assertThat(answer.at("/errors/0/path")).isEqualTo("lines[0].quantty");
        assertThat(answer.at("/errors/0/message")).contains("quantity");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "201", "1000000000", "99999999999999999999", "x", "1.5", "''"})
    void a_limit_out_of_range_is_refused(String limit) {
        for (String list : List.of(
                "/workflows",
                "/workflows/executions",
                "/workflows/approvals/pending",
                "/purchase-orders",
                "/suppliers",
                "/items",
                "/audit-logs",
                "/notifications",
                "/me/delegations",
                "/admin/delegations")) {
            Api.as(Flow.ADMIN).get(list + "?limit=" + limit).expectProblem(422, "out_of_range");
        }
    }

    @ParameterizedTest
    @CsvSource({"x", "!!!", "MDAw", "01a20e42-0000-7000-8000-000000000000"})
    void a_cursor_that_is_none_is_refused(String cursor) {
        for (String list :
                List.of("/workflows", "/workflows/executions", "/workflows/approvals/pending", "/purchase-orders")) {
            Api.as(Flow.ADMIN).get(list + "?cursor=" + cursor).expectProblem(400, "invalid_cursor");
        }
        Api.as(Flow.ADMIN).get("/audit-logs?cursor=x").expectProblem(400, "invalid_cursor");
    }

    @Test
    void a_filter_that_is_none_is_refused() {
        Api.as(Flow.ADMIN).get("/workflows?status=odd").expectProblem(422, "not_one_of");
        Api.as(Flow.ADMIN).get("/workflows/executions?status=odd").expectProblem(422, "not_one_of");
        Api.as(Flow.ADMIN).get("/purchase-orders?status=odd").expectProblem(422, "not_one_of");
        Api.as(Flow.ADMIN).get("/audit-logs?resource_id=%00").expectProblem(422, "invalid_character");
    }

    @Test
    void an_id_that_is_none_is_as_unknown_as_one_that_could_be() {
        String unknown = "01a20e42-0000-7000-8000-000000000000";
        for (String path : List.of(
                "/workflows/%s",
                "/workflows/%s/versions",
                "/workflows/%s/executions",
                "/workflows/executions/%s",
                "/workflows/executions/bulk/%s",
                "/workflows/approvals/%s",
                "/purchase-orders/%s",
                "/suppliers/%s")) {
            Answer malformed = Api.as(Flow.ADMIN).get(path.formatted("abc")).expectProblem(404, "not_found");
            Answer missing = Api.as(Flow.ADMIN).get(path.formatted(unknown)).expectProblem(404, "not_found");

            assertThat(malformed.text().replace(malformed.at("/trace_id"), ""))
                    .isEqualTo(missing.text().replace(missing.at("/trace_id"), ""));
        }
    }

    @Test
    void another_content_type_or_method_is_told_so() {
        Api.as(Flow.ADMIN).call("DELETE", "/me", "").expectProblem(405, "method_not_allowed");
        Answer yaml = Api.as(Flow.ADMIN).postYaml("/events", "event: x");
        yaml.expectProblem(415, "unsupported_media_type");
    }

    @Test
    void a_body_beyond_the_limit_is_too_large_and_one_at_the_limit_is_not() {
        String text = Flow.manual(Flow.newName());
        String filled = text + "# " + "x".repeat(256 * 1024 - text.length() - 3) + "\n";

        Api.as(Flow.ADMIN).postYaml("/workflows", filled).expect(201);
        Api.as(Flow.ADMIN).postYaml("/workflows", filled + "#").expectProblem(413, "payload_too_large");
        Api.as(Flow.ADMIN).postYaml("/workflows/validate", filled + "#").expectProblem(413, "payload_too_large");
        Api.as(Flow.ADMIN)
                .post("/events", "{\"event\": \"x\", \"payload\": {\"t\": \"" + "x".repeat(256 * 1024) + "\"}}")
                .expectProblem(413, "payload_too_large");
    }

    @Test
    void a_path_answers_with_and_without_a_slash_at_its_end() {
        assertThat(Api.as(Flow.ADMIN).get("/workflows/").expect(200).text())
                .isEqualTo(Api.as(Flow.ADMIN).get("/workflows").expect(200).text());
        Api.as(Flow.ADMIN).postYaml("/workflows/validate/", "x").expect(200);
        Api.as(Flow.ADMIN).get("/me/").expect(200);
    }
}
