package dev.millrace.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelegationApiTest {
    private static final Api MEERA = Api.as(Flow.FINANCE_HEAD);
    private static final Api ADMIN = Api.as(Flow.ADMIN);
    private static final Instant NOW = Instant.parse(ADMIN.get("/admin/clock").at("/now"));
    private static final String STARTS = NOW.plus(Duration.ofDays(300)).toString();
    private static final String ENDS = NOW.plus(Duration.ofDays(301)).toString();

    @Test
    void a_member_gives_sees_and_ends_an_own_delegation() {
        Answer made = MEERA.post(
                        "/me/delegations",
                        body("accounts@acme.test", "\"roles\": [\"Finance Head\"], \"reason\": \"Leave\","))
                .expect(201);

        assertThat(made.at("/from/email")).isEqualTo(Flow.FINANCE_HEAD);
        assertThat(made.at("/to/name")).isEqualTo("Suresh Patil");
        assertThat(made.at("/roles/0")).isEqualTo("Finance Head");
        assertThat(made.header("location")).endsWith("/me/delegations/" + made.at("/id"));
        for (Api side : List.of(MEERA, Api.as("accounts@acme.test"), ADMIN)) {
            String list = side == ADMIN ? "/admin/delegations" : "/me/delegations";
            assertThat(side.get(list).expect(200).text()).contains(made.at("/id"));
        }
        assertThat(Api.as(Flow.CFO).get("/me/delegations").expect(200).text()).doesNotContain(made.at("/id"));

        Api.as("accounts@acme.test")
                .call("DELETE", "/me/delegations/" + made.at("/id"), "")
                .expectProblem(404, "not_found");
        MEERA.call("DELETE", "/me/delegations/" + made.at("/id"), "").expect(204);
        MEERA.call("DELETE", "/me/delegations/" + made.at("/id"), "").expectProblem(409, "over_already");
    }

    @Test
    void an_administrator_names_and_ends_a_deputy_for_somebody_who_is_away() {
        Answer made = ADMIN.post("/admin/delegations", body("sales.head@acme.test", "\"from\": \"" + Flow.CFO + "\","))
                .expect(201);

        assertThat(made.at("/created_by")).isEqualTo("Lakshmi Menon");
        assertThat(Api.as(Flow.CFO).get("/me/delegations").text()).contains(made.at("/id"));
        ADMIN.call("DELETE", "/admin/delegations/" + made.at("/id"), "").expect(204);
        assertThat(ADMIN.get("/admin/delegations").text()).doesNotContain(made.at("/id"));
    }

    /** Who may say who decides must not come to decide himself. */
    @Test
    void an_administrator_is_nobodys_deputy() {
        ADMIN.post("/admin/delegations", body(Flow.ADMIN, "\"from\": \"" + Flow.CFO + "\","))
                .expectProblem(422, "cannot_decide");
    }

    @Test
    void what_cannot_be_is_refused_with_its_place() {
        MEERA.post("/me/delegations", body("nobody@acme.test", "")).expectProblem(422, "user_unknown");
        MEERA.post("/me/delegations", body("admin@globex.test", "")).expectProblem(422, "user_unknown");
        MEERA.post("/me/delegations", body("accounts@acme.test", "\"roles\": [\"CFO\"],"))
                .expectProblem(422, "role_not_held");
        MEERA.post("/me/delegations", "{\"to\": \"accounts@acme.test\"}").expectProblem(422, "required");
        ADMIN.post("/admin/delegations", body("accounts@acme.test", "\"from\": \"x\","))
                .expectProblem(422, "user_unknown");
        MEERA.call("DELETE", "/me/delegations/x", "").expectProblem(404, "not_found");
    }

    @Test
    void another_company_neither_sees_nor_ends_it() {
        Answer made =
                MEERA.post("/me/delegations", body("accounts@acme.test", "")).expect(201);
        Api stranger = Api.as("admin@globex.test");

        assertThat(stranger.get("/admin/delegations").text()).doesNotContain(made.at("/id"));
        stranger.call("DELETE", "/admin/delegations/" + made.at("/id"), "").expectProblem(404, "not_found");
        MEERA.call("DELETE", "/me/delegations/" + made.at("/id"), "").expect(204);
    }

    private static String body(String to, String more) {
        return "{" + more + " \"to\": \"" + to + "\", \"starts\": \"" + STARTS + "\", \"ends\": \"" + ENDS + "\"}";
    }
}
