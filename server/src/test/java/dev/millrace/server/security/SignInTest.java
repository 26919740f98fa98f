package dev.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static Answer login(String company, String email, String password) {
        return Api.anonymous().post("/auth/login", Api.login(company, email, password));
    }

    @Test
    void a_member_signs_in_and_is_told_who_they_are() {
        Answer token = login("acme", "Requester@acme.test", "millrace-demo").expect(200);

        Answer me = Api.withToken(token.at("/access_token")).get("/me").expect(200);

        assertThat(token.at("/token_type")).isEqualTo("Bearer");
        assertThat(token.body().at("/expires_in").asInt()).isEqualTo(3600);
        assertThat(me.at("/user/email")).isEqualTo("requester@acme.test");
        assertThat(me.at("/tenant/slug")).isEqualTo("acme");
        assertThat(me.at("/roles/0")).isEqualTo("Requester");
    }

    @Test
    void whatever_is_wrong_the_answer_is_the_same() {
        Answer password = login("acme", "auditor@acme.test", "wrong").expectProblem(401, "invalid_credentials");
        Answer member = login("acme", "nobody@acme.test", "millrace-demo").expectProblem(401, "invalid_credentials");
        Answer company =
                login("nowhere", "auditor@acme.test", "millrace-demo").expectProblem(401, "invalid_credentials");
        Answer other = login("globex", "auditor@acme.test", "millrace-demo").expectProblem(401, "invalid_credentials");

        assertThat(member.at("/detail")).isEqualTo(password.at("/detail"));
        assertThat(company.at("/detail")).isEqualTo(password.at("/detail"));
        assertThat(other.at("/detail")).isEqualTo(password.at("/detail"));
    }

    @Test
    void an_account_is_throttled_after_ten_failures_and_others_are_not() {
        for (int i = 0; i < 10; i++) {
            login("acme", "warehouse@acme.test", "wrong").expectProblem(401, "invalid_credentials");
        }

        Answer throttled =
                login("acme", "WAREHOUSE@acme.test", "millrace-demo").expectProblem(429, "too_many_requests");

        assertThat(Integer.parseInt(throttled.header("retry-after"))).isBetween(1, 61);
        login("acme", "sales.head@acme.test", "millrace-demo").expect(200);
    }

    @Test
    void a_failed_sign_in_is_in_the_journal_without_the_password() {
        login("acme", "accounts@acme.test", "not-my-password").expectProblem(401, "invalid_credentials");

        Answer log = org.awaitility.Awaitility.await()
                .until(
                        () -> Api.as("auditor@acme.test").get("/audit-logs?resource_type=member&limit=200"),
                        answer -> answer.text().contains("member.sign_in_failed"));

        assertThat(log.text()).contains("accounts@acme.test").doesNotContain("not-my-password");
    }
}
