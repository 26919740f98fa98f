package dev.millrace.erp.message;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The WhatsApp Cloud API as Meta documents it, on this machine: takes messages of one telephone number, with its token, and
 * refuses what the real one refuses.
 */
final class CloudApi implements AutoCloseable {
    static final String TOKEN = "EAAJB...";

    private static final String PATH = "/v23.0/106540352242922/messages";

    private final HttpServer server;
    private final List<JsonNode> taken = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Fault> faults = new ArrayDeque<>();

    private record Fault(int status, int code, String message, String details) {}

    CloudApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + PATH.replace("/messages", "");
    }

    List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    /** The next call is answered so. */
    void fails(int status, int code, String message, String details) {
        faults.add(new Fault(status, code, message, details));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Fault fault = fault(exchange, body);
            if (fault != null) {
                ObjectNode error = Json.object();
                error.putObject("error")
                        .put("message", "(#" + fault.code() + ") " + fault.message())
                        .put("type", "OAuthException")
                        .put("code", fault.code())
                        .put("fbtrace_id", "Az8or2yhqkZfEZ")
                        .putObject("error_data")
                        .put("messaging_product", "whatsapp")
                        .put("details", fault.details());
                send(exchange, fault.status(), error);
                return;
            }
            JsonNode message = Json.read(body);
            taken.add(message);
            ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
            answer.putArray("contacts")
                    .addObject()
                    .put("input", message.path("to").asString())
                    .put("wa_id", message.path("to").asString().replace("+", ""));
            answer.putArray("messages").addObject().put("id", "wamid.HBgM" + taken.size());
            send(exchange, 200, answer);
        }
    }

    private @Nullable Fault fault(HttpExchange exchange, String body) {
        if (!exchange.getRequestURI().getPath().equals(PATH)
                || !exchange.getRequestMethod().equals("POST")) {
            return new Fault(400, 100, "Unsupported post request", "no such object");
        }
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Fault(401, 190, "Authentication Error", "Invalid OAuth access token");
        }
        if (!faults.isEmpty()) {
            return faults.removeFirst();
        }
        JsonNode message = Json.read(body);
        boolean complete = message.path("messaging_product").asString("").equals("whatsapp")
                && message.path("to").asString("").matches("[0-9]{7,15}")
                && message.has(message.path("type").asString("-"));
        return complete ? null : new Fault(400, 131008, "Required parameter is missing", body);
    }

    private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] bytes = Json.write(answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
