package dev.millrace.server.demo;

import dev.millrace.engine.Json;
import dev.millrace.erp.demo.DemoCompanies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The HTTP client of one person. Signs in when it must, and waits while the server is away, as a browser's user would.
 * Safe for use by many threads.
 */
final class Caller {
    private static final Duration ANSWER_MOST = Duration.ofSeconds(15);
    private static final Duration AWAY_MOST = Duration.ofSeconds(90);
    private static final String API = "/api/v1";

    private final HttpClient http;
    private final URI server;
    private final Person person;
    private final Runnable requireServer;
    private final AtomicReference<String> token = new AtomicReference<>("");

    /** @param requireServer throws if the server is gone for good, so that nobody waits for it */
    Caller(HttpClient http, URI server, Person person, Runnable requireServer) {
        this.requireServer = requireServer;
        this.http = http;
        this.server = server;
        this.person = person;
    }

    /** What came back; the body is an empty object where there was none. */
    record Answer(int status, JsonNode body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The server starts, stops or has too much to do. */
        boolean isTryLater() {
            return status == 503 || status == 429 || code().equals("idempotency_key_in_use");
        }

        String code() {
            return body.path("code").asString("");
        }
    }

    Person person() {
        return person;
    }

    /** Asks until the server answers. */
    Answer get(String path) {
        return repeat("GET", path, Optional.empty(), Optional.empty());
    }

    /** Sends until the server answers: only for what may be sent twice. */
    Answer post(String path, ObjectNode body) {
        return repeat("POST", path, Optional.of(body), Optional.empty());
    }

    /** Sends until the server answers: only for what may be sent twice. */
    Answer patch(String path, ObjectNode body) {
        return repeat("PATCH", path, Optional.of(body), Optional.empty());
    }

    /** Sends until the server answers. With a key, so that it is done once however often it arrives. */
    Answer write(String path, ObjectNode body) {
        return repeat(
                "POST", path, Optional.of(body), Optional.of(UUID.randomUUID().toString()));
    }

    /** Sends once. Empty: no answer came, and nobody knows whether it arrived. */
    Optional<Answer> postOnce(String path, ObjectNode body) {
        signIn();
        return send("POST", path, Optional.of(body), Optional.empty());
    }

    /** An answer that must be a success; anything else ends the demo. */
    JsonNode expect(String what, Answer answer) {
        if (!answer.ok()) {
            throw new DemoFailed(person.fullName() + " could not " + what + ": the server answered " + answer.status()
                    + " " + answer.body());
        }
        return answer.body();
    }

    private Answer repeat(String method, String path, Optional<ObjectNode> body, Optional<String> key) {
        return Await.answer("an answer to " + path, AWAY_MOST, () -> {
            signIn();
            return send(method, path, body, key).filter(answer -> !answer.isTryLater());
        });
    }

    private void signIn() {
        if (!token.get().isEmpty()) {
            return;
        }
        ObjectNode login = Json.object()
                .put("tenant", person.tenant())
                .put("email", person.email())
                .put("password", DemoCompanies.PASSWORD);
        JsonNode body = expect(
                "sign in",
                Await.answer(
                        "the sign-in of " + person.email(),
                        AWAY_MOST,
                        () -> send("POST", "/auth/login", Optional.of(login), Optional.empty())
                                .filter(answer -> !answer.isTryLater())));
        token.set(body.path("access_token").asString());
    }

    private Optional<Answer> send(String method, String path, Optional<ObjectNode> body, Optional<String> key) {
        var request = HttpRequest.newBuilder(server.resolve(API + path))
                .timeout(ANSWER_MOST)
                .header("Accept", "application/json");
        String bearer = token.get();
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        key.ifPresent(once -> request.header("Idempotency-Key", once));
        body.ifPresent(json -> request.header("Content-Type", "application/json"));
        request.method(
                method, body.map(Json::write).map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() == 401 && !bearer.isEmpty()) {
                // A server that was restarted may have forgotten the key that signed it.
                token.compareAndSet(bearer, "");
                return Optional.empty();
            }
            return Optional.of(new Answer(response.statusCode(), parse(response.body())));
        } catch (IOException e) {
            requireServer.run();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("Interrupted while waiting for " + path);
        }
    }

    private static JsonNode parse(String body) {
        return body.isBlank() ? Json.object() : Json.read(body);
    }
}
