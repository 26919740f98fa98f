package dev.millrace.erp.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.Step;
import dev.millrace.erp.WebhookSecrets.Made;
import dev.millrace.erp.webhook.Partner.Asked;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class PostWebhookTest {
    private final Partner partner = Partner.start();
    private final WebhookFixture fixture = new WebhookFixture();

    @AfterEach
    void close() {
        partner.close();
    }

    @Test
    void the_body_goes_out_signed_as_standard_webhooks_says() throws Exception {
        String secret = fixture.secret("orders");
        partner.answers(201, "application/json; charset=utf-8", "{\"ok\": true, \"amount\": 10.50}");
        var config = new PostWebhook.Config(
                partner.url("/po?source=millrace"),
                Optional.of(Json.read("{\"po\": \"PO/1\", \"total\": 118000.00, \"who\": \"Müller\"}")),
                Optional.of(Map.of("X-Source", StringNode.valueOf("millrace"))),
                Optional.of("orders"),
                Optional.empty(),
                Optional.empty());

        PostWebhook.Output output = fixture.call(config);

        assertThat(output.status()).isEqualTo(201);
        assertThat(output.body()).contains(Json.read("{\"ok\": true, \"amount\": 10.50}"));
        assertThat(output.durationMs()).isNotNegative();
        Asked asked = partner.asked().getFirst();
        assertThat(asked.body()).isEqualTo("{\"po\":\"PO/1\",\"total\":118000.00,\"who\":\"Müller\"}");
        assertThat(asked.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-source", "millrace")
                .containsEntry("idempotency-key", fixture.step.idempotencyKey());
        assertThat(asked.headers().get("webhook-id")).matches("msg_[0-9a-f]{32}");
        assertThat(Long.parseLong(asked.headers().get("webhook-timestamp")))
                .isCloseTo(InstantSource.system().instant().getEpochSecond(), within(60L));
        assertThat(asked.headers().get("webhook-signature")).isEqualTo(signature(secret, asked));
    }

    /** The example of the specification of Standard Webhooks, made with its reference libraries. */
    @Test
    void the_signature_is_that_of_the_reference_libraries() {
        byte[] key = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        String signature = Signing.sign(
                List.of(key),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_second_try_is_the_same_message() {
        partner.answers(500, "text/plain", "");
        fixture.failure(WebhookFixture.to(partner.url("/")));
        partner.answers(204, "text/plain", "");
        fixture.call(WebhookFixture.to(partner.url("/")));

        Asked first = partner.asked().getFirst();
        Asked second = partner.asked().getLast();
        assertThat(second.headers().get("webhook-id")).isEqualTo(first.headers().get("webhook-id"));
        assertThat(second.headers().get("idempotency-key"))
                .isEqualTo(first.headers().get("idempotency-key"));
    }

    @Test
    void after_a_rotation_old_and_new_secret_sign_for_a_day() throws Exception {
        partner.answers(204, "text/plain", "");
        String old = fixture.secret("orders");
        String fresh = ((Made.Done) fixture.world.run(tx -> fixture.world
                        .erp
                        .webhookSecrets(fixture.world.trail())
                        .rotate(tx, "orders", Optional.empty(), fixture.world.requester())))
                .text();

        fixture.call(signedBy("orders"));
        fixture.world.run(tx -> tx.handle()
                .createUpdate("update webhook_secrets set previous_until = millrace_now()"
                        + " where tenant_id = :tenant and name = 'orders'")
                .bind("tenant", tx.tenant())
                .execute());
        fixture.call(signedBy("orders"));

        Asked both = partner.asked().getFirst();
        assertThat(both.headers().get("webhook-signature"))
                .isEqualTo(signature(fresh, both) + " " + signature(old, both));
        Asked one = partner.asked().getLast();
        assertThat(one.headers().get("webhook-signature")).isEqualTo(signature(fresh, one));
    }

    @Test
    void without_a_body_what_started_the_execution_is_sent() {
        partner.answers(200, "text/plain", "thanks");

        PostWebhook.Output output = fixture.call(WebhookFixture.to(partner.url("/")));

        assertThat(partner.asked().getFirst().body()).isEqualTo(Json.write(new Step(fixture.world).trigger()));
        assertThat(output.body()).contains(StringNode.valueOf("thanks"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, http_4xx, false",
        "401, http_4xx, false",
        "404, http_4xx, false",
        "410, http_4xx, false",
        "429, http_429, true",
        "500, http_5xx, true",
        "503, http_5xx, true",
        "304, redirect_not_allowed, false"
    })
    void what_is_no_success_fails_and_is_tried_again_where_that_may_help(int status, String code, boolean again) {
        partner.answers(status, "application/json", "{}");

        ActionFailure failure = fixture.failure(WebhookFixture.to(partner.url("/")));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.isRetryable()).isEqualTo(again);
        assertThat(failure).hasMessageContaining("hook.example answered " + status);
    }

    @Test
    void what_counts_as_success_can_be_said() {
        partner.answers(409, "application/json", "{\"known\": true}");
        assertThat(fixture.call(expecting(List.of(200, 409))).status()).isEqualTo(409);

        partner.answers(201, "application/json", "{}");
        assertThat(fixture.failure(expecting(List.of(200))).code()).isEqualTo("response_invalid");
    }

    @Test
    void the_answer_must_fit_the_schema() {
        Map<String, JsonNode> schema = new LinkedHashMap<>();
        schema.put("type", StringNode.valueOf("object"));
        schema.put("required", Json.read("[\"ticket\"]"));
        var config = new PostWebhook.Config(
                partner.url("/"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("default"),
                Optional.empty(),
                Optional.of(schema));

        partner.answers(200, "application/json", "{\"ticket\": 7}");
        assertThat(fixture.call(config).body()).isPresent();
        partner.answers(200, "application/json", "{\"tikcet\": 7}");
        assertThat(fixture.failure(config)).hasMessageContaining("does not fit response_schema");
        partner.answers(204, "application/json", "");
        assertThat(fixture.failure(config).code()).isEqualTo("response_invalid");
    }

    @Test
    void answers_are_read_in_pieces_and_up_to_the_end_of_the_connection() {
        partner.replies(out -> out.write(ascii("""
                HTTP/1.1 100 Continue

                HTTP/1.1 200 OK
                Content-Type: application/json
                Transfer-Encoding: chunked

                5;x=y
                {"a":
                3
                 1}
                0

                """.replace("\n", "\r\n"))));
        assertThat(fixture.call(WebhookFixture.to(partner.url("/"))).body()).contains(Json.read("{\"a\": 1}"));

        partner.replies(out -> out.write(ascii("HTTP/1.0 200\r\nContent-Type: text/plain\r\n\r\nto the end")));
        assertThat(fixture.call(WebhookFixture.to(partner.url("/"))).body()).contains(StringNode.valueOf("to the end"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n"
            })
    void what_is_no_answer_is_told_and_not_tried_again(String answer) {
        byte[] much = new byte[answer.contains("1048577") ? 1_048_577 : 0];
        partner.replies(out -> {
            out.write(ascii(answer));
            out.write(much);
        });

        ActionFailure failure = fixture.failure(WebhookFixture.to(partner.url("/")));

        assertThat(failure.code()).isEqualTo("response_invalid");
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void an_endless_answer_and_a_long_text_are_cut_off() {
        partner.replies(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\n"));
            while (true) {
                out.write(ascii("X-More: and more\r\n"));
            }
        });
        assertThat(fixture.failure(WebhookFixture.to(partner.url("/"))).code()).isEqualTo("response_invalid");

        partner.answers(200, "text/plain", "x".repeat(ResponseBody.TEXT_MOST + 1));
        assertThat(fixture.failure(WebhookFixture.to(partner.url("/")))).hasMessageContaining("65536 bytes");
    }

    /** Each byte comes in time, and the answer never. */
    @Test
    void a_partner_that_drips_is_left_after_the_time_for_the_whole() {
        partner.replies(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nX-Slow: "));
            while (true) {
                out.write('x');
                out.flush();
                pause(Duration.ofMillis(20));
            }
        });
        var hasty = new PinnedPost(fixture.route(), Duration.ofMillis(300), 1000);
        Target target = Target.of(partner.url("/"), false);

        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() ->
                        hasty.send(target, List.of(WebhookFixture.address(Partner.ADDRESS)), Map.of(), new byte[0]));
        PostWebhook impatient = fixture.step.action(PostWebhook.class).leavingAfter(Duration.ofMillis(300));
        ActionFailure failure = catchThrowableOfType(
                ActionFailure.class, () -> impatient.call(fixture.step, WebhookFixture.to(partner.url("/"))));
        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void a_partner_that_is_away_is_worth_another_try() {
        int port = partner.port();
        partner.close();
        ActionFailure refused = fixture.failure(WebhookFixture.to("https://hook.example:" + port + "/"));
        assertThat(refused.code()).isEqualTo("unreachable");
        assertThat(refused.isRetryable()).isTrue();

        var lost = new WebhookFixture().resolving(host -> {
            throw new UnknownHostException(host);
        });
        assertThat(lost.failure(WebhookFixture.to("https://hook.example/")).code())
                .isEqualTo("unreachable");
    }

    @Test
    void a_certificate_for_another_name_is_not_taken() {
        fixture.allow("other.example");
        var elsewhere = new WebhookFixture().resolving(host -> List.of(WebhookFixture.address(Partner.ADDRESS)));
        elsewhere.allow("other.example");
        partner.answers(200, "application/json", "{}");

        ActionFailure failure = elsewhere.failure(WebhookFixture.to("https://other.example:" + partner.port() + "/"));

        assertThat(failure.code()).isEqualTo("unreachable");
        assertThat(partner.asked()).isEmpty();
    }

    @Test
    void a_secret_that_is_not_there_sends_nothing() {
        ActionFailure failure = fixture.failure(signedBy("nobody"));

        assertThat(failure.code()).isEqualTo("secret_unknown");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(partner.asked()).isEmpty();
    }

    private PostWebhook.Config signedBy(String secret) {
        return new PostWebhook.Config(
                partner.url("/"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(secret),
                Optional.empty(),
                Optional.empty());
    }

    private PostWebhook.Config expecting(List<Integer> status) {
        return new PostWebhook.Config(
                partner.url("/"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("default"),
                Optional.of(status),
                Optional.empty());
    }

    /** What the partner does, and nothing that the test waits for. */
    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Worked out apart from what is tested. */
    private static String signature(String secret, Asked asked) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        String signed =
                asked.headers().get("webhook-id") + "." + asked.headers().get("webhook-timestamp") + "." + asked.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
