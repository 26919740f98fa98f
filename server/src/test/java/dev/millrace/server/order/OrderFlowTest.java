package dev.millrace.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From an order to its approval, through the API alone. */
class OrderFlowTest {
    private static Answer order(String id) {
        return Api.as(Flow.ADMIN).get("/purchase-orders/" + id).expect(200);
    }

    @Test
    void a_small_order_is_locked_at_once() {
        Answer raised = Api.as(Flow.REQUESTER).post("/purchase-orders", """
                        {"supplier_code": "S0001", "lines": [{"item_code": "CEM-PPC-50", "quantity": 10, "unit_price": 367.40}]}""").expect(201);

        Answer execution = Flow.awaitOver(raised.at("/routing/executions/0"));

        assertThat(raised.header("location")).isEqualTo("/api/v1/purchase-orders/" + raised.at("/id"));
        assertThat(raised.at("/total_amount")).isEqualTo("4335.32");
        assertThat(execution.at("/outcome")).isEqualTo("succeeded");
        assertThat(order(raised.at("/id")).at("/status")).isEqualTo("approved");
    }

    @Test
    void a_large_order_is_locked_when_the_finance_head_approves() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");
        Answer waiting = Api.as(Flow.REQUESTER).get("/workflows/executions/" + raised.execution());

        Answer decided = Api.as(Flow.FINANCE_HEAD)
                .post("/workflows/approvals/" + request + "/approve", "{\"comment\": \"fine\"}")
                .expect(200);
        Answer over = Flow.awaitOver(raised.execution());

        assertThat(waiting.at("/status")).isEqualTo("awaiting_approval");
        assertThat(waiting.body().path("steps").size()).isEqualTo(4);
        assertThat(waiting.at("/steps/3/status")).isEqualTo("pending");
        assertThat(waiting.body().at("/steps/3/attempt").asInt()).isZero();
        assertThat(decided.at("/status")).isEqualTo("approved");
        assertThat(decided.at("/decided_by_name")).isEqualTo("Meera Iyer");
        assertThat(decided.at("/decided_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(over.at("/status")).isEqualTo("completed");
        assertThat(over.at("/outcome")).isEqualTo("succeeded");
        assertThat(order(raised.order()).at("/status")).isEqualTo("approved");
    }

    @Test
    void a_rejection_needs_a_comment_and_cancels_the_order() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");
        String reject = "/workflows/approvals/" + request + "/reject";

        Api.as(Flow.FINANCE_HEAD).post(reject, "").expectProblem(422, "comment_required");
        Api.as(Flow.FINANCE_HEAD).post(reject, "{\"comment\": \"  \"}").expectProblem(422, "comment_required");
        Api.as(Flow.FINANCE_HEAD).post(reject, "{\"comment\": \"too dear\"}").expect(200);
        Flow.awaitOver(raised.execution());

        assertThat(order(raised.order()).at("/status")).isEqualTo("cancelled");
        assertThat(order(raised.order()).at("/cancel_reason")).contains("Meera Iyer", "too dear");
    }

    @Test
    void who_comes_second_is_told_what_the_first_decided() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");
        String path = "/workflows/approvals/" + request;
        Api.as(Flow.FINANCE_HEAD).post(path + "/approve", "").expect(200);

        Answer late = Api.as(Flow.FINANCE_HEAD)
                .post(path + "/reject", "{\"comment\": \"no\"}")
                .expectProblem(409, "already_decided");

        assertThat(late.at("/decision/status")).isEqualTo("approved");
        assertThat(late.at("/decision/decided_by_name")).isEqualTo("Meera Iyer");
        assertThat(Api.as(Flow.CFO).get(path).at("/decisions/0/status")).isEqualTo("approved");
    }

    @Test
    void nobody_decides_their_own_request_nor_one_they_are_not_asked_about() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");

        Api.as(Flow.CFO)
                .post("/workflows/approvals/" + request + "/approve", "")
                .expectProblem(403, "not_asked");
        Api.as(Flow.REQUESTER)
                .post("/workflows/approvals/" + request + "/approve", "")
                .expectProblem(403, "forbidden");
        Api.as(Flow.ADMIN)
                .post("/workflows/approvals/" + request + "/approve", "")
                .expectProblem(403, "forbidden");
    }

    @Test
    void the_order_of_the_procurement_manager_asking_for_himself_is_refused_to_him() {
        String name = Flow.newName();
        Answer saved =
                Api.as(Flow.ADMIN).postYaml("/workflows", """
                workflow:
                  name: %s
                  enabled: true
                  trigger: { manual: true }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: Procurement Manager, requester: procurement@acme.test, message: mine }
                """.formatted(name)).expect(201);
        String execution = Api.as(Flow.ADMIN)
                .post("/workflows/" + saved.at("/id") + "/run", "")
                .expect(202)
                .at("/execution_id");
        String request = Flow.requestOf(execution, "Procurement Manager");

        Api.as("procurement@acme.test")
                .post("/workflows/approvals/" + request + "/approve", "")
                .expectProblem(403, "own_request");
        assertThat(Api.as(Flow.ADMIN)
                        .get("/workflows/approvals/" + request)
                        .body()
                        .path("nobody")
                        .asBoolean())
                .isTrue();
        Api.as(Flow.ADMIN)
                .post("/workflows/executions/" + execution + "/cancel", "")
                .expect(202);
        Api.as("procurement@acme.test")
                .post("/workflows/approvals/" + request + "/approve", "")
                .expectProblem(403, "own_request");
        Api.as(Flow.ADMIN)
                .post("/workflows/executions/" + execution + "/cancel", "")
                .expectProblem(409, "not_live");
    }

    @Test
    void when_a_day_passes_the_cfo_is_asked_and_the_finance_head_is_too_late() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String first = Flow.requestOf(raised.execution(), "Finance Head");

        Answer moved = Api.as(Flow.ADMIN)
                .post("/admin/clock/advance", "{\"seconds\": 86460}")
                .expect(200);
        String second = Flow.requestOf(raised.execution(), "CFO");

        assertThat(moved.at("/now")).isEqualTo(moved.at("/now").replace("+", ""));
        Answer late = Api.as(Flow.FINANCE_HEAD)
                .post("/workflows/approvals/" + first + "/approve", "")
                .expectProblem(409, "escalated");
        assertThat(late.at("/decision/escalated_to")).isEqualTo(second);
        Api.as(Flow.CFO).post("/workflows/approvals/" + second + "/approve", "").expect(200);
        assertThat(Flow.awaitOver(raised.execution()).at("/outcome")).isEqualTo("succeeded");
    }

    @Test
    void the_journal_tells_of_an_order_and_its_chain_holds() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        Flow.requestOf(raised.execution(), "Finance Head");

        Answer log = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> Api.as(Flow.AUDITOR).get("/audit-logs?resource_id=" + raised.order()),
                        answer -> answer.text().contains("purchase_order.submitted"));
        Answer verified = Api.as(Flow.AUDITOR).get("/audit-logs/verify").expect(200);

        assertThat(log.text()).contains("purchase_order.drafted", "Rohan Kulkarni");
        assertThat(verified.body().path("ok").asBoolean()).isTrue();
        assertThat(verified.body().path("entries").asLong()).isPositive();
    }

    @Test
    void a_draft_is_submitted_once() {
        Answer draft = Api.as(Flow.REQUESTER).post("/purchase-orders", """
                        {"supplier_code": "S0001", "submit": false, "lines": [{"item_code": "CEM-PPC-50", "quantity": 1, "unit_price": 10}]}""").expect(201);
        String submit = "/purchase-orders/" + draft.at("/id") + "/submit";

        assertThat(draft.at("/status")).isEqualTo("draft");
        Api.as(Flow.REQUESTER).post(submit, "").expect(200);
        Api.as(Flow.REQUESTER).post(submit, "").expectProblem(409, "wrong_state");
    }

    @Test
    void a_member_without_the_module_sees_the_orders_that_they_raised_or_are_asked_about() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);

        Api.as("sales.head@acme.test").get("/purchase-orders/" + raised.order()).expectProblem(404, "not_found");
        assertThat(Api.as("sales.head@acme.test")
                        .get("/purchase-orders")
                        .expect(200)
                        .body()
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void a_list_is_walked_by_its_cursor_without_gap_or_repetition() {
        for (int i = 0; i < 3; i++) {
            Flow.raiseLargeOrder(Flow.REQUESTER);
        }

        Answer first = Api.as(Flow.ADMIN).get("/purchase-orders?limit=2").expect(200);
        Answer second = Api.as(Flow.ADMIN)
                .get("/purchase-orders?limit=1&cursor=" + first.at("/next_cursor"))
                .expect(200);
        Answer three = Api.as(Flow.ADMIN).get("/purchase-orders?limit=3").expect(200);

        assertThat(second.at("/items/0/id")).isEqualTo(three.at("/items/2/id"));
        assertThat(Api.as(Flow.ADMIN).get("/suppliers?limit=1").at("/items/0/code"))
                .isEqualTo("S0001");
        assertThat(Api.as(Flow.REQUESTER).get("/items?limit=200").at("/next_cursor"))
                .isEmpty();
    }

    @Test
    void an_approver_is_told_of_a_request() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");

        Answer inbox = Api.as(Flow.FINANCE_HEAD).get("/notifications?mine=true").expect(200);
        Answer pending = Api.as(Flow.FINANCE_HEAD)
                .get("/workflows/approvals/pending?limit=200")
                .expect(200);
        int count = Api.as(Flow.FINANCE_HEAD)
                .get("/workflows/approvals/pending?count=true")
                .body()
                .path("count")
                .asInt();

        assertThat(inbox.text()).contains(request);
        assertThat(pending.text()).contains(request, "\"amount\":\"1300596.00\"");
        assertThat(count).isPositive();
        assertThat(Api.as(Flow.ADMIN)
                        .get("/workflows/approvals/pending?limit=200")
                        .text())
                .contains(request);
        assertThat(Api.as(Flow.REQUESTER).get("/workflows/approvals/pending").text())
                .doesNotContain(request);
        Api.as(Flow.FINANCE_HEAD).get("/notifications?mine=false").expectProblem(403, "forbidden");
        Api.as(Flow.ADMIN).get("/notifications?mine=false").expect(200);
    }
}
