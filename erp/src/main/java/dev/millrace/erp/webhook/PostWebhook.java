package dev.millrace.erp.webhook;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.CallAction;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.WebhookRoute;
import dev.millrace.erp.WebhookSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * POSTs JSON to a host that the company allows, signed. The host is looked up once, the address checked, and that
 * address called: whatever a name, a redirect or a second look-up might say, nothing else is reached.
 */
@Named(
        value = "erp.webhook.post",
        module = "core",
        description = "POSTs JSON to an allowed host, signed (HMAC-SHA256), with Idempotency-Key.",
        failures = {
            "host_not_allowed",
            "scheme_not_allowed",
            "url_invalid",
            "header_not_allowed",
            "secret_unknown",
            "redirect_not_allowed",
            "http_4xx",
            "http_5xx",
            "http_429",
            "timeout",
            "unreachable",
            "response_invalid"
        })
public final class PostWebhook implements CallAction<PostWebhook.Config, PostWebhook.Output> {
    /** From the connection to the last byte. */
    private static final Duration MOST = Duration.ofSeconds(20);

    /** Of JSON; a text may be {@link ResponseBody#TEXT_MOST} long. */
    private static final int ANSWER_BYTES_MOST = 1024 * 1024;

    private final Transactions transactions;
    private final Directory directory;
    private final Signing signing;
    private final WebhookRoute route;
    private final InstantSource clock;
    private final PinnedPost post;

    /**
     * @param clock the time of the world, which the receiver compares with its own
     */
    public PostWebhook(
            Transactions transactions, Directory directory, Signing signing, WebhookRoute route, InstantSource clock) {
        this(transactions, directory, signing, route, clock, MOST);
    }

    private PostWebhook(
            Transactions transactions,
            Directory directory,
            Signing signing,
            WebhookRoute route,
            InstantSource clock,
            Duration most) {
        this.transactions = transactions;
        this.directory = directory;
        this.signing = signing;
        this.route = route;
        this.clock = clock;
        this.post = new PinnedPost(route, most, ANSWER_BYTES_MOST);
    }

    /** The same, of less patience. */
    PostWebhook leavingAfter(Duration most) {
        return new PostWebhook(transactions, directory, signing, route, clock, most);
    }

    public record Config(
            @Describe(value = "https, on a host that the company's webhooks may call", least = 1, most = 2_000)
            String url,

            @Describe("What is sent; what started the execution when absent")
            Optional<JsonNode> body,

            @Describe("Further headers; not Authorization, Host or Cookie")
            Optional<Map<String, JsonNode>> headers,

            @Describe(value = "Name of the webhook secret that signs", byDefault = "\"default\"")
            Optional<String> secret,

            @Describe(value = "What counts as success; 200 to 299 when absent", orSingle = true, most = 20)
            Optional<List<Integer>> expectStatus,

            @Describe("JSON Schema that the answer must fit")
            Optional<Map<String, JsonNode>> responseSchema) {}

    public record Output(
            @Describe("Of the answer") int status,
            @Describe("JSON, or a text") Optional<JsonNode> body,

            @Describe("From the first look-up to the last byte")
            long durationMs) {}

    private record Permission(List<String> hosts, List<byte[]> keys) {}

    @Override
    public Output call(ActionContext context, Config config) {
        Map<String, String> own = Headers.of(config.headers().orElse(Map.of()));
        ResponseBody expected = ResponseBody.of(config.responseSchema());
        Target target = Target.of(config.url(), route.plainHttp());
        String name = config.secret().orElse(WebhookSecrets.DEFAULT);
        // A short transaction of its own: it is over before anything goes out.
        Permission permission = transactions.run(
                context.tenant().id(),
                tx -> new Permission(directory.policies(tx).webhookHosts(), signing.keys(tx, name)));
        requireAllowed(target, permission.hosts());
        if (permission.keys().isEmpty()) {
            throw ActionFailure.permanent(
                    "secret_unknown",
                    "Expected a webhook secret of this company at secret but got '" + name
                            + "': an administrator makes one");
        }
        byte[] body = Json.write(config.body().orElseGet(context::trigger)).getBytes(StandardCharsets.UTF_8);
        var headers = new LinkedHashMap<>(own);
        headers.putAll(signed(context, permission.keys(), body));
        long start = System.nanoTime();
        Answer answer = send(target, headers, body);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        requireExpected(target, answer.status(), config.expectStatus());
        return new Output(answer.status(), expected.read(answer), millis);
    }

    private static void requireAllowed(Target target, List<String> hosts) {
        if (!hosts.contains(target.host())) {
            throw ActionFailure.permanent(
                    "host_not_allowed",
                    "Expected a host that this company's webhooks may call but got '" + target.host()
                            + "'; an administrator can allow it");
        }
    }

    /** The same id and key for every try: by them the receiver knows a repeated call. */
    private Map<String, String> signed(ActionContext context, List<byte[]> keys, byte[] body) {
        String id = Headers.messageId(context.idempotencyKey());
        Instant now = clock.instant();
        return Map.of(
                "Content-Type", "application/json",
                "Idempotency-Key", context.idempotencyKey(),
                "webhook-id", id,
                "webhook-timestamp", Long.toString(now.getEpochSecond()),
                "webhook-signature", Signing.sign(keys, id, now, body));
    }

    private Answer send(Target target, Map<String, String> headers, byte[] body) {
        try {
            return post.send(target, addresses(target), headers, body);
        } catch (SocketTimeoutException e) {
            throw ActionFailure.retryable("timeout", target.host() + " gave no answer in time: " + e.getMessage());
        } catch (AnswerReader.Unreadable e) {
            throw ActionFailure.permanent("response_invalid", target.host() + " was called, but " + e.getMessage());
        } catch (IOException e) {
            throw ActionFailure.retryable("unreachable", target.host() + " could not be reached: " + e.getMessage());
        }
    }

    private List<InetAddress> addresses(Target target) throws UnknownHostException {
        List<InetAddress> found = route.resolver().resolve(target.host());
        if (found.isEmpty() || !found.stream().allMatch(route.reachable())) {
            throw ActionFailure.permanent(
                    "host_not_allowed",
                    "Expected '" + target.host() + "' to stand for addresses of the public Internet, but it does not");
        }
        return found;
    }

    private static void requireExpected(Target target, int status, Optional<List<Integer>> expected) {
        if (expected.map(list -> list.contains(status)).orElse(status >= 200 && status < 300)) {
            return;
        }
        String message = target.host() + " answered " + status;
        throw switch (status / 100) {
            case 3 ->
                ActionFailure.permanent(
                        "redirect_not_allowed", message + ": it sends us elsewhere, which webhooks do not follow");
            case 4 ->
                status == 429
                        ? ActionFailure.retryable("http_429", message + ": too many calls")
                        : ActionFailure.permanent("http_4xx", message);
            case 5 -> ActionFailure.retryable("http_5xx", message);
            default ->
                ActionFailure.permanent("response_invalid", message + ", which is not among those at expect_status");
        };
    }
}
