package dev.millrace.erp.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.WebhookRoute;
import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
import dev.millrace.language.Checker;
import dev.millrace.language.Policies;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Nobody gets a webhook to call what only this machine or its network can reach: cases W1 to W3. */
class ForgeryTest {
    private static final Set<String> REFUSALS = Set.of("host_not_allowed", "scheme_not_allowed");

    /** One company for the hundreds of forms, none of which may leave a trace there. */
    private static final WebhookFixture FIXTURE = new WebhookFixture();

    private static final WebhookFixture INNER = new WebhookFixture();

    private final Canary canary = new Canary();

    static List<String> forms() {
        try (InputStream in = Objects.requireNonNull(ForgeryTest.class.getResourceAsStream("/url-forms.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        canary.close();
    }

    @Test
    void there_are_at_least_60_forms() {
        assertThat(forms()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void W1_no_form_of_a_forbidden_address_is_saved(String form) {
        assertThat(problems(aimed(form)))
                .hasSize(1)
                .allSatisfy(code -> assertThat(REFUSALS).contains(code));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void W1_no_form_of_a_forbidden_address_is_called(String form) {
        ActionFailure failure = FIXTURE.failure(WebhookFixture.to(aimed(form)));

        assertThat(REFUSALS).contains(failure.code());
        assertThat(failure.isRetryable()).isFalse();
        assertThat(canary.hits()).isZero();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void W2_no_redirect_is_followed_whatever_it_says(String form) {
        try (var partner = Partner.start()) {
            partner.answers(
                    302,
                    "text/plain",
                    "",
                    "Location: " + aimed(form).replace("。", ".").replaceAll("[①②⑦⓪]", "1"));

            ActionFailure failure = FIXTURE.failure(WebhookFixture.to(partner.url("/")));

            assertThat(failure.code()).isEqualTo("redirect_not_allowed");
            assertThat(failure.isRetryable()).isFalse();
            assertThat(partner.asked()).hasSize(1);
            assertThat(canary.hits()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void W2_a_redirect_to_another_allowed_host_or_to_itself_is_not_followed_either(int status) {
        var fixture = new WebhookFixture();
        fixture.allow("other.example");
        try (var partner = Partner.start()) {
            partner.answers(status, "text/plain", "", "Location: https://other.example/");
            assertThat(fixture.failure(WebhookFixture.to(partner.url("/"))).code())
                    .isEqualTo("redirect_not_allowed");

            partner.answers(status, "text/plain", "", "Location: " + partner.url("/"));
            assertThat(fixture.failure(WebhookFixture.to(partner.url("/"))).code())
                    .isEqualTo("redirect_not_allowed");

            assertThat(partner.asked()).hasSize(2);
            assertThat(fixture.lookUps).hasValue(2);
        }
    }

    @Test
    void W3_the_address_that_was_checked_is_the_one_that_is_called() {
        var answers =
                new ArrayDeque<>(List.of(WebhookFixture.address(Partner.ADDRESS), WebhookFixture.address("127.0.0.1")));
        var rebinding = new WebhookFixture().resolving(host -> List.of(answers.removeFirst()));
        // The same port as the canary's: only the address tells them apart.
        try (var partner = Partner.at(canary.port())) {
            partner.answers(200, "application/json", "{}");

            PostWebhook.Output output = rebinding.call(WebhookFixture.to(partner.url("/in?x=1")));

            assertThat(output.status()).isEqualTo(200);
            assertThat(rebinding.lookUps).hasValue(1);
            assertThat(canary.hits()).isZero();
            assertThat(partner.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.line()).isEqualTo("POST /in?x=1 HTTP/1.1");
                assertThat(asked.serverName()).isEqualTo(Partner.HOST);
                assertThat(asked.headers()).containsEntry("host", Partner.HOST + ":" + canary.port());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "::",
                "0.0.0.0",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "2001:db8::1",
                "3fff::1",
                "fd00:ec2::254",
                "fec0::1",
                "fe80::1",
                "ff02::1",
                "100::1",
                "5f00::1",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255"
            })
    void W3_an_allowed_name_that_stands_for_an_inner_address_is_not_called(String address) {
        // One good address beside it changes nothing: the connection might take either.
        List<WebhookRoute.Resolver> resolvers = List.of(
                host -> List.of(InetAddress.ofLiteral(address)),
                host -> List.of(InetAddress.ofLiteral(Partner.ADDRESS), InetAddress.ofLiteral(address)));

        for (WebhookRoute.Resolver resolver : resolvers) {
            ActionFailure failure = INNER.resolving(resolver)
                    .failure(WebhookFixture.to("https://" + Partner.HOST + ":" + canary.port() + "/"));
            assertThat(failure.code()).isEqualTo("host_not_allowed");
            assertThat(failure.isRetryable()).isFalse();
        }
        assertThat(canary.hits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001:82a::200e"})
    void addresses_of_the_public_internet_are_no_forgeries(String address) {
        assertThat(WebhookRoute.outside().reachable().test(WebhookFixture.address(address)))
                .isTrue();
    }

    @Test
    void an_administrator_who_allows_localhost_allows_nothing() {
        var fixture = new WebhookFixture();
        fixture.allow("localhost");

        assertThat(fixture.failure(WebhookFixture.to("https://localhost:" + canary.port() + "/"))
                        .code())
                .isEqualTo("host_not_allowed");
        assertThat(canary.hits()).isZero();
    }

    @Test
    void a_schema_for_the_answer_fetches_nothing() {
        try (var partner = Partner.start()) {
            partner.answers(200, "application/json", "{}");
            Map<String, JsonNode> schema =
                    Map.of("$ref", StringNode.valueOf("http://127.0.0.1:" + canary.port() + "/schema.json"));
            var config = new PostWebhook.Config(
                    partner.url("/"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("default"),
                    Optional.empty(),
                    Optional.of(schema));

            assertThat(FIXTURE.failure(config).code()).isEqualTo("response_invalid");

            assertThat(partner.asked()).isEmpty();
            assertThat(canary.hits()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "host",
                "Authorization",
                "Proxy-Authorization",
                "Cookie",
                "Content-Length",
                "Transfer-Encoding",
                "Connection",
                "Upgrade",
                "Expect",
                "Idempotency-Key",
                "webhook-signature",
                "Webhook-Id",
                "X-A: b\r\nX-C",
                "X A",
                "X-Ä",
                ""
            })
    void headers_that_sign_in_or_redraw_the_message_are_refused(String name) {
        ActionFailure failure =
                FIXTURE.failure(WebhookFixture.to("https://hook.example/", Map.of(name, StringNode.valueOf("x"))));

        assertThat(failure.code()).isEqualTo("header_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nHost: evil.example", "a\nb", "a\rb", "ä", "\u0000"})
    void values_of_headers_are_one_line(String value) {
        ActionFailure failure =
                FIXTURE.failure(WebhookFixture.to("https://hook.example/", Map.of("X-A", StringNode.valueOf(value))));

        assertThat(failure.code()).isEqualTo("header_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hook.example/a b",
                "https://hook.example/a\r\nX-Evil: 1",
                "https://hook.example/ä",
                "https://hook.example/%zz",
                "https://hook.example/\\x"
            })
    void what_is_asked_for_cannot_redraw_the_message_either(String url) {
        assertThat(FIXTURE.failure(WebhookFixture.to(url)).code()).isEqualTo("url_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hook.example:0/", "https://hook.example:99999/", "https://hook.example:65536"})
    void ports_that_are_none_are_refused(String url) {
        assertThat(FIXTURE.failure(WebhookFixture.to(url)).code()).isEqualTo("host_not_allowed");
    }

    private String aimed(String form) {
        return form.replace("PORT", Integer.toString(canary.port()));
    }

    private static List<String> problems(String url) {
        String yaml = """
                workflow:
                  name: hooked
                  trigger: { manual: true }
                  steps:
                    - { id: a, action: erp.webhook.post, config: { url: '%s' } }
                """.formatted(url);
        return Checker.check(yaml, catalogue()).problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(Problem::code)
                .toList();
    }

    private static Catalogue catalogue() {
        Catalogue shipped = CatalogueFile.shipped();
        Policies policies =
                ((Policies.Read.Good) Policies.of(Json.read("{\"webhook_hosts\": [\"hook.example\"]}"))).policies();
        return new Catalogue(
                shipped.actions(),
                shipped.unavailableActions(),
                shipped.events(),
                shipped.roles(),
                shipped.members(),
                shipped.entities(),
                policies,
                shipped.currency(),
                shipped.zone());
    }
}
