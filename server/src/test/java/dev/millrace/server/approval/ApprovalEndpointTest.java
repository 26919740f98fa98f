package dev.millrace.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApprovalEndpointTest {
    private static final String PATH = "/workflows/approvals/";
    private static final String PROCUREMENT = "procurement@acme.test";
    private static final String ACCOUNTS = "accounts@acme.test";

    /** A request of its own: of the workflow's manual start by the administrator. */
    private static String ask(String config, String role) {
        String name = Flow.newName();
        Answer saved = Api.as(Flow.ADMIN)
                .postYaml("/workflows", """
                workflow:
                  name: %s
                  enabled: true
                  trigger: { manual: true }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: %s, %s }
                """.formatted(name, role, config))
                .expect(201);
        String execution = Api.as(Flow.ADMIN)
                .post("/workflows/" + saved.at("/id") + "/run", "")
                .expect(202)
                .at("/execution_id");
        return Flow.requestOf(execution, role);
    }

    @Test
    void an_item_has_every_field_and_the_request_itself_also_the_document_and_the_reading() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String id = Flow.requestOf(raised.execution(), "Finance Head");

        JsonNode item =
                find(Api.as(Flow.FINANCE_HEAD).get(PATH + "pending?limit=200").expect(200), id);
        JsonNode detail = Api.as(Flow.FINANCE_HEAD).get(PATH + id).expect(200).body();

        assertThat(item.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "execution_id",
                        "workflow_id",
                        "workflow_name",
                        "workflow_version",
                        "step_id",
                        "required_role",
                        "required_user",
                        "level",
                        "escalated_from",
                        "escalated_to",
                        "replaces",
                        "replaced_by",
                        "status",
                        "entity_type",
                        "entity_id",
                        "entity_label",
                        "amount",
                        "currency",
                        "requester",
                        "requester_name",
                        "message",
                        "nobody",
                        "created_at",
                        "expires_at",
                        "min_approvals",
                        "decisions",
                        "document",
                        "snapshot",
                        "changed_since");
        assertThat(item.path("entity_id").stringValue()).isEqualTo(raised.order());
        assertThat(item.path("snapshot").stringValue()).hasSize(64);
        assertThat(item.path("changed_since").isNull()).isTrue();
        assertThat(detail.propertyNames()).containsAll(item.propertyNames());
        assertThat(detail.propertyNames()).contains("material", "differs_now", "reading");
        assertThat(detail.path("reading").stringValue()).contains("Finance Head");
    }

    @Test
    void while_others_must_approve_as_well_the_answer_says_how_many() {
        String id = ask("min_approvals: 2", "Accounts");

        Answer first = Api.as(ACCOUNTS).post(PATH + id + "/approve", "").expect(200);
        Answer again = Api.as(ACCOUNTS).post(PATH + id + "/approve", "").expectProblem(409, "already_voted");

        assertThat(first.at("/status")).isEqualTo("pending");
        assertThat(first.body().path("approvals").asInt()).isEqualTo(1);
        assertThat(first.body().path("required").asInt()).isEqualTo(2);
        assertThat(again.at("/decision/status")).isEqualTo("approved");
        assertThat(Api.as(Flow.ADMIN).get(PATH + id).expect(200).at("/decisions/0/status"))
                .isEqualTo("approved");
    }

    @Test
    void a_decision_names_what_was_shown_and_is_refused_if_it_is_something_else() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String id = Flow.requestOf(raised.execution(), "Finance Head");
        String snapshot = Api.as(Flow.FINANCE_HEAD).get(PATH + id).at("/snapshot");

        Answer changed = Api.as(Flow.FINANCE_HEAD)
                .post(PATH + id + "/approve", "{\"snapshot\": \"" + "0".repeat(64) + "\"}")
                .expectProblem(409, "document_changed");
        Api.as(Flow.FINANCE_HEAD)
                .post(PATH + id + "/approve", "{\"snapshot\": \"" + snapshot + "\"}")
                .expect(200);

        assertThat(changed.body().path("changes").isArray()).isTrue();
    }

    /** P4, in bulk: what is refused of one keeps none of the others back. */
    @Test
    void P4_many_are_decided_each_by_itself_and_an_own_request_is_refused_among_them() {
        String good = ask("message: fine", "Procurement Manager");
        String own = ask("requester: " + PROCUREMENT, "Procurement Manager");
        String others = ask("message: not hers", "Accounts");
        String unknown = new UUID(7, 7).toString();

        Answer answer = Api.as(PROCUREMENT)
                .post(PATH + "bulk", """
                        {"ids": ["%s", "%s", "%s", "%s"], "decision": "approve"}""".formatted(own, good, others, unknown))
                .expect(200);

        assertThat(answer.body()
                        .path("items")
                        .valueStream()
                        .map(i -> i.path("id").stringValue() + " "
                                + i.path("code").asString("") + i.path("status").asString("")))
                .containsExactly(
                        own + " own_request", good + " approved", others + " not_asked", unknown + " not_found");
        assertThat(Api.as(Flow.ADMIN).get(PATH + own).at("/status")).isEqualTo("pending");
        Api.as(PROCUREMENT)
                .post(PATH + "bulk", "{\"ids\": [], \"decision\": \"perhaps\"}")
                .expect(422);
    }

    @Test
    void a_document_is_sent_back_with_a_comment_and_who_comes_later_is_told() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String id = Flow.requestOf(raised.execution(), "Finance Head");
        String without = ask("message: no document", "Accounts");

        Api.as(Flow.FINANCE_HEAD).post(PATH + id + "/return", "").expectProblem(422, "comment_required");
        Answer returned = Api.as(Flow.FINANCE_HEAD)
                .post(PATH + id + "/return", "{\"comment\": \"cheaper, please\"}")
                .expect(200);
        Answer late = Api.as(Flow.FINANCE_HEAD).post(PATH + id + "/approve", "").expectProblem(409, "returned");
        Api.as(ACCOUNTS)
                .post(PATH + without + "/return", "{\"comment\": \"what?\"}")
                .expectProblem(409, "nothing_to_return");

        assertThat(Api.as(Flow.ADMIN)
                        .get("/workflows/executions/" + raised.execution())
                        .at("/waiting_for/0/kind"))
                .isEqualTo("resubmission");
        assertThat(returned.at("/status")).isEqualTo("returned");
        assertThat(late.at("/decision/decided_by_name")).isEqualTo("Meera Iyer");
        assertThat(late.at("/decision/comment")).isEqualTo("cheaper, please");
    }

    @Test
    void a_request_is_handed_over_to_somebody_who_may_decide_it() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String id = Flow.requestOf(raised.execution(), "Finance Head");
        String reassign = PATH + id + "/reassign";

        Api.as(Flow.ADMIN).post(reassign, "{\"to\": \"CFO\"}").expectProblem(403, "not_asked");
        Api.as(Flow.FINANCE_HEAD).post(reassign, "{\"to\": \"Night Shift\"}").expectProblem(422, "unknown_target");
        Api.as(Flow.FINANCE_HEAD)
                .post(reassign, "{\"to\": \"" + Flow.REQUESTER + "\"}")
                .expectProblem(422, "nobody_can_decide");
        Api.as(Flow.FINANCE_HEAD).post(reassign, "{\"to\": \"CFO\"}").expect(200);

        assertThat(Api.as(Flow.CFO).get(PATH + id).at("/required_role")).isEqualTo("CFO");
        Api.as(Flow.FINANCE_HEAD).post(PATH + id + "/approve", "").expectProblem(403, "not_asked");
        Api.as(Flow.CFO).post(PATH + id + "/approve", "").expect(200);
    }

    @Test
    void the_administrator_hands_over_what_nobody_can_decide() {
        String id = ask("requester: " + PROCUREMENT, "Procurement Manager");

        Api.as(Flow.ADMIN)
                .post(PATH + id + "/reassign", "{\"to\": \"" + ACCOUNTS + "\"}")
                .expect(200);

        Api.as(ACCOUNTS).post(PATH + id + "/approve", "").expect(200);
    }

    @Test
    void people_see_what_they_have_to_do_with_and_overseers_see_everything() {
        String id = ask("requester: requester@acme.test", "Accounts");

        Api.as("sales.head@acme.test").get(PATH + id).expectProblem(404, "not_found");
        Api.as("finance.head@globex.test").get(PATH + id).expectProblem(404, "not_found");
        for (String who : new String[] {ACCOUNTS, Flow.REQUESTER, Flow.AUDITOR, Flow.CFO, Flow.ADMIN}) {
            Api.as(who).get(PATH + id).expect(200);
        }
        assertThat(contains(Api.as("sales.head@acme.test").get("/workflows/approvals?limit=200"), id))
                .isFalse();
        assertThat(contains(Api.as(Flow.AUDITOR).get("/workflows/approvals?limit=200"), id))
                .isTrue();
    }

    @Test
    void the_past_is_listed_by_status_and_by_who_decided() {
        String id = ask("message: remember me", "Accounts");
        Api.as(ACCOUNTS).post(PATH + id + "/approve", "{\"comment\": \"yes\"}").expect(200);

        Answer mine = Api.as(ACCOUNTS)
                .get("/workflows/approvals?decided_by=me&limit=1")
                .expect(200);

        assertThat(mine.at("/items/0/id")).isEqualTo(id);
        assertThat(mine.at("/items/0/decisions/0/comment")).isEqualTo("yes");
        assertThat(contains(Api.as(Flow.ADMIN).get("/workflows/approvals?status=approved&limit=200"), id))
                .isTrue();
        assertThat(contains(Api.as(Flow.ADMIN).get("/workflows/approvals?status=pending&limit=200"), id))
                .isFalse();
        assertThat(contains(Api.as(Flow.CFO).get("/workflows/approvals?decided_by=me&limit=200"), id))
                .isFalse();
        Api.as(Flow.ADMIN).get("/workflows/approvals?status=lost").expectProblem(422, "not_one_of");
        Api.as(Flow.ADMIN).get("/workflows/approvals?decided_by=you").expectProblem(422, "not_one_of");
    }

    private static boolean contains(Answer list, String id) {
        return list.expect(200)
                .body()
                .path("items")
                .valueStream()
                .anyMatch(i -> i.path("id").asString().equals(id));
    }

    private static JsonNode find(Answer list, String id) {
        return list.body()
                .path("items")
                .valueStream()
                .filter(i -> i.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
