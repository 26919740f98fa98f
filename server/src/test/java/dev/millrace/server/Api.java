package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A person's view of the API. */
public final class Api {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private final Optional<String> token;
    private final Optional<String> elsewhere;

    private Api(Optional<String> token) {
        this(token, Optional.empty());
    }

    private Api(Optional<String> token, Optional<String> elsewhere) {
        this.token = token;
        this.elsewhere = elsewhere;
    }

    /** The same person at another server. */
    public Api at(String url) {
        return new Api(token, Optional.of(url));
    }

    /** An answer; {@code body} is missing where there is no JSON. */
    public record Answer(int status, Map<String, java.util.List<String>> headers, String text, JsonNode body) {
        public String header(String name) {
            return headers.getOrDefault(name, java.util.List.of("")).getFirst();
        }

        public String at(String pointer) {
            return body.at(pointer).asString("");
        }

        public Answer expect(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return this;
        }

        /** A problem as RFC 9457 and our contract say. */
        public Answer expectProblem(int expected, String code) {
            expect(expected);
            assertThat(header("content-type")).isEqualTo("application/problem+json");
            assertThat(at("/code")).as(text).isEqualTo(code);
            assertThat(at("/trace_id")).isEqualTo(header("x-trace-id")).hasSize(32);
            assertThat(body.at("/status").asInt()).isEqualTo(expected);
            assertThat(body.has("type") && body.has("title") && body.has("detail") && body.has("errors"))
                    .as(text)
                    .isTrue();
            return this;
        }
    }

    public static Api anonymous() {
        return new Api(Optional.empty());
    }

    public static Api withToken(String token) {
        return new Api(Optional.of(token));
    }

    /** Signed in as one of the demo's people, {@code finance.head@acme.test}. */
    public static Api as(String email) {
        String company = email.substring(email.indexOf('@') + 1).replace(".test", "");
        return new Api(Optional.of(TOKENS.computeIfAbsent(
                email,
                key -> anonymous()
                        .post("/auth/login", login(company, key, "millrace-demo"))
                        .expect(200)
                        .at("/access_token"))));
    }

    public static String login(String company, String email, String password) {
        return """
                {"tenant": "%s", "email": "%s", "password": "%s"}""".formatted(company, email, password);
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer postYaml(String path, String yaml) {
        return send(request(path).header("Content-Type", "application/yaml").POST(BodyPublishers.ofString(yaml)));
    }

    public Answer call(String method, String path, String json, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** A file, with the type that the headers say. */
    public Answer upload(String path, String file, String... headers) {
        return send(request(path).headers(headers).POST(BodyPublishers.ofString(file)));
    }

    private HttpRequest.Builder request(String path) {
        String server = elsewhere.orElseGet(TestServer::url);
        String base = path.startsWith("/v3/") || path.startsWith("/actuator") || path.startsWith("/docs")
                ? server
                : server + "/api/v1";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        return request;
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("content-type").orElse("");
            boolean json = type.contains("json") && !type.contains("ndjson");
            return new Answer(
                    response.statusCode(),
                    response.headers().map(),
                    response.body(),
                    json && !response.body().isEmpty() ? Json.read(response.body()) : MissingNode.getInstance());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
