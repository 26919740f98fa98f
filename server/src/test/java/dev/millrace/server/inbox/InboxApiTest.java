package dev.millrace.server.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import org.junit.jupiter.api.Test;

/** Messages, tasks and message templates over the API, given by a definition. */
class InboxApiTest {
    private static final Api ADMIN = Api.as(Flow.ADMIN);
    private static final Api SALES = Api.as("sales.head@acme.test");

    @Test
    void a_definition_gives_a_task_that_is_handed_over_and_done() {
        String title = "Call " + Flow.newName();
        Answer over = run("""
                    - id: assign
                      action: erp.task.assign
                      config: { role: Sales Head, title: "%s", due_in: 2d, checklist: [price, date] }
                """.formatted(title));
        String id = over.at("/steps/0/output/task_id");

        assertThat(SALES.get("/tasks?mine").expect(200).text()).contains(title, "\"checklist\":[\"price\",\"date\"]");
        Api.as(Flow.AUDITOR).post("/tasks/" + id + "/done", "{}").expectProblem(404, "not_found");
        SALES.post("/tasks/" + id + "/reassign", "{}").expectProblem(422, "required");
        SALES.post("/tasks/" + id + "/reassign", "{\"to_user\": \"nobody@acme.test\"}")
                .expectProblem(422, "user_unknown");
        ADMIN.post("/tasks/" + id + "/reassign", "{\"to_user\": \"auditor@acme.test\", \"comment\": \"yours\"}")
                .expect(200);
        SALES.post("/tasks/" + id + "/done", "{}").expectProblem(404, "not_found");
        Answer done = Api.as(Flow.AUDITOR)
                .post("/tasks/" + id + "/done", "{\"comment\": \"called\"}")
                .expect(200);
        assertThat(done.at("/status")).isEqualTo("done");
        Api.as(Flow.AUDITOR).post("/tasks/" + id + "/done", "{}").expectProblem(409, "not_open");
        assertThat(ADMIN.get("/tasks?mine=false").expect(200).text()).contains(title);
        SALES.get("/tasks?mine=false").expectProblem(403, "forbidden");
        ADMIN.post("/tasks/unknown/done", "{}").expectProblem(404, "not_found");
    }

    @Test
    void messages_are_read_one_by_one_or_all() {
        String body = "Look at " + Flow.newName();
        run("""
                    - id: tell
                      action: erp.notification.send
                      config: { channel: in_app, to: cfo@acme.test, body: "%s" }
                """.formatted(body));
        Api cfo = Api.as("cfo@acme.test");
        Answer list = cfo.get("/notifications?mine&unread&limit=1").expect(200);
        assertThat(list.text()).contains(body);
        String id = list.at("/items/0/id");

        assertThat(Api.as(Flow.AUDITOR)
                        .post("/notifications/read", "{\"ids\": [\"" + id + "\"]}")
                        .at("/read"))
                .isEqualTo("0");
        assertThat(cfo.post("/notifications/read", "{\"ids\": [\"" + id + "\"]}")
                        .expect(200)
                        .at("/read"))
                .isEqualTo("1");
        assertThat(cfo.post("/notifications/read", "{\"ids\": [\"" + id + "\"]}")
                        .at("/read"))
                .isEqualTo("0");
        cfo.post("/notifications/read", "{\"ids\": [\"x\"]}").expectProblem(422, "type_mismatch");
    }

    @Test
    void message_templates_are_set_and_their_names_checked() {
        String path = "/admin/message-templates/order_ready_" + System.nanoTime() % 100_000;
        Answer wrong = ADMIN.call(
                        "PUT", path, "{\"variables\": [\"po\"], \"body\": \"Order {{ pos }} of {{ tenant.name }}\"}")
                .expectProblem(422, "unknown_name");
        assertThat(wrong.at("/errors/0/path")).isEqualTo("body");
        ADMIN.get(path).expectProblem(404, "not_found");

        Answer made = ADMIN.call("PUT", path, """
                        {"variables": ["po"], "subject": "Order {{ po }}", "body": "{{ po }} is ready",
                         "whatsapp": {"name": "order_ready", "language": "en", "parameters": ["{{ po }}"]}}""").expect(201);
        assertThat(made.header("etag")).isEqualTo("\"1\"");
        Answer changed = ADMIN.call("PUT", path, "{\"body\": \"ready\"}", "If-Match", "\"1\"")
                .expect(200);
        assertThat(changed.at("/version")).isEqualTo("2");
        ADMIN.call("PUT", path, "{\"body\": \"ready!\"}", "If-Match", "\"1\"").expectProblem(412, "stale");
        assertThat(ADMIN.get("/admin/message-templates").expect(200).text()).contains("order_ready_");
        ADMIN.call("PUT", "/admin/message-templates/Bad", "{\"body\": \"x\"}").expectProblem(404, "not_found");
        ADMIN.call("DELETE", path, "").expect(204);
        ADMIN.call("DELETE", path, "").expectProblem(404, "not_found");
        await().untilAsserted(() -> assertThat(
                        ADMIN.get("/audit-logs?resource_type=message_template").text())
                .contains("message_template.created", "message_template.changed", "message_template.deleted"));
    }

    private static Answer run(String steps) {
        String yaml = """
                workflow:
                  name: %s
                  trigger: { manual: true }
                  steps:
                %s""".formatted(Flow.newName(), steps);
        String id = ADMIN.post("/workflows", Flow.json(yaml, ", \"enabled\": true"))
                .expect(201)
                .at("/id");
        Answer over = Flow.awaitOver(
                ADMIN.post("/workflows/" + id + "/run", "{}").expect(202).at("/execution_id"));
        assertThat(over.at("/outcome")).as(over.text()).isEqualTo("succeeded");
        return over;
    }
}
