package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Executions, listed, cancelled and retried. */
class ExecutionControlTest {
    private static final String UNKNOWN = "01a20e42-0000-7000-8000-000000000000";

    private final Api admin = Api.as(Flow.ADMIN);

    /** Completes its first step and fails at its second. */
    private static String failing(String name) {
        return """
                workflow:
                  name: %s
                  trigger: { manual: true }
                  steps:
                    - { id: keep, action: core.set, config: { values: { rate: 1.10 } } }
                    - { id: check, action: core.assert, depends_on: keep, config: { that: "1 > 2", message: never } }
                    - { id: last, action: core.set, depends_on: check, config: { values: { a: 1 } } }
                """.formatted(name);
    }

    private record Failed(String definition, String execution) {}

    private Failed fail(String name) {
        String definition = admin.post("/workflows", Flow.json(failing(name), ", \"enabled\": true"))
                .expect(201)
                .at("/id");
        String execution = admin.post("/workflows/" + definition + "/run", "{}")
                .expect(202)
                .at("/execution_id");
        assertThat(Flow.awaitOver(execution).at("/outcome")).isEqualTo("failed");
        return new Failed(definition, execution);
    }

    private Answer retry(String execution, String body) {
        return admin.post("/workflows/executions/" + execution + "/retry", body);
    }

    @Test
    void a_failed_execution_is_retried_on_the_same_version_and_on_the_latest() {
        String name = Flow.newName();
        Failed failed = fail(name);

        Answer same = retry(failed.execution(), "{}").expect(202);
        assertThat(same.at("/id")).isEqualTo(failed.execution());
        assertThat(same.at("/steps/0")).isEqualTo("check");
        assertThat(same.body().at("/version").asInt()).isEqualTo(1);
        assertThat(Flow.awaitOver(failed.execution()).at("/outcome")).isEqualTo("failed");

        admin.call(
                        "PUT",
                        "/workflows/" + failed.definition(),
                        Flow.json(failing(name).replace("1 > 2", "2 > 1"), ""))
                .expect(200);
        Answer latest = retry(failed.execution(), "{\"version\": \"latest\", \"comment\": \"mended\"}")
                .expect(202);

        assertThat(latest.body().at("/version").asInt()).isEqualTo(2);
        Answer over = Flow.awaitOver(failed.execution());
        assertThat(over.at("/outcome")).isEqualTo("succeeded");
        assertThat(over.body().at("/steps/1/attempt").asInt()).isEqualTo(3);
        assertThat(over.body().at("/steps/0/attempt").asInt()).isEqualTo(1);
    }

    @Test
    void a_retry_that_cannot_be_is_refused_with_its_reason() {
        String name = Flow.newName();
        Failed failed = fail(name);

        retry(UNKNOWN, "{").expectProblem(404, "not_found");
        retry(failed.execution(), "{").expectProblem(400, "malformed_json");
        retry(failed.execution(), "{\"version\": \"best\"}").expectProblem(422, "not_one_of");
        retry(failed.execution(), "{\"step\": \"nowhere\"}").expectProblem(422, "step_unknown");
        retry(failed.execution(), "{\"step\": \"keep\"}").expectProblem(409, "step_not_retryable");
        Api.as(Flow.AUDITOR)
                .post("/workflows/executions/" + failed.execution() + "/retry", "{}")
                .expectProblem(403, "forbidden");
        admin.call(
                        "PUT",
                        "/workflows/" + failed.definition(),
                        Flow.json(
                                failing(name)
                                        .replace("id: keep", "id: kept")
                                        .replace("depends_on: keep", "depends_on: kept"),
                                ""))
                .expect(200);
        Answer unfit = retry(failed.execution(), "{\"version\": \"latest\"}").expectProblem(422, "step_missing");
        assertThat(unfit.at("/errors/0/path")).isEqualTo("steps.keep");
        assertThat(admin.get("/workflows/executions/" + failed.execution()).at("/status"))
                .isEqualTo("failed");

        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        Flow.requestOf(raised.execution(), "Finance Head");
        retry(raised.execution(), "{").expectProblem(409, "not_finished");
    }

    @Test
    void every_step_is_shown_in_the_order_of_the_definition_reached_or_not() {
        Failed failed = fail(Flow.newName());

        JsonNode steps = admin.get("/workflows/executions/" + failed.execution())
                .expect(200)
                .body()
                .path("steps");

        assertThat(steps.findValuesAsString("step_id")).containsExactly("keep", "check", "last");
        assertThat(steps.findValuesAsString("status")).containsExactly("completed", "failed", "cancelled");
        assertThat(steps.path(2).path("attempt").asInt()).isZero();
        assertThat(steps.path(2).has("started_at")).isTrue();
    }

    @Test
    void a_live_execution_is_cancelled_once() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");
        String path = "/workflows/executions/" + raised.execution() + "/cancel";

        admin.post(path, "").expect(202);

        admin.post(path, "").expectProblem(409, "not_live");
        admin.post("/workflows/executions/" + UNKNOWN + "/cancel", "").expectProblem(404, "not_found");
        assertThat(admin.get("/workflows/approvals/" + request).at("/status")).isEqualTo("cancelled");
        Answer over = Flow.awaitOver(raised.execution());
        assertThat(over.at("/status")).isEqualTo("cancelled");
        assertThat(over.at("/outcome")).isEqualTo("cancelled");
        assertThat(over.body().path("steps").findValuesAsString("status")).doesNotContain("pending", "waiting");
    }

    @Test
    void executions_of_all_definitions_are_filtered_and_paged_newest_first() {
        String name = Flow.newName();
        Failed failed = fail(name);
        String second = admin.post("/workflows/" + failed.definition() + "/run", "{}")
                .expect(202)
                .at("/execution_id");
        Flow.awaitOver(second);
        String of = "/workflows/executions?workflow=" + name;

        assertThat(ids(admin.get(of))).containsExactly(second, failed.execution());
        assertThat(ids(admin.get("/workflows/executions?limit=200"))).contains(second, failed.execution());
        assertThat(ids(admin.get(of + "&status=failed&outcome=failed&error_code=assertion_failed&version=1")))
                .hasSize(2);
        assertThat(ids(admin.get(of + "&status=completed"))).isEmpty();
        assertThat(ids(admin.get(of + "&outcome=rejected"))).isEmpty();
        String at = admin.get(of).at("/items/0/started_at");
        assertThat(ids(admin.get(of + "&from=" + at))).containsExactly(second);
        assertThat(ids(admin.get(of + "&to=" + at))).containsExactly(failed.execution());

        Answer page = admin.get(of + "&limit=1");
        assertThat(ids(admin.get(of + "&limit=1&cursor=" + page.at("/next_cursor"))))
                .containsExactly(failed.execution());
        Answer all = admin.get("/workflows/executions?limit=1").expect(200);
        assertThat(ids(admin.get("/workflows/executions?limit=1&cursor=" + all.at("/next_cursor"))))
                .hasSize(1)
                .doesNotContainAnyElementsOf(ids(all));

        admin.get(of + "&outcome=odd").expectProblem(422, "not_one_of");
        admin.get(of + "&from=yesterday").expectProblem(422, "invalid_time");
        admin.get(of + "&version=x").expectProblem(422, "type_mismatch");
    }

    private static java.util.List<String> ids(Answer answer) {
        return StreamSupport.stream(answer.expect(200).body().path("items").spliterator(), false)
                .map(item -> item.path("id").asString())
                .toList();
    }
}
