package dev.millrace.cli;

import dev.millrace.cli.Options.Against.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The API of a server, as its description says. */
final class Api {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Never to another address: the token is for this one. */
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .build();

    private final Server server;

    Api(Server server) {
        this.server = server;
    }

    /** @param body missing if it is no JSON */
    record Answer(int status, JsonNode body) {}

    /** @throws OutOfReach nobody answers */
    Answer get(String path) {
        return ask(request(path).GET());
    }

    /** @throws OutOfReach nobody answers */
    Answer postYaml(String path, String yaml) {
        return ask(request(path).header("Content-Type", "application/yaml").POST(BodyPublishers.ofString(yaml)));
    }

    /** @throws OutOfReach nobody answers */
    Answer postJson(String path, String json) {
        return ask(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** @throws OutOfReach nobody answers */
    Answer postCsv(String path, byte[] file) {
        return ask(request(path).header("Content-Type", "text/csv").POST(BodyPublishers.ofByteArray(file)));
    }

    /** An answer with which nothing can be done. */
    OutOfReach refused(Answer answer) {
        String detail = answer.body().path("detail").asString("");
        String code = answer.body().path("code").asString("");
        return new OutOfReach("the server at " + server.url()
                + (detail.isEmpty()
                        ? " gave an answer that is none of Millrace's (status " + answer.status() + ")."
                        : " refused (" + answer.status() + " " + code + "): " + detail));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + server.token());
    }

    private Answer ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (IOException e) {
            String why = Optional.ofNullable(e.getMessage()).orElse("nobody answers there");
            throw new OutOfReach("the server at " + server.url() + " cannot be reached: " + why + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutOfReach("stopped while the server was asked.");
        }
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
