package dev.millrace.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Json;
import dev.millrace.language.Policies;
import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Policies and calendars over the API, at a company that no other test sets anything for. */
class CompanyRulesApiTest {
    private static final Api ADMIN = Api.as("admin@globex.test");

    @AfterEach
    void backToTheDefaults() {
        ADMIN.call("PUT", "/admin/policies", "{}").expect(200);
    }

    @Test
    void policies_are_read_and_set_as_a_whole() {
        ADMIN.get("/admin/policies").expect(200);

        Answer set = ADMIN.call(
                        "PUT",
                        "/admin/policies",
                        "{\"change_tolerance\": \"3\", \"forbidden_actions\": [\"erp.ledger.*\"]}")
                .expect(200);
        Answer read = ADMIN.get("/admin/policies").expect(200);

        assertThat(read.body()).isEqualTo(set.body());
        assertThat(read.header("etag")).isEqualTo("\"" + read.at("/version") + "\"");
        assertThat(read.at("/policies/change_tolerance")).isEqualTo("3");
        assertThat(read.at("/policies/self_approval")).isEqualTo("forbid");
        assertThat(read.body().path("broken").size()).isZero();
    }

    @Test
    void whoever_read_an_older_state_is_told_before_the_faults_of_what_he_sends() {
        String old = ADMIN.get("/admin/policies").header("etag");
        ADMIN.call("PUT", "/admin/policies", "{\"change_tolerance\": \"1\"}", "If-Match", old)
                .expect(200);

        ADMIN.call("PUT", "/admin/policies", "{\"nonsense\": 1}", "If-Match", old)
                .expectProblem(412, "stale");
        ADMIN.call("PUT", "/admin/policies", "{}", "If-Match", "*").expect(200);
    }

    @Test
    void every_fault_is_named_with_its_place() {
        Answer answer = ADMIN.call("PUT", "/admin/policies", """
                        {"self_approval": "maybe", "forbidden_action": [], "approval_above": [{"actions": ["x.y"], "amount": "-1"}]}""").expectProblem(422, "invalid_input");

        assertThat(StreamSupport.stream(answer.body().path("errors").spliterator(), false)
                        .map(error -> error.path("path").asString() + " "
                                + error.path("code").asString()))
                .containsExactlyInAnyOrder(
                        "self_approval not_one_of",
                        "forbidden_action unknown_field",
                        "approval_above[0].amount out_of_range");
        assertThat(ADMIN.get("/admin/policies").at("/policies/self_approval")).isEqualTo("forbid");
    }

    /** At the company that has definitions of other tests too. */
    @Test
    void a_definition_that_tighter_policies_break_is_named_and_refused_when_it_runs() {
        Api admin = Api.as(Flow.ADMIN);
        String name = Flow.newName();
        String id = admin.post("/workflows", Flow.json(Flow.manual(name), ", \"enabled\": true"))
                .expect(201)
                .at("/id");
        try {
            Answer set = admin.call("PUT", "/admin/policies", "{\"forbidden_actions\": [\"core.set\"]}")
                    .expect(200);

            JsonNode broken = set.body()
                    .path("broken")
                    .valueStream()
                    .filter(each -> each.path("name").asString().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(broken.at("/problems/0/code").asString()).isEqualTo("action_forbidden");
            Answer over =
                    Flow.awaitOver(admin.post("/workflows/" + id + "/run", "{}").at("/execution_id"));
            assertThat(over.at("/outcome")).isEqualTo("failed");
            assertThat(over.at("/steps/0/error/code")).isEqualTo("action_forbidden");
        } finally {
            admin.call("PUT", "/admin/policies", "{}").expect(200);
        }
        assertThat(admin.get("/admin/policies").body().path("broken").size()).isZero();
    }

    @Test
    void what_is_changed_stands_in_the_journal() {
        ADMIN.call("PUT", "/admin/policies", "{\"change_tolerance\": \"7\"}").expect(200);

        await().untilAsserted(
                        () -> assertThat(ADMIN.get("/audit-logs").expect(200).text())
                                .contains("policy.changed", "\\\"change_tolerance\\\":\\\"7\\\""));
    }

    @Test
    void a_calendar_is_read_and_set_as_a_whole() {
        Answer usual = ADMIN.get("/admin/calendars").expect(200);
        assertThat(usual.at("/time_zone")).isEqualTo("Europe/Berlin");

        Answer set = ADMIN.call("PUT", "/admin/calendars", """
                        {"days": ["monday", "saturday"], "opens": "08:30", "closes": "17:00",
                         "holidays": [{"date": "2027-01-01", "name": "Neujahr"}]}""", "If-Match", usual.header("etag"))
                .expect(200);

        assertThat(ADMIN.get("/admin/calendars").body()).isEqualTo(set.body());
        assertThat(set.at("/days/1")).isEqualTo("saturday");
        assertThat(set.at("/opens")).isEqualTo("08:30");
        assertThat(set.at("/holidays/0/date")).isEqualTo("2027-01-01");
        ADMIN.call("PUT", "/admin/calendars", "{}", "If-Match", usual.header("etag"))
                .expectProblem(412, "stale");
    }

    @Test
    void a_calendar_that_cannot_be_is_refused() {
        ADMIN.call(
                        "PUT",
                        "/admin/calendars",
                        "{\"days\": [\"monday\"], \"opens\": \"9 o'clock\", \"closes\": \"17:00\"}")
                .expectProblem(422, "type_mismatch");
        ADMIN.call("PUT", "/admin/calendars", "{\"days\": [], \"opens\": \"09:00\", \"closes\": \"17:00\"}")
                .expectProblem(422, "required");
        ADMIN.call("PUT", "/admin/calendars", "{\"days\": [\"funday\"], \"opens\": \"09:00\", \"closes\": \"17:00\"}")
                .expectProblem(422, "not_one_of");
        ADMIN.call("PUT", "/admin/calendars", "{\"days\": [\"monday\"], \"opens\": \"18:00\", \"closes\": \"17:00\"}")
                .expectProblem(422, "out_of_range");
    }

    @Test
    void a_module_is_switched_on_and_off_but_never_the_core() {
        assertThat(ADMIN.get("/admin/modules").expect(200).text())
                .contains("{\"name\":\"finance\",\"enabled\":true}", "{\"name\":\"sales\",\"enabled\":false}");

        Answer on = ADMIN.call("PATCH", "/admin/modules/sales", "{\"enabled\": true}")
                .expect(200);
        assertThat(on.body().path("enabled").asBoolean()).isTrue();
        assertThat(ADMIN.get("/admin/modules").text()).contains("{\"name\":\"sales\",\"enabled\":true}");
        ADMIN.call("PATCH", "/admin/modules/sales", "{\"enabled\": false}").expect(200);
        assertThat(ADMIN.get("/admin/modules").text()).contains("{\"name\":\"sales\",\"enabled\":false}");

        ADMIN.call("PATCH", "/admin/modules/core", "{\"enabled\": false}").expectProblem(409, "core_module");
        ADMIN.call("PATCH", "/admin/modules/magic", "{\"enabled\": false}").expectProblem(404, "not_found");
        ADMIN.call("PATCH", "/admin/modules/sales", "{}").expectProblem(422, "required");
    }

    @Test
    void the_defaults_are_those_of_the_language() {
        assertThat(ADMIN.get("/admin/policies").body().path("policies"))
                .isEqualTo(Json.read(Json.write(Policies.DEFAULT.toJson())));
    }
}
