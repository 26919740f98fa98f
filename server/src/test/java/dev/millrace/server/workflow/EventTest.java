package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events from outside, and what they start. */
class EventTest {
    private final Api admin = Api.as(Flow.ADMIN);

    @Test
    void from_a_definition_over_an_event_and_a_decision_to_the_end() {
        String name = Flow.newName();
        Answer order = Api.as(Flow.REQUESTER)
                .post("/purchase-orders", """
                        {"supplier_code": "S0001", "submit": false, "category": "%s",
                         "lines": [{"item_code": "CEM-PPC-50", "quantity": 1, "unit_price": 10}]}""".formatted(name))
                .expect(201);
        String saved = admin.postYaml("/workflows", """
                workflow:
                  name: %s
                  trigger:
                    event: purchase_order.created
                    condition: trigger.category == '%s'
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: CFO, message: "{{ trigger.po_number }}" }
                    - id: after
                      action: core.set
                      depends_on: ask
                      config: { values: { by: "{{ steps.ask.output.decided_by }}" } }
                """.formatted(name, name))
                .expect(201)
                .at("/id");
        admin.call("PATCH", "/workflows/" + saved + "/toggle", "{\"enabled\": true}")
                .expect(200);

        Answer submitted = Api.as(Flow.REQUESTER)
                .post("/purchase-orders/" + order.at("/id") + "/submit", "")
                .expect(200);
        String execution = submitted
                .body()
                .at("/routing/executions")
                .valueStream()
                .map(id -> id.asString())
                .filter(id -> admin.get("/workflows/executions/" + id)
                        .at("/workflow_name")
                        .equals(name))
                .findFirst()
                .orElseThrow();
        String request = Flow.requestOf(execution, "CFO");
        Api.as(Flow.CFO)
                .post("/workflows/approvals/" + request + "/approve", "")
                .expect(200);
        Answer over = Flow.awaitOver(execution);

        assertThat(over.at("/outcome")).isEqualTo("succeeded");
        assertThat(over.at("/trigger_event")).isEqualTo("purchase_order.created");
        assertThat(over.at("/steps/1/status")).isEqualTo("completed");
        admin.call("PATCH", "/workflows/" + saved + "/toggle", "{\"enabled\": false}")
                .expect(200);
    }

    @Test
    void an_event_is_held_against_its_schema() {
        Answer refused = admin.post("/events", "{\"event\": \"purchase_order.created\", \"payload\": {\"lines\": 5}}")
                .expect(422);

        admin.post("/events", "{\"event\": \"no.such\", \"payload\": {}}").expectProblem(422, "unknown_event");
        assertThat(refused.text()).contains("payload.po_number", "payload.lines");
        Api.as(Flow.PROCESS_OWNER).post("/events", "{}").expectProblem(403, "forbidden");
    }

    @Test
    void an_event_with_the_same_id_counts_once() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        JsonNode payload =
                admin.get("/workflows/executions/" + raised.execution()).body().path("trigger");
        String id = Flow.newName();
        String body = "{\"event\": \"purchase_order.created\", \"event_id\": \"" + id + "\", \"payload\": "
                + Json.write(payload) + "}";

        Answer first = admin.post("/events", body).expect(202);
        Answer again = admin.post("/events", body).expect(202);

        assertThat(first.at("/event_id")).isEqualTo(id);
        assertThat(first.body().path("started").asInt()).isPositive();
        assertThat(again.body().path("repeated").asBoolean()).isTrue();
        assertThat(again.body().path("executions")).isEqualTo(first.body().path("executions"));
        admin.post("/events", body.replace("1300596", "1300597")).expectProblem(409, "event_id_reused");
    }

    @Test
    void a_payload_that_does_not_fit_or_a_false_condition_starts_nothing() {
        String name = Flow.newName();
        String id =
                admin.postYaml("/workflows", """
                workflow:
                  name: %s
                  enabled: true
                  trigger:
                    manual: true
                    inputs: { type: object, required: [amount], properties: { amount: { type: number } } }
                  steps:
                    - id: keep
                      action: core.set
                      config: { values: { amount: "{{ trigger.amount }}" } }
                """.formatted(name)).expect(201).at("/id");

        admin.post("/workflows/" + id + "/run", "{\"payload\": {\"amount\": \"x\"}}")
                .expect(422);
        Answer started = admin.post("/workflows/" + id + "/run", "{\"payload\": {\"amount\": 12345678901234567.10}}")
                .expect(202);
        Answer over = Flow.awaitOver(started.at("/execution_id"));

        assertThat(over.text()).contains("\"amount\":12345678901234567.10");
        admin.call("PATCH", "/workflows/" + id + "/toggle", "").expect(200);
        admin.post("/workflows/" + id + "/run", "{\"payload\": {\"amount\": 1}}")
                .expectProblem(409, "not_enabled");
    }
}
