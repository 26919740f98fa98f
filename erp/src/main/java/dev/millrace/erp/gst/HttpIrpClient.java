package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import dev.millrace.erp.IrpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A portal that is reached by HTTP, as a GSP offers it: plain JSON in the portal's envelope, {@code Status}, {@code Data},
 * {@code ErrorDetails}, {@code InfoDtls}. Signs in by itself, and once more when its token has ended.
 */
public final class HttpIrpClient implements IrpClient {
    private static final String AUTH = "/eivital/v1.04/auth";
    private static final String INVOICE = "/eicore/v1.03/Invoice";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** The token is not valid, or not any more. */
    private static final String TOKEN_ENDED = "1005";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final IrpSettings settings;
    private final HttpClient http;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    public HttpIrpClient(IrpSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** What came back. */
    private sealed interface Reply {
        record Good(JsonNode data) implements Reply {}

        record Bad(JsonNode envelope) implements Reply {}

        record None(Away away) implements Reply {}
    }

    @Override
    public Registration register(Seller seller, ObjectNode document) {
        return switch (call(seller, "POST", INVOICE, Optional.of(document))) {
            case Reply.Good good -> readable(() -> new Registered(IrpWire.ack(good.data())), away -> away);
            case Reply.Bad bad ->
                IrpWire.duplicate(bad.envelope())
                        .<Registration>map(duplicate -> duplicate)
                        .orElseGet(() -> IrpWire.isBusy(bad.envelope()) ? busy(bad) : IrpWire.refused(bad.envelope()));
            case Reply.None none -> none.away();
        };
    }

    @Override
    public Lookup get(Seller seller, String irn) {
        return switch (call(seller, "GET", INVOICE + "/irn/" + irn, Optional.empty())) {
            case Reply.Good good ->
                readable(() -> new Found(IrpWire.ack(good.data()), IrpWire.isActive(good.data())), away -> away);
            case Reply.Bad bad -> IrpWire.isBusy(bad.envelope()) ? busy(bad) : IrpWire.refused(bad.envelope());
            case Reply.None none -> none.away();
        };
    }

    @Override
    public Cancellation cancel(Seller seller, String irn, CancelReason reason, String remark) {
        ObjectNode body = Json.object()
                .put("Irn", irn)
                .put("CnlRsn", reason.toString())
                .put("CnlRem", remark.isEmpty() ? reason.words() : remark);
        return switch (call(seller, "POST", INVOICE + "/Cancel", Optional.of(body))) {
            case Reply.Good good ->
                readable(() -> new Cancelled(IrpWire.time(good.data(), "CancelDate")), away -> away);
            case Reply.Bad bad -> IrpWire.isBusy(bad.envelope()) ? busy(bad) : IrpWire.refused(bad.envelope());
            case Reply.None none -> none.away();
        };
    }

    private static Away busy(Reply.Bad bad) {
        return new Away(false, IrpWire.refused(bad.envelope()).text());
    }

    private static <T> T readable(Supplier<T> answer, Function<Away, T> away) {
        try {
            return answer.get();
        } catch (DateTimeException e) {
            return away.apply(new Away(false, "the portal's answer cannot be read: " + e.getMessage()));
        }
    }

    private Reply call(Seller seller, String method, String path, Optional<ObjectNode> body) {
        String token = tokens.getOrDefault(seller.gstin(), "");
        if (!token.isEmpty()) {
            Reply reply = exchange(seller, token, method, path, body);
            if (!(reply instanceof Reply.Bad bad)
                    || !IrpWire.refused(bad.envelope()).has(TOKEN_ENDED)) {
                return reply;
            }
        }
        Reply signedIn = exchange(
                seller,
                "",
                "POST",
                AUTH,
                Optional.of(Json.object().put("UserName", settings.userName()).put("Password", settings.password())));
        return switch (signedIn) {
            case Reply.Good good -> {
                String fresh = good.data().path("AuthToken").asString("");
                tokens.put(seller.gstin(), fresh);
                Reply reply = exchange(seller, fresh, method, path, body);
                yield reply instanceof Reply.Bad bad
                                && IrpWire.refused(bad.envelope()).has(TOKEN_ENDED)
                        ? new Reply.None(new Away(true, "the portal does not take the token that it has just given"))
                        : reply;
            }
            case Reply.Bad bad ->
                new Reply.None(new Away(true, IrpWire.refused(bad.envelope()).text()));
            case Reply.None none -> none;
        };
    }

    private Reply exchange(Seller seller, String token, String method, String path, Optional<ObjectNode> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                .timeout(ANSWER_TIMEOUT)
                .header("client_id", settings.clientId())
                .header("client_secret", settings.clientSecret())
                .header("Gstin", seller.gstin())
                .header("user_name", settings.userName())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.map(json -> BodyPublishers.ofString(Json.write(json)))
                                .orElseGet(BodyPublishers::noBody));
        if (!token.isEmpty()) {
            request.header("AuthToken", token);
        }
        try {
            return reply(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Reply.None(
                    new Away(false, "no answer came (" + e.getClass().getSimpleName() + ")"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.None(new Away(false, "the call was interrupted"));
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        if (response.statusCode() == UNAUTHORIZED || response.statusCode() == FORBIDDEN) {
            return new Reply.None(new Away(true, "the portal answered " + response.statusCode()));
        }
        if (response.statusCode() / 100 != 2) {
            return new Reply.None(new Away(false, "the portal answered " + response.statusCode()));
        }
        try {
            JsonNode envelope = Json.read(response.body());
            return IrpWire.isGood(envelope) ? new Reply.Good(IrpWire.data(envelope)) : new Reply.Bad(envelope);
        } catch (JacksonException e) {
            return new Reply.None(new Away(false, "the portal's answer is no JSON"));
        }
    }
}
