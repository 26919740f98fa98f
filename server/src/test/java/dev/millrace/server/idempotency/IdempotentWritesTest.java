package dev.millrace.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import dev.millrace.server.Server;
import dev.millrace.server.TestServer;
import dev.millrace.testkit.FaultProxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A1: writes that come again. */
class IdempotentWritesTest {
    private final Api requester = Api.as(Flow.REQUESTER);

    private static String order(String category) {
        return """
                {"supplier_code": "S0001", "submit": false, "category": "%s",
                 "lines": [{"item_code": "CEM-PPC-50", "quantity": 1, "unit_price": 10}]}""".formatted(category);
    }

    private static Answer post(Api api, String path, String body, String key) {
        return api.call("POST", path, body, "Idempotency-Key", key);
    }

    private static String newKey() {
        return "key-of-" + Flow.newName();
    }

    private static long ordersOf(String category) {
        return Api.as(Flow.ADMIN)
                .get("/purchase-orders?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(order -> order.path("category").asString().equals(category))
                .count();
    }

    private static List<Answer> atOnce(int times, Supplier<Answer> call) {
        try (var threads = Executors.newFixedThreadPool(times)) {
            return IntStream.range(0, times)
                    .mapToObj(n -> CompletableFuture.supplyAsync(call, threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    @Test
    void a_repeated_write_happens_once_and_has_the_first_answer() {
        String category = Flow.newName();
        String key = newKey();

        Answer first = post(requester, "/purchase-orders", order(category), key).expect(201);
        Answer again = post(requester, "/purchase-orders", order(category), key).expect(201);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(again.header("content-type")).isEqualTo(first.header("content-type"));
        assertThat(first.headers()).doesNotContainKey("idempotency-replayed");
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(ordersOf(category)).isEqualTo(1);
    }

    @Test
    void A1_fifty_at_once_with_the_same_key_are_one() {
        String category = Flow.newName();
        String key = newKey();

        List<Answer> answers = atOnce(50, () -> post(requester, "/purchase-orders", order(category), key));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> answer.at("/id"))
                .containsOnly(answers.getFirst().at("/id"));
        assertThat(answers)
                .filteredOn(answer -> answer.header("idempotency-replayed").isEmpty())
                .hasSize(1);
        assertThat(ordersOf(category)).isEqualTo(1);
    }

    @Test
    void A1_fifty_events_at_once_with_the_same_event_id_are_one_event() {
        String name = Flow.newName();
        enableOnEvent(name);
        String event = event(name, ", \"event_id\": \"" + name + "\"", "10");
        Api admin = Api.as(Flow.ADMIN);

        List<Answer> answers = atOnce(50, () -> admin.post("/events", event));

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        Set<String> executions = answers.stream()
                .map(answer -> answer.body().path("executions").toString())
                .collect(Collectors.toSet());
        assertThat(executions).hasSize(1);
        assertThat(started(name)).isEqualTo(1);
        admin.post("/events", event(name, ", \"event_id\": \"" + name + "\"", "11"))
                .expectProblem(409, "event_id_reused");
    }

    @Test
    void A1_fifty_events_at_once_with_the_same_key_are_one_event() {
        String name = Flow.newName();
        enableOnEvent(name);
        String event = event(name, "", "10");
        Api admin = Api.as(Flow.ADMIN);
        String key = newKey();

        List<Answer> answers = atOnce(50, () -> post(admin, "/events", event, key));

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers)
                .extracting(Answer::text)
                .containsOnly(answers.getFirst().text());
        assertThat(started(name)).isEqualTo(1);
        post(admin, "/events", event(name, "", "11"), key).expectProblem(422, "idempotency_key_reused");
    }

    private static void enableOnEvent(String name) {
        Api.as(Flow.ADMIN)
                .post("/workflows", Flow.json("""
                                workflow:
                                  name: %s
                                  trigger:
                                    event: purchase_order.created
                                    condition: trigger.category == '%s'
                                  steps:
                                    - { id: keep, action: core.set, config: { values: { a: 1 } } }
                                """.formatted(name, name), ", \"enabled\": true"))
                .expect(201);
    }

    /** An order of the category. */
    private static String event(String category, String more, String note) {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        ObjectNode payload = (ObjectNode) Api.as(Flow.ADMIN)
                .get("/workflows/executions/" + raised.execution())
                .body()
                .path("trigger")
                .deepCopy();
        payload.put("category", category).put("cost_center", note);
        return "{\"event\": \"purchase_order.created\"" + more + ", \"payload\": " + Json.write(payload) + "}";
    }

    private static long started(String workflow) {
        return Api.as(Flow.ADMIN)
                .get("/workflows/executions?limit=200&workflow=" + workflow)
                .expect(200)
                .body()
                .path("items")
                .size();
    }

    @Test
    void a_key_that_comes_with_something_else_is_refused() {
        String key = newKey();
        Answer first = post(requester, "/purchase-orders", order("one"), key).expect(201);

        post(requester, "/purchase-orders", order("two"), key).expectProblem(422, "idempotency_key_reused");
        post(requester, "/purchase-orders/" + first.at("/id") + "/submit", order("one"), key)
                .expectProblem(422, "idempotency_key_reused");
        requester
                .call("PUT", "/purchase-orders", order("one"), "Idempotency-Key", key)
                .expectProblem(422, "idempotency_key_reused");
    }

    @Test
    void a_key_is_its_callers_own() {
        String key = newKey();
        Answer mine = post(requester, "/purchase-orders", order("own"), key).expect(201);

        Answer other = post(Api.as("procurement@acme.test"), "/purchase-orders", order("own"), key)
                .expect(201);

        assertThat(other.at("/id")).isNotEqualTo(mine.at("/id"));
        post(Api.anonymous(), "/purchase-orders", order("own"), key).expectProblem(401, "unauthenticated");
    }

    @Test
    void a_refusal_is_an_answer_too() {
        String name = Flow.newName();
        Api admin = Api.as(Flow.ADMIN);
        String definition =
                admin.postYaml("/workflows", Flow.manual(name)).expect(201).at("/id");
        String run = "/workflows/" + definition + "/run";
        String key = newKey();

        Answer refused = post(admin, run, "{}", key).expectProblem(409, "not_enabled");
        admin.call("PATCH", "/workflows/" + definition + "/toggle", "{}").expect(200);

        assertThat(post(admin, run, "{}", key).expect(409).text()).isEqualTo(refused.text());
        post(admin, run, "{}", newKey()).expect(202);
    }

    @Test
    void an_answer_without_a_body_is_repeated_as_well() {
        Api admin = Api.as(Flow.ADMIN);
        String path = "/workflows/"
                + admin.postYaml("/workflows", Flow.manual(Flow.newName()))
                        .expect(201)
                        .at("/id");
        String key = newKey();

        admin.call("DELETE", path, "", "Idempotency-Key", key).expect(204);

        Answer again = admin.call("DELETE", path, "", "Idempotency-Key", key).expect(204);
        assertThat(again.text()).isEmpty();
        admin.call("DELETE", path, "").expectProblem(404, "not_found");
    }

    @Test
    void a_key_that_is_none_is_refused_and_reading_needs_none() {
        for (String key : List.of("", " ", "x".repeat(201), "a\tb")) {
            post(requester, "/purchase-orders", order("none"), key).expectProblem(422, "invalid_idempotency_key");
        }
        requester.call("GET", "/purchase-orders", "", "Idempotency-Key", "").expect(200);
    }

    @Test
    void what_a_write_under_a_key_started_runs() {
        Api admin = Api.as(Flow.ADMIN);
        String definition = admin.post("/workflows", Flow.json(Flow.manual(Flow.newName()), ", \"enabled\": true"))
                .expect(201)
                .at("/id");

        String execution = post(admin, "/workflows/" + definition + "/run", "{}", newKey())
                .expect(202)
                .at("/execution_id");

        assertThat(Flow.awaitOver(execution).at("/outcome")).isEqualTo("succeeded");
    }

    @Test
    void when_the_answer_to_the_commit_is_lost_the_same_key_gives_the_truth() {
        try (FaultProxy proxy = FaultProxy.before(TestServer.database());
                Server server = TestServer.reaching(proxy.address())) {
            Api through = requester.at(server.url());
            int unknown = 0;
            for (int round = 0; round < 10; round++) {
                String category = Flow.newName();
                String key = newKey();
                proxy.loseCommits(() -> true);
                Answer lost = post(through, "/purchase-orders", order(category), key);
                proxy.loseCommits(() -> false);
                if (lost.status() == 503 && lost.at("/code").equals("outcome_unknown")) {
                    unknown++;
                    assertThat(ordersOf(category)).isEqualTo(1);
                }

                Answer truth = Flow.untilAvailable(() -> post(through, "/purchase-orders", order(category), key));

                truth.expect(201);
                assertThat(ordersOf(category)).isEqualTo(1);
            }
            assertThat(unknown).isGreaterThanOrEqualTo(5);
            assertThat(proxy.lostCommits()).isGreaterThanOrEqualTo(unknown);
        }
    }
}
