package dev.millrace.server.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import dev.millrace.server.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Decisions by the link in a mail, without signing in. */
class MailLinkTest {
    private static final String APPROVE = "{\"decision\": \"approve\"}";
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private final Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
    private final String request = Flow.requestOf(raised.execution(), "Finance Head");

    private static String linkOf(String email, String request) {
        Answer me = Api.as(email).get("/me").expect(200);
        return LinkRows.make(
                UUID.fromString(me.at("/tenant/id")), UUID.fromString(request), UUID.fromString(me.at("/user/id")));
    }

    private static Answer see(String token) {
        return Api.anonymous().get("/decide/" + token);
    }

    private static Answer decide(String token, String body) {
        return Api.anonymous().post("/decide/" + token, body);
    }

    private static HttpResponse<String> page(String token, String form) throws Exception {
        HttpRequest.Builder page = HttpRequest.newBuilder(URI.create(TestServer.url() + "/decide/" + token));
        return BROWSER.send(
                form.isEmpty()
                        ? page.build()
                        : page.header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                BodyHandlers.ofString());
    }

    @Test
    void following_a_link_shows_what_is_decided_and_decides_nothing() {
        String link = linkOf(Flow.FINANCE_HEAD, request);

        Answer seen = see(link).expect(200);
        see(link).expect(200);

        assertThat(seen.at("/state")).isEqualTo("open");
        assertThat(seen.at("/decider")).isNotEmpty();
        assertThat(seen.at("/request/id")).isEqualTo(request);
        assertThat(seen.at("/request/status")).isEqualTo("pending");
        assertThat(seen.at("/request/document/number")).isNotEmpty();
        assertThat(Api.as(Flow.FINANCE_HEAD)
                        .get("/workflows/approvals/" + request)
                        .at("/status"))
                .isEqualTo("pending");
    }

    @Test
    void a_link_decides_once_for_its_owner() {
        String link = linkOf(Flow.FINANCE_HEAD, request);

        Answer approved = decide(link, APPROVE).expect(200);
        Answer again =
                decide(link, "{\"decision\": \"reject\", \"comment\": \"no\"}").expectProblem(409, "link_used");
        Answer seen = see(link).expect(200);

        assertThat(approved.at("/status")).isEqualTo("approved");
        assertThat(again.at("/decision/status")).isEqualTo("approved");
        assertThat(seen.at("/state")).isEqualTo("link_used");
        assertThat(Flow.awaitOver(raised.execution()).at("/outcome")).isEqualTo("succeeded");
    }

    @Test
    void a_rejection_says_why_and_until_it_does_the_link_stays_good() {
        String link = linkOf(Flow.FINANCE_HEAD, request);

        decide(link, "{\"decision\": \"reject\"}").expectProblem(422, "comment_required");
        decide(link, "{\"decision\": \"perhaps\"}").expectProblem(422, "not_one_of");
        Answer rejected = decide(link, "{\"decision\": \"reject\", \"comment\": \"too dear\"}")
                .expect(200);

        assertThat(rejected.at("/status")).isEqualTo("rejected");
    }

    @Test
    void P4_nobody_approves_an_own_request_by_a_link() {
        Raised own = Flow.raiseLargeOrder(Flow.FINANCE_HEAD);
        String asked = Flow.requestOf(own.execution(), "CFO");
        String link = linkOf(Flow.FINANCE_HEAD, asked);

        decide(link, APPROVE).expectProblem(403, "own_request");

        // What is listed has a seal, which follows the commit.
        await().untilAsserted(() -> assertThat(Api.as(Flow.AUDITOR)
                        .get("/audit-logs?resource_id=" + asked)
                        .expect(200)
                        .text())
                .contains("workflow.decision_refused"));
        assertThat(see(link).at("/state")).isEqualTo("open");
    }

    @Test
    void a_link_gives_nobody_a_right_that_he_lacks() {
        decide(linkOf(Flow.CFO, request), APPROVE).expectProblem(403, "not_asked");
        decide(linkOf(Flow.AUDITOR, request), APPROVE).expectProblem(403, "forbidden");
    }

    @Test
    void who_comes_too_late_is_told_what_happened() {
        String link = linkOf(Flow.FINANCE_HEAD, request);
        Api.as(Flow.FINANCE_HEAD)
                .post("/workflows/approvals/" + request + "/approve", "{}")
                .expect(200);

        assertThat(see(link).expect(200).at("/state")).isEqualTo("already_decided");
        decide(link, APPROVE).expectProblem(409, "already_decided");
    }

    @Test
    void what_is_no_link_is_not_there() throws Exception {
        see("nothing").expectProblem(404, "not_found");
        decide("nothing", APPROVE).expectProblem(404, "not_found");
        decide("nothing", "{").expectProblem(404, "not_found");
        assertThat(page("nothing", "").statusCode()).isEqualTo(404);
        assertThat(page("nothing", "decision=approve").statusCode()).isEqualTo(404);
    }

    @Test
    void a_person_gets_a_page_with_buttons_and_decides_there() throws Exception {
        String link = linkOf(Flow.FINANCE_HEAD, request);

        HttpResponse<String> seen = page(link, "");
        HttpResponse<String> neither = page(link, "decision=maybe");
        HttpResponse<String> silent = page(link, "decision=reject&comment=+");
        HttpResponse<String> rejected = page(link, "decision=reject&comment=too+dear");
        HttpResponse<String> again = page(link, "decision=approve");

        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(seen.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(seen.headers().firstValue("cache-control").orElse("")).contains("no-store");
        assertThat(seen.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(seen.body())
                .contains("<form method=\"post\">", "value=\"approve\"", "value=\"reject\"", "Asked for by", "<dd>₹")
                .doesNotContain("<script");
        assertThat(neither.statusCode()).isEqualTo(422);
        assertThat(silent.statusCode()).isEqualTo(422);
        assertThat(silent.body()).contains("must say why", "<form method=\"post\">", "<dd>₹");
        assertThat(rejected.statusCode()).isEqualTo(200);
        assertThat(rejected.body()).contains("it is rejected");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("has decided already").doesNotContain("<form");
    }

    @Test
    void who_wants_mail_says_so() {
        Api buyer = Api.as("procurement@acme.test");

        assertThat(buyer.get("/me/preferences").expect(200).body().path("email").asBoolean())
                .isFalse();
        buyer.call("PUT", "/me/preferences", "{\"email\": true}").expect(200);
        assertThat(buyer.get("/me/preferences").body().path("email").asBoolean())
                .isTrue();
        buyer.call("PUT", "/me/preferences", "{\"email\": \"yes\"}").expectProblem(422, "type_mismatch");
        buyer.call("PUT", "/me/preferences", "{\"email\": false}").expect(200);
    }
}
