package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an execution tells of its waits, of what started it and of what it started. */
class WaitingForTest {
    private final Api admin = Api.as(Flow.ADMIN);

    private String enabled(String yaml) {
        String id = admin.postYaml("/workflows", yaml).expect(201).at("/id");
        admin.call("PATCH", "/workflows/" + id + "/toggle", "{\"enabled\": true}")
                .expect(200);
        return id;
    }

    private Answer execution(String id) {
        return admin.get("/workflows/executions/" + id).expect(200);
    }

    private Answer awaitStatus(String execution, String status) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> execution(execution),
                        answer -> answer.at("/status").equals(status));
    }

    @Test
    void everything_that_it_waits_for_is_told_and_its_children_and_a_cancel_ends_them() {
        String child = Flow.newName();
        enabled("""
                workflow:
                  name: %s
                  trigger: { manual: true }
                  steps: [{ id: pause, action: core.wait, config: { for: 30d } }]
                """.formatted(child));
        String parent = enabled("""
                workflow:
                  name: %s
                  trigger: { manual: true }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: CFO } }
                    - { id: pause, action: core.wait, config: { for: 3h } }
                    - id: order
                      action: core.wait_for_event
                      config: { event: purchase_order.created, match: event.po_number == trigger.number }
                      on_timeout: { after: 2h, action: core.set, config: { values: { late: true } } }
                    - id: sub
                      action: core.run_workflow
                      config: { workflow: %s }
                      on_timeout: { after: 1h, action: core.set, config: { values: { late: true } } }
                """.formatted(Flow.newName(), child));

        String started = admin.post("/workflows/" + parent + "/run", "{\"payload\": {\"number\": \"PO/none\"}}")
                .expect(202)
                .at("/execution_id");

        Answer waiting = awaitStatus(started, "awaiting_approval");
        assertThat(waiting.body().at("/waiting_for").findValuesAsString("kind"))
                .containsExactly("execution", "event", "time", "approval");
        assertThat(waiting.at("/waiting_for/0/step_id")).isEqualTo("sub");
        assertThat(waiting.at("/waiting_for/0/workflow_name")).isEqualTo(child);
        assertThat(waiting.at("/waiting_for/1/event")).isEqualTo("purchase_order.created");
        assertThat(waiting.at("/waiting_for/1/match")).isEqualTo("event.po_number == trigger.number");
        assertThat(waiting.at("/waiting_for/3/role")).isEqualTo("CFO");
        String below = waiting.at("/children/0/id");
        assertThat(waiting.at("/waiting_for/0/execution_id")).isEqualTo(below);
        assertThat(waiting.at("/children/0/step_id")).isEqualTo("sub");
        assertThat(waiting.body().at("/parent_execution_id").isNull()).isTrue();

        Answer childs = awaitStatus(below, "waiting");
        assertThat(childs.at("/parent_execution_id")).isEqualTo(started);
        assertThat(childs.at("/parent_step_id")).isEqualTo("sub");
        assertThat(childs.at("/root_execution_id")).isEqualTo(started);

        admin.post("/workflows/executions/" + started + "/cancel", "").expect(202);

        assertThat(execution(started).body().at("/waiting_for")).isEmpty();
        assertThat(execution(below).at("/status")).isEqualTo("cancelled");
    }
}
