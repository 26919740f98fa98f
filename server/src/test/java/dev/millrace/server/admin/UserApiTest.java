package dev.millrace.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UserApiTest {
    private static final Api ADMIN = Api.as(Flow.ADMIN);

    @Test
    void people_and_roles_are_listed() {
        assertThat(user("finance.head@acme.test").path("roles").toString()).contains("Finance Head", "Requester");
        assertThat(ADMIN.get("/admin/roles").expect(200).text()).contains("{\"name\":\"CFO\",\"people\":1}");
    }

    @Test
    void a_member_who_is_switched_off_is_out_within_seconds_and_in_again() {
        String id = user("sales.head@acme.test").path("id").asString();
        Api farah = Api.as("sales.head@acme.test");
        farah.get("/me").expect(200);

        Answer off =
                ADMIN.call("PATCH", "/admin/users/" + id, "{\"active\": false}").expect(200);

        assertThat(off.body().at("/user/active").asBoolean()).isFalse();
        await().atMost(Duration.ofSeconds(15)).until(() -> farah.get("/me").status() == 401);
        Api.anonymous()
                .post("/auth/login", Api.login("acme", "sales.head@acme.test", "millrace-demo"))
                .expect(401);
        ADMIN.call("PATCH", "/admin/users/" + id, "{\"active\": true}").expect(200);
        await().atMost(Duration.ofSeconds(15)).until(() -> farah.get("/me").status() == 200);
    }

    @Test
    void who_loses_a_role_leaves_requests_that_are_named_and_go_to_whom_comes_next() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");
        String id = user(Flow.FINANCE_HEAD).path("id").asString();
        try {
            Answer changed = ADMIN.call("PATCH", "/admin/users/" + id, "{\"roles\": [\"Requester\"]}")
                    .expect(200);

            JsonNode affected = changed.body()
                    .path("affected_requests")
                    .valueStream()
                    .filter(each -> each.path("id").asString().equals(request))
                    .findFirst()
                    .orElseThrow();
            assertThat(affected.path("nobody").asBoolean()).isTrue();
            assertThat(affected.path("required_role").asString()).isEqualTo("Finance Head");
            Flow.requestOf(raised.execution(), "CFO");
        } finally {
            ADMIN.call("PATCH", "/admin/users/" + id, "{\"roles\": [\"Finance Head\", \"Requester\"]}")
                    .expect(200);
        }
        // The next test may sign her in before the server has looked again.
        await().atMost(Duration.ofSeconds(15))
                .until(() -> Api.as(Flow.FINANCE_HEAD).get("/me").text().contains("approval:decide"));
    }

    @Test
    void what_must_not_be_is_refused() {
        String own = user(Flow.ADMIN).path("id").asString();
        String id = user("sales.head@acme.test").path("id").asString();

        ADMIN.call("PATCH", "/admin/users/" + own, "{\"active\": false}").expectProblem(403, "own_membership");
        ADMIN.call("PATCH", "/admin/users/" + id, "{\"roles\": [\"Emperor\"]}").expectProblem(422, "unknown_role");
        ADMIN.call("PATCH", "/admin/users/" + id, "{\"role\": \"CFO\"}").expectProblem(422, "unknown_field");
        ADMIN.call("PATCH", "/admin/users/x", "{}").expectProblem(404, "not_found");
        Api.as("admin@globex.test").call("PATCH", "/admin/users/" + id, "{}").expectProblem(404, "not_found");
    }

    private static JsonNode user(String email) {
        return ADMIN.get("/admin/users")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(user -> user.path("email").asString().equals(email))
                .findFirst()
                .orElseThrow();
    }
}
