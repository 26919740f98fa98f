package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.language.CatalogueFile;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import org.junit.jupiter.api.Test;

/** Versions, drafts and switches of definitions. */
class DefinitionTest {
    private final Api admin = Api.as(Flow.ADMIN);

    private static String changed(String yaml) {
        return yaml.replace("1.10", "1.20");
    }

    @Test
    void a_saved_definition_is_read_back_as_written() {
        String name = Flow.newName();
        String yaml = Flow.manual(name);

        Answer saved = admin.postYaml("/workflows/", yaml).expect(201);
        Answer read = admin.get("/workflows/" + saved.at("/id")).expect(200);

        assertThat(saved.header("location")).isEqualTo("/api/v1/workflows/" + saved.at("/id"));
        assertThat(saved.at("/status")).isEqualTo("draft");
        assertThat(read.at("/yaml")).isEqualTo(yaml);
        assertThat(read.header("etag")).isEqualTo(saved.header("etag"));
        assertThat(read.text()).contains("\"rate\":1.10");
        assertThat(read.at("/graph/edges/0/from")).isEqualTo("trigger");
        assertThat(read.at("/graph/edges/0/to")).isEqualTo("keep");
        assertThat(read.at("/graph/edges/0/kind")).isEqualTo("then");
        assertThat(read.at("/graph/nodes/1/kind")).isEqualTo("step");
        assertThat(read.at("/graph/nodes/1/action_kind")).isEqualTo("local");
        assertThat(read.at("/reading")).contains("When a person or a program starts it", "1. Keep");
    }

    @Test
    void the_same_text_again_makes_no_new_version() {
        String yaml = Flow.manual(Flow.newName());
        Answer first = admin.postYaml("/workflows", yaml).expect(201);

        Answer again = admin.postYaml("/workflows", yaml).expect(200);

        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
    }

    @Test
    void an_invalid_text_is_refused_with_the_place_of_each_problem() {
        String yaml = """
                workflow:
                  name: broken
                  trigger: { event: purchase_order.created }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: Finance Haed }
                """;

        Answer refused = admin.postYaml("/workflows", yaml).expect(422);
        Answer checked = admin.post("/workflows/validate", Flow.json(yaml, "")).expect(200);

        assertThat(refused.at("/errors/0/path")).isEqualTo("steps[0].config.role");
        assertThat(refused.at("/errors/0/suggestion")).isEqualTo("Finance Head");
        assertThat(refused.body().at("/errors/0/line").asInt()).isEqualTo(7);
        assertThat(refused.body().at("/errors/0/column").asInt()).isEqualTo(23);
        assertThat(refused.body().at("/errors/0/end_line").asInt()).isEqualTo(7);
        assertThat(refused.body().at("/errors/0/end_column").asInt()).isEqualTo(35);
        assertThat(refused.at("/errors/0/fix/replacement")).isEqualTo("Finance Head");
        assertThat(refused.body().at("/errors/0/fix/range/end_column").asInt()).isEqualTo(35);
        assertThat(checked.body().path("valid").asBoolean()).isFalse();
        assertThat(checked.body().path("errors")).isEqualTo(refused.body().path("errors"));
        assertThat(admin.post("/workflows/validate", "{\"yaml\": \"\"}")
                        .expect(200)
                        .body()
                        .path("valid")
                        .asBoolean())
                .isFalse();
        assertThat(admin.postYaml("/workflows/validate", Flow.manual(Flow.newName()))
                        .expect(200)
                        .body()
                        .path("valid")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_draft_stands_beside_the_live_version_until_it_is_switched_on() {
        String yaml = Flow.manual(Flow.newName());
        String live = admin.post("/workflows", Flow.json(yaml, ", \"enabled\": true"))
                .expect(201)
                .at("/id");
        Answer draft = admin.call("PUT", "/workflows/" + live, Flow.json(changed(yaml), ", \"enabled\": false"))
                .expect(200);

        assertThat(admin.get("/workflows/" + live).body().path("enabled").asBoolean())
                .isTrue();
        assertThat(draft.at("/status")).isEqualTo("draft");
        Answer on = admin.call("PATCH", "/workflows/" + draft.at("/id") + "/toggle", "{\"enabled\": true}")
                .expect(200);

        assertThat(on.at("/status")).isEqualTo("active");
        assertThat(admin.get("/workflows/" + live).at("/status")).isEqualTo("deprecated");
        Answer versions = admin.get("/workflows/" + live + "/versions").expect(200);
        assertThat(versions.body().path("items").size()).isEqualTo(2);
        assertThat(versions.at("/items/0/id")).isEqualTo(draft.at("/id"));
    }

    @Test
    void a_version_that_was_replaced_is_not_written_to() {
        String yaml = Flow.manual(Flow.newName());
        String old = admin.post("/workflows", Flow.json(yaml, ", \"enabled\": true"))
                .expect(201)
                .at("/id");
        Answer replaced = admin.call("PUT", "/workflows/" + old, Flow.json(changed(yaml), ""))
                .expect(200);

        assertThat(replaced.body().path("enabled").asBoolean()).isTrue();
        for (Answer refused : java.util.List.of(
                admin.call("PUT", "/workflows/" + old, "{"),
                admin.call("PATCH", "/workflows/" + old + "/toggle", ""),
                admin.post("/workflows/" + old + "/run", ""))) {
            refused.expectProblem(409, "not_current");
            assertThat(refused.at("/current_id")).isEqualTo(replaced.at("/id"));
        }
    }

    @Test
    void a_change_of_what_somebody_else_changed_is_refused() {
        String yaml = Flow.manual(Flow.newName());
        Answer saved = admin.postYaml("/workflows", yaml).expect(201);
        String path = "/workflows/" + saved.at("/id");
        admin.call("PATCH", path + "/toggle", "{}").expect(200);

        admin.call("PUT", path, "{", "If-Match", saved.header("etag")).expectProblem(412, "stale");
        admin.call("PATCH", path + "/toggle", "{}", "If-Match", saved.header("etag"))
                .expectProblem(412, "stale");
        String now = admin.get(path).header("etag");
        admin.call("PUT", path, Flow.json(changed(yaml), ""), "If-Match", now).expect(200);
    }

    @Test
    void a_definition_keeps_its_name() {
        String yaml = Flow.manual(Flow.newName());
        String id = admin.postYaml("/workflows", yaml).expect(201).at("/id");

        admin.call("PUT", "/workflows/" + id, Flow.json(Flow.manual(Flow.newName()), ""))
                .expectProblem(422, "name_changed");
    }

    @Test
    void who_may_not_change_documents_may_not_switch_on_what_does() {
        String yaml = """
                workflow:
                  name: %s
                  trigger: { event: purchase_order.cancelled }
                  steps:
                    - id: lock
                      action: erp.purchase_order.lock
                      config: { purchase_order_id: "{{ trigger.id }}" }
                """.formatted(Flow.newName());
        Api owner = Api.as(Flow.PROCESS_OWNER);
        owner.post("/workflows", Flow.json(yaml, ", \"enabled\": true")).expectProblem(403, "forbidden");
        String draft = owner.postYaml("/workflows", yaml).expect(201).at("/id");

        owner.call("PATCH", "/workflows/" + draft + "/toggle", "{}").expectProblem(403, "forbidden");
        assertThat(admin.get("/workflows/" + draft).at("/status")).isEqualTo("draft");
        admin.call("PATCH", "/workflows/" + draft + "/toggle", "{}").expect(200);
        admin.call("PATCH", "/workflows/" + draft + "/toggle", "{}").expect(200);
    }

    @Test
    void the_list_has_what_is_current_and_its_last_run() {
        String name = Flow.newName();
        String id = admin.post("/workflows", Flow.json(Flow.manual(name), ", \"enabled\": true"))
                .expect(201)
                .at("/id");
        String execution =
                admin.post("/workflows/" + id + "/run", "{}").expect(202).at("/execution_id");
        Flow.awaitOver(execution);

        Answer runs = admin.get("/workflows/" + id + "/executions").expect(200);
        Answer list = admin.get("/workflows?limit=200").expect(200);
        Answer page = admin.get("/workflows?limit=1").expect(200);

        assertThat(runs.at("/items/0/id")).isEqualTo(execution);
        assertThat(runs.at("/items/0/status")).isEqualTo("completed");
        assertThat(list.text()).contains("\"name\":\"" + name + "\"", "\"last_run\":{\"id\":\"" + execution);
        assertThat(admin.get("/workflows?limit=1&cursor=" + page.at("/next_cursor"))
                        .at("/items/0/id"))
                .isEqualTo(list.at("/items/1/id"));
        assertThat(admin.get("/workflows/executions?status=completed").text()).contains(execution);
    }

    @Test
    void the_catalogue_says_what_definitions_are_made_of() {
        Answer actions = admin.get("/workflows/actions").expect(200);
        Answer events = admin.get("/workflows/events").expect(200);

        assertThat(actions.text()).contains("erp.approval.request", "config_schema", "output_schema");
        assertThat(events.text()).contains("purchase_order.created", "payload_schema");
        assertThat(Api.as("admin@globex.test").get("/workflows/actions").text())
                .doesNotContain("erp.purchase_order.lock");
    }

    @Test
    void the_catalogue_as_a_file_is_what_definitions_can_be_checked_against_elsewhere() {
        Answer file = admin.get("/workflows/catalogue").expect(200);

        assertThat(CatalogueFile.read(file.text()))
                .isInstanceOfSatisfying(
                        CatalogueFile.Read.Good.class,
                        good -> assertThat(Checker.check(Flow.manual(Flow.newName()), good.catalogue()))
                                .isInstanceOf(Checked.Valid.class));
    }

    @Test
    void a_deleted_definition_starts_nothing_its_executions_stay_and_its_name_is_free() {
        String name = Flow.newName();
        String yaml = Flow.manual(name);
        String first = admin.post("/workflows", Flow.json(yaml, ", \"enabled\": true"))
                .expect(201)
                .at("/id");
        String execution =
                admin.post("/workflows/" + first + "/run", "{}").expect(202).at("/execution_id");
        Flow.awaitOver(execution);
        Answer second = admin.call("PUT", "/workflows/" + first, Flow.json(changed(yaml), ""))
                .expect(200);
        String path = "/workflows/" + second.at("/id");

        assertThat(admin.call("DELETE", "/workflows/" + first, "")
                        .expectProblem(409, "not_current")
                        .at("/current_id"))
                .isEqualTo(second.at("/id"));
        admin.call("DELETE", path, "", "If-Match", "\"other\"").expectProblem(412, "stale");
        Api.as(Flow.AUDITOR).call("DELETE", path, "").expectProblem(403, "forbidden");
        assertThat(admin.call("DELETE", path, "").expect(204).text()).isEmpty();

        admin.call("DELETE", path, "").expectProblem(404, "not_found");
        admin.post(path + "/run", "{}").expectProblem(404, "not_found");
        admin.call("PATCH", path + "/toggle", "{}").expectProblem(404, "not_found");
        assertThat(admin.get(path).expect(200).at("/status")).isEqualTo("deleted");
        assertThat(admin.get("/workflows/" + first).at("/status")).isEqualTo("deleted");
        assertThat(admin.get("/workflows?limit=200").text()).doesNotContain("\"" + name + "\"");
        assertThat(admin.get("/workflows?status=deleted&limit=200").text()).contains("\"" + name + "\"");
        assertThat(admin.get("/workflows/executions/" + execution).at("/outcome"))
                .isEqualTo("succeeded");
        Answer again = admin.postYaml("/workflows", changed(yaml)).expect(201);
        assertThat(again.body().path("version").asInt()).isEqualTo(3);
    }

    @Test
    void any_two_versions_can_be_compared_in_words() {
        String yaml = Flow.manual(Flow.newName());
        String first = admin.postYaml("/workflows", yaml).expect(201).at("/id");
        admin.call("PUT", "/workflows/" + first, Flow.json(changed(yaml), "")).expect(200);
        String versions = "/workflows/" + first + "/versions";

        Answer diff = admin.get(versions + "?diff=1..2").expect(200);

        assertThat(diff.body().at("/from/version").asInt()).isEqualTo(1);
        assertThat(diff.at("/to/yaml")).isEqualTo(changed(yaml));
        assertThat(diff.at("/changes/0/kind")).isEqualTo("config");
        assertThat(diff.at("/changes/0/step_id")).isEqualTo("keep");
        assertThat(diff.at("/changes/0/words")).contains("1.2");
        assertThat(admin.get(versions + "?diff=2..2")
                        .expect(200)
                        .body()
                        .path("changes")
                        .isEmpty())
                .isTrue();
        admin.get(versions + "?diff=2..3").expectProblem(422, "version_unknown");
        for (String wrong : java.util.List.of("", "1", "1..", "a..b", "1...2", "1..99999999999")) {
            admin.get(versions + "?diff=" + wrong).expectProblem(422, "diff_invalid");
        }
    }

    @Test
    void of_two_changes_at_once_with_the_same_tag_one_is_made_and_versions_have_no_gap() throws Exception {
        String yaml = Flow.manual(Flow.newName());
        Answer saved =
                admin.post("/workflows", Flow.json(yaml, ", \"enabled\": true")).expect(201);
        String id = saved.at("/id");
        String tag = saved.header("etag");
        for (int round = 2; round < 12; round++) {
            String one = yaml.replace("1.10", "1." + round + "1");
            String two = yaml.replace("1.10", "1." + round + "2");
            String path = "/workflows/" + id;
            String match = tag;
            var first = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> admin.call("PUT", path, Flow.json(one, ""), "If-Match", match));
            var second = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> admin.call("PUT", path, Flow.json(two, ""), "If-Match", match));
            var answers = java.util.List.of(first.get(), second.get());

            assertThat(answers).extracting(Answer::status).containsOnlyOnce(200);
            Answer lost =
                    answers.stream().filter(a -> a.status() != 200).findFirst().orElseThrow();
            lost.expectProblem(412, "stale");
            Answer won =
                    answers.stream().filter(a -> a.status() == 200).findFirst().orElseThrow();
            assertThat(won.body().path("version").asInt()).isEqualTo(round);
            id = won.at("/id");
            tag = won.header("etag");
        }
    }

    @Test
    void a_tag_that_is_none_matches_nothing_and_without_one_a_change_is_unconditional() {
        String yaml = Flow.manual(Flow.newName());
        Answer saved = admin.postYaml("/workflows", yaml).expect(201);
        String path = "/workflows/" + saved.at("/id");

        for (String malformed : java.util.List.of("", "x", "\"", "\"\"", "W/" + saved.header("etag"), "\u00e4")) {
            admin.call("PUT", path, Flow.json(changed(yaml), ""), "If-Match", malformed)
                    .expectProblem(412, "stale");
        }
        admin.call("PUT", path, Flow.json(changed(yaml), "")).expect(200);
    }

    @Test
    void where_the_company_asks_for_a_second_person_nobody_switches_on_his_own_version() {
        Api other = Api.as("process.owner@acme.test");
        String yaml = Flow.manual(Flow.newName());
        admin.call("PUT", "/admin/policies", "{\"second_person_for_definitions\": \"on\"}")
                .expect(200);
        try {
            Answer atOnce = admin.post("/workflows", Flow.json(yaml, ", \"enabled\": true"))
                    .expect(403);
            String draft = other.postYaml("/workflows", yaml).expect(201).at("/id");
            Answer own = other.call("PATCH", "/workflows/" + draft + "/toggle", "{\"enabled\": true}")
                    .expect(403);
            // What is listed has a seal, which follows the commit.
            await().untilAsserted(() -> assertThat(
                            admin.get("/audit-logs?resource_id=" + draft).text())
                    .contains("workflow.enabling_refused"));
            Answer on = admin.call("PATCH", "/workflows/" + draft + "/toggle", "{\"enabled\": true}")
                    .expect(200);

            assertThat(atOnce.at("/code")).isEqualTo("second_person_required");
            assertThat(own.at("/code")).isEqualTo("second_person_required");
            assertThat(own.at("/detail")).contains("somebody else");
            assertThat(on.at("/status")).isEqualTo("active");
        } finally {
            admin.call("PUT", "/admin/policies", "{}").expect(200);
        }
    }
}
