package dev.millrace.erp;

import dev.millrace.engine.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends by the WhatsApp Cloud API.
 *
 * <p>Source: Meta for Developers, WhatsApp Cloud API, "Messages" and "Error codes".
 */
public final class WhatsAppCloud implements WhatsAppSender {
    private static final Duration CONNECT_MOST = Duration.ofSeconds(10);
    private static final Duration ANSWER_MOST = Duration.ofSeconds(20);

    /** Of the app, the account, its quality, the pair of numbers. */
    private static final Set<Integer> RATE_LIMITS = Set.of(4, 80007, 130429, 131048, 131056, 133016);

    /** The service is down, busy, or does not know itself what went wrong. */
    private static final Set<Integer> PASSING = Set.of(1, 2, 131000, 131016, 133004, 135000);

    /** More than 24 hours since the person wrote. */
    private static final int OUTSIDE_SESSION = 131047;

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_MOST)
            .followRedirects(Redirect.NEVER)
            .build();
    private final URI messages;
    private final String token;

    /**
     * @param url with the version and the id of the telephone number, {@code https://graph.facebook.com/v23.0/106540352242922}
     * @param token of a system user with whatsapp_business_messaging
     */
    public WhatsAppCloud(String url, String token) {
        this.messages = URI.create(url + "/messages");
        this.token = token;
    }

    @Override
    public Sent send(Message message) {
        HttpRequest request = HttpRequest.newBuilder(messages)
                .timeout(ANSWER_MOST)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body(message))))
                .build();
        try {
            return sent(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Sent.Unavailable("WhatsApp could not be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Sent.Unavailable("the node stops");
        }
    }

    private static ObjectNode body(Message message) {
        ObjectNode body = Json.object()
                .put("messaging_product", "whatsapp")
                .put("recipient_type", "individual")
                .put("to", message.to().replace("+", ""))
                .put("biz_opaque_callback_data", message.reference());
        switch (message.content()) {
            case Content.Text text -> {
                body.put("type", "text");
                body.putObject("text").put("preview_url", false).put("body", text.body());
            }
            case Content.Template template -> {
                body.put("type", "template");
                ObjectNode content = body.putObject("template").put("name", template.name());
                content.putObject("language").put("code", template.language());
                fill(content, template);
            }
        }
        return body;
    }

    private static void fill(ObjectNode content, Content.Template template) {
        if (template.parameters().isEmpty()) {
            return;
        }
        ArrayNode parameters =
                content.putArray("components").addObject().put("type", "body").putArray("parameters");
        for (Parameter parameter : template.parameters()) {
            ObjectNode each = parameters.addObject().put("type", "text");
            parameter.name().ifPresent(name -> each.put("parameter_name", name));
            each.put("text", parameter.text());
        }
    }

    private static Sent sent(HttpResponse<String> response) {
        JsonNode answer = read(response.body());
        String id = answer.at("/messages/0/id").asString("");
        if (response.statusCode() / 100 == 2 && !id.isEmpty()) {
            return new Sent.Accepted(id);
        }
        JsonNode error = answer.path("error");
        int code = error.path("code").asInt(0);
        String reason = reason(response.statusCode(), error);
        if (response.statusCode() == TOO_MANY || RATE_LIMITS.contains(code)) {
            return new Sent.RateLimited(reason);
        }
        if (response.statusCode() >= SERVER_ERROR || PASSING.contains(code)) {
            return new Sent.Unavailable(reason);
        }
        return new Sent.Rejected(
                code == OUTSIDE_SESSION ? reason + "; name a template, which needs no session" : reason);
    }

    private static JsonNode read(String body) {
        try {
            return Json.read(body);
        } catch (JacksonException e) {
            return Json.object();
        }
    }

    private static String reason(int status, JsonNode error) {
        String details = error.at("/error_data/details").asString("");
        return "WhatsApp answered " + status
                + (error.has("message") ? ": " + error.path("message").asString("") : "")
                + (details.isEmpty() ? "" : " (" + details + ")");
    }
}
