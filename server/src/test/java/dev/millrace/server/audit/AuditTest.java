package dev.millrace.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The journal, as auditors find their way in it. */
class AuditTest {
    private final Api auditor = Api.as(Flow.AUDITOR);

    private List<String> types(String resource) {
        return auditor.get("/audit-logs?limit=200&resource_id=" + resource)
                .expect(200)
                .body()
                .path("items")
                .findValuesAsString("type");
    }

    private void awaitTypes(String resource, String... types) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(types(resource)).contains(types));
    }

    @Test
    void entries_are_found_by_their_resource_execution_definition_and_document() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");
        String definition = Api.as(Flow.ADMIN)
                .get("/workflows/executions/" + raised.execution())
                .at("/workflow_id");
        Api.as(Flow.FINANCE_HEAD)
                .post("/workflows/approvals/" + request + "/approve", "{}")
                .expect(200);
        Flow.awaitOver(raised.execution());

        awaitTypes(raised.execution(), "workflow.started", "workflow.approval_granted", "workflow.completed");
        awaitTypes(definition, "workflow.started");
        awaitTypes(request, "workflow.approval_granted");
        awaitTypes(raised.order(), "purchase_order.submitted", "workflow.approval_granted");
        assertThat(types("01a20e42-0000-7000-8000-000000000000")).isEmpty();
        assertThat(auditor.get("/audit-logs?resource_type=purchase_order&limit=200")
                        .expect(200)
                        .body()
                        .path("items")
                        .findValuesAsString("resource_type"))
                .isNotEmpty()
                .containsOnly("purchase_order");
    }

    @Test
    void an_entry_says_all_that_is_known_and_which_request_wrote_it() {
        Answer saved = Api.as(Flow.ADMIN)
                .postYaml("/workflows", Flow.manual(Flow.newName()))
                .expect(201);
        awaitTypes(saved.at("/id"), "workflow.saved");

        Answer entries =
                auditor.get("/audit-logs?resource_id=" + saved.at("/id")).expect(200);

        assertThat(entries.at("/items/0/trace_id")).isEqualTo(saved.header("x-trace-id"));
        assertThat(entries.at("/items/0/actor/kind")).isEqualTo("user");
        assertThat(entries.body().at("/items/0").propertyNames())
                .contains(
                        "seq",
                        "at",
                        "type",
                        "actor",
                        "resource_type",
                        "resource_id",
                        "execution_id",
                        "step_id",
                        "workflow_id",
                        "version",
                        "before",
                        "after",
                        "comment",
                        "trace_id");
        assertThat(entries.body().at("/items/0").has("step_id")).isTrue();
    }

    @Test
    void every_list_says_how_far_the_journal_was_when_it_was_read() {
        long before = Long.parseLong(auditor.get("/audit-logs?limit=1").header("x-stream-position"));

        Answer saved = Api.as(Flow.ADMIN)
                .postYaml("/workflows", Flow.manual(Flow.newName()))
                .expect(201);
        awaitTypes(saved.at("/id"), "workflow.saved");

        for (String list :
                List.of("/workflows", "/workflows/executions", "/workflows/approvals/pending", "/purchase-orders")) {
            assertThat(Long.parseLong(Api.as(Flow.ADMIN).get(list + "?limit=1").header("x-stream-position")))
                    .as(list)
                    .isGreaterThan(before);
        }
        assertThat(saved.headers()).doesNotContainKey("x-stream-position");
    }
}
