package dev.millrace.server.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The webhook of the Cloud API: its handshake and its signature. */
class WhatsAppEndpointTest {
    private static final String PATH = "/whatsapp/webhook";

    @Test
    void the_handshake_gives_the_challenge_back_to_who_knows_the_token() {
        Answer answer = Api.anonymous()
                .get(PATH + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify-token")
                .expect(200);

        assertThat(answer.text()).isEqualTo("1158201444");
        assertThat(answer.header("content-type")).startsWith("text/plain");
        Api.anonymous()
                .get(PATH + "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess")
                .expectProblem(403, "forbidden");
        Api.anonymous().get(PATH).expectProblem(403, "forbidden");
    }

    @Test
    void only_what_is_signed_with_the_app_secret_is_taken() throws Exception {
        String body = "{\"object\": \"whatsapp_business_account\", \"entry\": []}";

        Api.anonymous()
                .call("POST", PATH, body, "X-Hub-Signature-256", "sha256=" + signature("app-secret", body))
                .expect(200);
        Api.anonymous()
                .call("POST", PATH, body, "X-Hub-Signature-256", "sha256=" + signature("another", body))
                .expectProblem(401, "invalid_signature");
        Api.anonymous()
                .call("POST", PATH, body + " ", "X-Hub-Signature-256", "sha256=" + signature("app-secret", body))
                .expectProblem(401, "invalid_signature");
        Api.anonymous()
                .call("POST", PATH, body, "X-Hub-Signature-256", signature("app-secret", body))
                .expectProblem(401, "invalid_signature");
        Api.anonymous().post(PATH, body).expectProblem(401, "invalid_signature");
    }

    @Test
    void what_is_signed_and_no_json_or_too_long_is_refused() throws Exception {
        String broken = "{";
        Api.anonymous()
                .call("POST", PATH, broken, "X-Hub-Signature-256", "sha256=" + signature("app-secret", broken))
                .expectProblem(400, "malformed_json");
        Api.anonymous().post(PATH, "x".repeat(256 * 1024 + 1)).expectProblem(413, "payload_too_large");
    }

    private static String signature(String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
