package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events and the timeline of a document, through the API. */
class EventLogTest {
    private final Api admin = Api.as(Flow.ADMIN);

    /** An order of 4.8 lakh, below what the Finance Head is asked about. */
    private static Answer smallOrder(String category) {
        return Api.as(Flow.REQUESTER)
                .post("/purchase-orders", """
                        {"supplier_code": "S0001", "category": "%s",
                         "lines": [{"item_code": "CEM-PPC-50", "quantity": "1000", "unit_price": "375.00", "gst_rate": "28"}]}""".formatted(category))
                .expect(201);
    }

    private JsonNode eventOf(String order) {
        return admin.get("/events?name=purchase_order.created&limit=50")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(event -> event.path("entity_id").asString().equals(order))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> moments(Answer timeline, String kind) {
        return timeline.body()
                .path("timeline")
                .valueStream()
                .filter(m -> m.path("kind").asString().equals(kind));
    }

    @Test
    void an_order_of_four_lakh_eighty_thousand_shows_why_nobody_was_asked() {
        String name = Flow.newName();
        String saved =
                admin.postYaml("/workflows", """
                workflow:
                  name: %s
                  enabled: true
                  trigger: { event: purchase_order.created, condition: trigger.amount_base > 500000 }
                  steps:
                    - { id: keep, action: core.set, config: { values: { large: true } } }
                """.formatted(name)).expect(201).at("/id");
        Answer order = smallOrder(name);
        Flow.awaitOver(order.at("/routing/executions/0"));

        Answer timeline = Api.as(Flow.REQUESTER)
                .get("/workflows/entities/purchase_order/" + order.at("/id") + "/timeline")
                .expect(200);
        JsonNode event = eventOf(order.at("/id"));
        Answer detail = admin.get("/events/" + event.path("id").asString()).expect(200);
        admin.call("PATCH", "/workflows/" + saved + "/toggle", "{\"enabled\": false}")
                .expect(200);

        assertThat(moments(timeline, "skipped").map(m -> m.path("because").asString()))
                .contains("amount base 480000.00 > 500000 is false");
        assertThat(moments(timeline, "not_started")
                        .filter(m -> m.path("workflow_name").asString().equals(name)))
                .singleElement()
                .satisfies(m ->
                        assertThat(m.path("because").asString()).isEqualTo("amount base 480000.00 > 500000 is false"));
        assertThat(moments(timeline, "asked")).isEmpty();
        assertThat(timeline.body().path("waiting")).isEmpty();
        assertThat(event.path("outcome").asString()).isEqualTo("started");
        assertThat(detail.text()).contains("trigger.amount_base > 500000 is false", "\"started_later\":[]");
        assertThat(detail.at("/payload/id")).isEqualTo(order.at("/id"));
    }

    @Test
    void a_stored_event_starts_a_workflow_that_came_later_once() {
        String name = Flow.newName();
        Answer order = smallOrder(name);
        String event = eventOf(order.at("/id")).path("id").asString();
        String saved = admin.postYaml("/workflows", """
                workflow:
                  name: %s
                  enabled: true
                  trigger: { event: purchase_order.created, condition: trigger.category == '%s' }
                  steps:
                    - { id: keep, action: core.set, config: { values: { late: true } } }
                """.formatted(name, name))
                .expect(201)
                .at("/id");

        Answer count = bulk(", \"dry_run\": true");
        Answer started = Api.as(Flow.PROCESS_OWNER)
                .post("/events/" + event + "/start", "")
                .expect(202);
        Answer again = admin.post("/events/" + event + "/start", "").expect(202);
        Answer rest = bulk(", \"dry_run\": true");
        Answer execution = Flow.awaitOver(started.at("/executions/0"));
        admin.call("PATCH", "/workflows/" + saved + "/toggle", "{\"enabled\": false}")
                .expect(200);

        assertThat(count.body().path("started").asInt()
                        - rest.body().path("started").asInt())
                .isEqualTo(1);
        assertThat(execution.at("/workflow_name")).isEqualTo(name);
        assertThat(again.body().path("executions")).isEmpty();
        assertThat(again.text()).contains(name);
        assertThat(admin.get("/events/" + event).at("/started_later/0/by/name")).isNotEmpty();
    }

    @Test
    void what_is_switched_on_says_how_many_events_came_before_it() {
        Answer on = admin.postYaml("/workflows", """
                workflow:
                  name: %s
                  enabled: true
                  trigger: { event: purchase_order.created, condition: trigger.category == 'never' }
                  steps:
                    - { id: keep, action: core.set, config: { values: { late: true } } }
                """.formatted(Flow.newName())).expect(201);
        Answer off = admin.call("PATCH", "/workflows/" + on.at("/id") + "/toggle", "{\"enabled\": false}")
                .expect(200);

        assertThat(on.body().path("waiting_events").isNumber()).isTrue();
        assertThat(off.body().path("waiting_events").isNull()).isTrue();
        assertThat(on.header("etag")).isNotEmpty();
    }

    private Answer bulk(String more) {
        return admin.post("/events/start", "{\"filter\": {\"name\": \"purchase_order.created\"}" + more + "}")
                .expect(202);
    }

    @Test
    void events_are_listed_by_filter_and_page_by_page() {
        smallOrder(Flow.newName());
        smallOrder(Flow.newName());
        Answer first = admin.get("/events?limit=1").expect(200);
        Answer second =
                admin.get("/events?limit=1&cursor=" + first.at("/next_cursor")).expect(200);

        assertThat(second.at("/items/0/id")).isNotEqualTo(first.at("/items/0/id"));
        assertThat(admin.get("/events?to=2020-01-01T00:00:00Z")
                        .expect(200)
                        .body()
                        .path("items"))
                .isEmpty();
        assertThat(admin.get("/events?name=no.such").expect(200).body().path("items"))
                .isEmpty();
        assertThat(admin.get("/events?outcome=started&limit=5")
                        .expect(200)
                        .body()
                        .path("items")
                        .valueStream())
                .allSatisfy(
                        event -> assertThat(event.path("outcome").asString()).isEqualTo("started"));
    }

    @Test
    void bad_input_is_told_and_never_a_fault_of_the_server() {
        for (String query : List.of("from=yesterday", "to=2026-13-01T00:00:00Z", "from=%2B999999999-01-01T00:00:00Z")) {
            admin.get("/events?" + query).expectProblem(422, "invalid_time");
        }
        admin.get("/events?outcome=maybe").expectProblem(422, "not_one_of");
        admin.get("/events?cursor=nonsense").expectProblem(400, "invalid_cursor");
        admin.get("/events/not-an-id").expectProblem(404, "not_found");
        admin.get("/workflows/entities/no_such/01a20e42-0000-7000-8000-000000000000/timeline")
                .expectProblem(404, "not_found");
        admin.post("/events/start", "{}").expectProblem(422, "required");
        admin.post("/events/start", "{\"filter\": {\"from\": \"yesterday\"}}").expectProblem(422, "invalid_time");
    }

    @Test
    void who_may_not_read_the_module_sees_neither_its_events_nor_its_documents() {
        Answer order = smallOrder(Flow.newName());
        String event = eventOf(order.at("/id")).path("id").asString();
        Api sales = Api.as("sales.head@acme.test");
        Api stranger = Api.as("admin@globex.test");

        assertThat(sales.get("/events?limit=200").expect(200).text()).doesNotContain("purchase_order");
        sales.get("/events/" + event).expectProblem(404, "not_found");
        sales.get("/workflows/entities/purchase_order/" + order.at("/id") + "/timeline")
                .expectProblem(404, "not_found");
        sales.post("/events/" + event + "/start", "").expectProblem(403, "forbidden");
        stranger.get("/events/" + event).expectProblem(404, "not_found");
        stranger.get("/workflows/entities/purchase_order/" + order.at("/id") + "/timeline")
                .expectProblem(404, "not_found");
    }
}
