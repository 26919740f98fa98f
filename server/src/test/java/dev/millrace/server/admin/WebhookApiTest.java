package dev.millrace.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Hosts and secrets of webhooks over the API, and a definition that posts. */
class WebhookApiTest {
    private static final Api ADMIN = Api.as(Flow.ADMIN);

    @Test
    void hosts_are_allowed_and_taken_back_one_by_one() {
        ADMIN.post("/admin/webhook-hosts", "{\"host\": \"Hooks.Partner.Example\"}")
                .expect(201);
        ADMIN.post("/admin/webhook-hosts", "{\"host\": \"hooks.partner.example\"}")
                .expect(200);
        assertThat(ADMIN.get("/admin/webhook-hosts").expect(200).text())
                .contains("{\"host\":\"hooks.partner.example\"}");
        assertThat(ADMIN.get("/admin/policies").text()).contains("hooks.partner.example");

        ADMIN.call("DELETE", "/admin/webhook-hosts/hooks.partner.example", "").expect(204);
        ADMIN.call("DELETE", "/admin/webhook-hosts/hooks.partner.example", "").expectProblem(404, "not_found");
        ADMIN.post("/admin/webhook-hosts", "{\"host\": \"169.254.169.254\"}").expectProblem(422, "out_of_range");
        await().untilAsserted(() -> assertThat(ADMIN.get("/audit-logs").text())
                .contains("\\\"webhook_hosts\\\":[\\\"hooks.partner.example"));
    }

    @Test
    void a_secret_is_shown_once_and_journaled_by_its_name_only() {
        Answer made = ADMIN.post("/admin/webhook-secrets", "{\"name\": \"shown-once\"}")
                .expect(201);
        Answer rotated =
                ADMIN.post("/admin/webhook-secrets/shown-once/rotate", "{}").expect(200);

        assertThat(made.at("/secret")).startsWith("whsec_");
        assertThat(rotated.at("/secret")).startsWith("whsec_").isNotEqualTo(made.at("/secret"));
        assertThat(rotated.at("/version")).isEqualTo("2");
        assertThat(ADMIN.get("/admin/webhook-secrets").text())
                .contains("shown-once")
                .doesNotContain("whsec_");
        ADMIN.post("/admin/webhook-secrets", "{\"name\": \"shown-once\"}").expectProblem(409, "name_taken");
        ADMIN.post("/admin/webhook-secrets", "{\"name\": \"Bad Name\"}").expectProblem(422, "out_of_range");
        ADMIN.post("/admin/webhook-secrets", "{\"name\": \"x\", \"secret\": \"guess\"}")
                .expectProblem(422, "out_of_range");
        ADMIN.post("/admin/webhook-secrets/unknown/rotate", "{}").expectProblem(404, "not_found");
        await().untilAsserted(() -> assertThat(
                        ADMIN.get("/audit-logs?resource_type=webhook_secret").text())
                .contains("webhook_secret.created", "webhook_secret.rotated", "shown-once")
                .doesNotContain("whsec_", made.at("/secret"), rotated.at("/secret")));
        ADMIN.call("DELETE", "/admin/webhook-secrets/shown-once", "").expect(204);
        ADMIN.call("DELETE", "/admin/webhook-secrets/shown-once", "").expectProblem(404, "not_found");
    }

    @Test
    void an_answer_with_a_secret_is_kept_for_no_repetition() {
        ADMIN.call("POST", "/admin/webhook-secrets", "{\"name\": \"not-kept\"}", "Idempotency-Key", "k-1")
                .expect(201);

        ADMIN.call("POST", "/admin/webhook-secrets", "{\"name\": \"not-kept\"}", "Idempotency-Key", "k-1")
                .expectProblem(409, "name_taken");
    }

    @Test
    void a_definition_posts_to_an_allowed_host_and_is_refused_elsewhere() throws Exception {
        String secret =
                ADMIN.post("/admin/webhook-secrets", "{\"name\": \"posting\"}").at("/secret");
        ADMIN.post("/admin/webhook-hosts", "{\"host\": \"localhost\"}");
        var received = new CopyOnWriteArrayList<List<String>>();
        HttpServer partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        partner.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(List.of(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(body, StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] answer = "{\"ticket\": \"T-1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        partner.start();
        try {
            Answer done = run("http://localhost:" + partner.getAddress().getPort() + "/in");

            assertThat(done.at("/outcome")).as(done.text()).isEqualTo("succeeded");
            assertThat(done.at("/steps/0/output/body/ticket")).isEqualTo("T-1");
            List<String> got = received.getFirst();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
            String signed = got.get(0) + "." + got.get(1) + "." + got.get(3);
            assertThat(got.get(2))
                    .isEqualTo("v1,"
                            + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        } finally {
            partner.stop(0);
        }
        assertThat(run("https://127.0.0.1/").at("/steps/0/error/code")).isEqualTo("host_not_allowed");
        assertThat(run("ftp://localhost/").at("/steps/0/error/code")).isEqualTo("scheme_not_allowed");
        assertThat(received).hasSize(1);
    }

    /** The address is computed, so that it is looked at when it runs. */
    private static Answer run(String url) {
        String yaml = """
                workflow:
                  name: %s
                  trigger: { manual: true, inputs: { type: object, properties: { url: { type: string } } } }
                  steps:
                    - id: post
                      action: erp.webhook.post
                      config: { url: "{{ trigger.url }}", body: { a: 1 }, secret: posting }
                """.formatted(Flow.newName());
        String id = ADMIN.post("/workflows", Flow.json(yaml, ", \"enabled\": true"))
                .expect(201)
                .at("/id");
        Answer started = ADMIN.post("/workflows/" + id + "/run", "{\"payload\": {\"url\": \"" + url + "\"}}")
                .expect(202);
        return Flow.awaitOver(started.at("/execution_id"));
    }
}
