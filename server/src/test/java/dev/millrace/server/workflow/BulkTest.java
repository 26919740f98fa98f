package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many executions, retried or cancelled after a look at how many they are. */
class BulkTest {
    private static final String PATH = "/workflows/executions/bulk";

    private final Api admin = Api.as(Flow.ADMIN);
    private final String name = Flow.newName();

    private String save(String step) {
        String yaml = """
                workflow:
                  name: %s
                  trigger: { manual: true }
                  steps: [%s]
                """.formatted(name, step);
        return admin.post("/workflows", Flow.json(yaml, ", \"enabled\": true"))
                .expect(201)
                .at("/id");
    }

    private List<String> run(String definition, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> admin.post("/workflows/" + definition + "/run", "{}")
                        .expect(202)
                        .at("/execution_id"))
                .toList();
    }

    private List<String> failed(int count) {
        List<String> executions =
                run(save("{ id: check, action: core.assert, config: { that: '1 > 2', message: never } }"), count);
        executions.forEach(execution ->
                assertThat(Flow.awaitOver(execution).at("/outcome")).isEqualTo("failed"));
        return executions;
    }

    private List<String> parked(int count) {
        List<String> executions = run(save("{ id: nap, action: core.wait, config: { for: 1h } }"), count);
        executions.forEach(execution -> await().atMost(Duration.ofSeconds(30))
                .until(() -> admin.get("/workflows/executions/" + execution)
                        .at("/status")
                        .equals("waiting")));
        return executions;
    }

    private String body(String action, String more) {
        return "{\"filter\": {\"workflow\": \"%s\"}, \"action\": \"%s\"%s}".formatted(name, action, more);
    }

    private Answer awaitFinished(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> admin.get(PATH + "/" + id).expect(200),
                        answer -> !answer.at("/finished_at").isEmpty());
    }

    @Test
    void a_dry_run_counts_and_shows_some_and_changes_nothing() {
        List<String> executions = failed(12);

        Answer looked = admin.post(PATH, body("retry", ", \"dry_run\": true")).expect(200);

        assertThat(looked.body().at("/count").asInt()).isEqualTo(12);
        assertThat(looked.body().at("/sample").size()).isEqualTo(10);
        assertThat(looked.at("/sample/0/id")).isEqualTo(executions.getLast());
        assertThat(looked.body().at("/id").isNull()).isTrue();
        String filtered = "{\"filter\": {\"workflow\": \"%s\", \"status\": \"%s\", \"error_code\": \"%s\"},"
                + " \"action\": \"cancel\", \"dry_run\": true}";
        assertThat(count(filtered.formatted(name, "failed", "assertion_failed")))
                .isEqualTo(12);
        assertThat(count(filtered.formatted(name, "completed", "assertion_failed")))
                .isZero();
        assertThat(count(filtered.formatted(name, "failed", "other"))).isZero();
        assertThat(admin.get("/workflows/executions/" + executions.getFirst())
                        .body()
                        .at("/steps/0/attempt")
                        .asInt())
                .isEqualTo(1);
    }

    private int count(String body) {
        return admin.post(PATH, body).expect(200).body().at("/count").asInt();
    }

    @Test
    void what_was_counted_is_retried_and_another_count_is_refused_with_the_new_one() {
        List<String> executions = failed(3);

        Answer changed = admin.post(PATH, body("retry", ", \"expected\": 2")).expectProblem(409, "count_changed");
        assertThat(changed.body().at("/count").asInt()).isEqualTo(3);
        Answer asked = admin.post(PATH, body("retry", ", \"expected\": 3, \"comment\": \"mended\""))
                .expect(202);

        assertThat(asked.body().at("/count").asInt()).isEqualTo(3);
        assertThat(asked.header("location")).isEqualTo("/api/v1" + PATH + "/" + asked.at("/id"));
        Answer over = awaitFinished(asked.at("/id"));
        assertThat(over.body().at("/done").asInt()).isEqualTo(3);
        assertThat(over.body().at("/pending").asInt()).isZero();
        assertThat(over.body().at("/refusals").isEmpty()).isTrue();
        for (String execution : executions) {
            assertThat(Flow.awaitOver(execution).body().at("/steps/0/attempt").asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void those_that_cannot_be_cancelled_are_told_with_their_reason() {
        List<String> parked = parked(2);
        String over = run(
                        admin.post("/workflows", Flow.json(Flow.manual(Flow.newName()), ", \"enabled\": true"))
                                .expect(201)
                                .at("/id"),
                        1)
                .getFirst();
        Flow.awaitOver(over);
        String ids = IntStream.range(0, 3)
                .mapToObj(i -> "\"" + (i < 2 ? parked.get(i) : over) + "\"")
                .collect(Collectors.joining(", "));

        Answer asked = admin.post(
                        PATH, "{\"filter\": {\"ids\": [%s]}, \"action\": \"cancel\", \"expected\": 3}".formatted(ids))
                .expect(202);

        Answer finished = awaitFinished(asked.at("/id"));
        assertThat(finished.body().at("/done").asInt()).isEqualTo(2);
        assertThat(finished.body().at("/refused").asInt()).isEqualTo(1);
        assertThat(finished.at("/refusals/0/execution_id")).isEqualTo(over);
        assertThat(finished.at("/refusals/0/code")).isEqualTo("not_live");
        parked.forEach(execution -> assertThat(
                        admin.get("/workflows/executions/" + execution).at("/status"))
                .isEqualTo("cancelled"));
    }

    @Test
    void what_it_does_not_understand_or_may_not_do_is_refused() {
        failed(1);

        admin.post(PATH, body("retry", "")).expectProblem(422, "expected_missing");
        admin.post(PATH, body("delete", ", \"dry_run\": true")).expectProblem(422, "not_one_of");
        admin.post(PATH, body("retry", ", \"dry_run\": true, \"version\": \"best\""))
                .expectProblem(422, "not_one_of");
        admin.post(PATH, body("retry", ", \"expected\": -1")).expectProblem(422, "out_of_range");
        admin.post(PATH, "{\"action\": \"retry\", \"expected\": 1}").expect(422);
        admin.post(PATH, "{\"filter\": {\"status\": \"odd\"}, \"action\": \"retry\", \"dry_run\": true}")
                .expectProblem(422, "not_one_of");
        admin.post(PATH, "{\"filter\": {\"from\": \"soon\"}, \"action\": \"retry\", \"dry_run\": true}")
                .expectProblem(422, "invalid_time");
        admin.post(PATH, "{\"filter\": {\"ids\": []}, \"action\": \"retry\", \"dry_run\": true}")
                .expectProblem(422, "out_of_range");
        String many = "\"01a20e42-0000-7000-8000-000000000000\", ".repeat(1001).replaceAll(", $", "");
        admin.post(PATH, "{\"filter\": {\"ids\": [%s]}, \"action\": \"retry\", \"dry_run\": true}".formatted(many))
                .expectProblem(422, "out_of_range");
        admin.post(PATH, "{\"filter\": {\"workflow\": \"no-such\"}, \"action\": \"retry\", \"expected\": 0}")
                .expectProblem(409, "nothing_found");
        admin.get(PATH + "/abc").expectProblem(404, "not_found");
        Api.as(Flow.AUDITOR).post(PATH, body("retry", ", \"expected\": 1")).expectProblem(403, "forbidden");
    }

    @Test
    void another_company_finds_none_of_them_and_does_not_see_it() {
        failed(1);
        Answer asked = admin.post(PATH, body("retry", ", \"expected\": 1")).expect(202);
        Api stranger = Api.as("admin@globex.test");

        assertThat(stranger.post(PATH, body("cancel", ", \"dry_run\": true"))
                        .expect(200)
                        .body()
                        .at("/count")
                        .asInt())
                .isZero();
        stranger.get(PATH + "/" + asked.at("/id")).expectProblem(404, "not_found");
        awaitFinished(asked.at("/id"));
    }
}
