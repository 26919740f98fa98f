package dev.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What belongs to another company answers like what does not exist, byte by byte, and nothing happens there. */
class TenancyTest {
    private static final String UNKNOWN = "01a20e42-0000-7000-8000-000000000000";

    private static String without(Answer answer) {
        return answer.status() + answer.text().replace(answer.at("/trace_id"), "");
    }

    @Test
    void an_id_of_another_company_is_unknown_here() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");
        String definition = Api.as(Flow.ADMIN)
                .get("/workflows/executions/" + raised.execution())
                .at("/workflow_id");
        String supplier = Api.as(Flow.ADMIN).get("/suppliers?limit=1").at("/items/0/id");
        String event = Api.as(Flow.ADMIN).get("/events?limit=1").at("/items/0/id");
        String member = Api.as(Flow.ADMIN).get("/admin/users").at("/items/0/id");
        String delegation = Api.as(Flow.CFO)
                .post(
                        "/me/delegations",
                        "{\"to\": \"accounts@acme.test\", \"ends\": \"%s\"}"
                                .formatted(Instant.parse(Api.as(Flow.ADMIN)
                                                .get("/admin/clock")
                                                .at("/now"))
                                        .plusSeconds(3600)))
                .expect(201)
                .at("/id");
        String bulk = Api.as(Flow.ADMIN)
                .post(
                        "/workflows/executions/bulk",
                        "{\"filter\": {\"ids\": [\"%s\"]}, \"action\": \"retry\", \"expected\": 1}"
                                .formatted(raised.execution()))
                .expect(202)
                .at("/id");
        Api accounts = Api.as("accounts@acme.test");
        String payment =
                accounts.post("/payments", """
                        {"direction": "outgoing", "party_type": "supplier", "party_id": "%s", "amount": "5", "method": "upi"}""".formatted(supplier)).expect(201).at("/id");
        String claim = accounts.post("/expense-claims", """
                        {"category": "travel", "lines": [{"date": "2026-11-02", "description": "Train", "amount": "1", "has_receipt": true}]}""").expect(201).at("/id");
        String journal = accounts.post("/ledger/journals", """
                        {"narration": "x", "lines": [{"account_code": "5700", "debit": 1}, {"account_code": "1000", "credit": 1}]}""").expect(201).at("/id");
        Api stranger = Api.as("admin@globex.test");
        Api approver = Api.as("finance.head@globex.test");

        for (List<String> call : List.of(
                List.of("GET", "/payments/%s", payment),
                List.of("POST", "/payments/%s/post", payment),
                List.of("POST", "/payments/%s/reverse", payment),
                List.of("GET", "/expense-claims/%s", claim),
                List.of("POST", "/expense-claims/%s/approve", claim),
                List.of("GET", "/ledger/journals/%s", journal),
                List.of("POST", "/ledger/journals/%s/reverse", journal),
                List.of("GET", "/workflows/%s", definition),
                List.of("GET", "/workflows/%s/versions", definition),
                List.of("GET", "/workflows/%s/executions", definition),
                List.of("PUT", "/workflows/%s", definition),
                List.of("PATCH", "/workflows/%s/toggle", definition),
                List.of("POST", "/workflows/%s/run", definition),
                List.of("GET", "/workflows/executions/%s", raised.execution()),
                List.of("POST", "/workflows/executions/%s/cancel", raised.execution()),
                List.of("POST", "/workflows/executions/%s/retry", raised.execution()),
                List.of("GET", "/workflows/executions/bulk/%s", bulk),
                List.of("DELETE", "/workflows/%s", definition),
                List.of("GET", "/workflows/%s/versions?diff=1..1", definition),
                List.of("GET", "/workflows/approvals/%s", request),
                List.of("GET", "/events/%s", event),
                List.of("POST", "/events/%s/start", event),
                List.of("GET", "/workflows/entities/purchase_order/%s/timeline", raised.order()),
                List.of("GET", "/suppliers/%s", supplier),
                List.of("PUT", "/suppliers/%s", supplier),
                List.of("PUT", "/suppliers/%s/bank", supplier),
                List.of("POST", "/suppliers/%s/status", supplier),
                List.of("POST", "/purchase-orders/%s/close", raised.order()),
                List.of("GET", "/purchase-orders/%s", raised.order()),
                List.of("PUT", "/purchase-orders/%s", raised.order()),
                List.of("POST", "/purchase-orders/%s/submit", raised.order()),
                List.of("PATCH", "/admin/users/%s", member),
                List.of("DELETE", "/me/delegations/%s", delegation),
                List.of("DELETE", "/admin/delegations/%s", delegation))) {
            Answer foreign = stranger.call(call.get(0), call.get(1).formatted(call.get(2)), "");
            Answer unknown = stranger.call(call.get(0), call.get(1).formatted(UNKNOWN), "");

            assertThat(foreign.status()).as(call.toString()).isIn(403, 404);
            assertThat(without(foreign)).isEqualTo(without(unknown));
        }
        for (String decision : List.of("approve", "reject")) {
            Answer foreign = approver.post("/workflows/approvals/" + request + "/" + decision, "");
            Answer unknown = approver.post("/workflows/approvals/" + UNKNOWN + "/" + decision, "");

            foreign.expectProblem(404, "not_found");
            assertThat(without(foreign)).isEqualTo(without(unknown));
        }
        assertThat(Api.as(Flow.ADMIN).get("/workflows/approvals/" + request).at("/status"))
                .isEqualTo("pending");
        Api.as(Flow.CFO).call("DELETE", "/me/delegations/" + delegation, "").expect(204);
    }

    @Test
    void lists_and_cursors_of_another_company_give_nothing() {
        Flow.raiseLargeOrder(Flow.REQUESTER);
        Flow.raiseLargeOrder(Flow.REQUESTER);
        String cursor = Api.as(Flow.ADMIN).get("/workflows/executions?limit=1").at("/next_cursor");
        Api stranger = Api.as("admin@globex.test");

        stranger.get("/workflows/executions?cursor=" + cursor).expectProblem(400, "invalid_cursor");
        assertThat(stranger.get("/workflows/executions")
                        .expect(200)
                        .body()
                        .path("items")
                        .size())
                .isZero();
        assertThat(stranger.get("/audit-logs?limit=200").expect(200).text()).doesNotContain("acme", "PO/");
    }
}
