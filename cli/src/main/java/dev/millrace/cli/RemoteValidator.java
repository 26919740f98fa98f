package dev.millrace.cli;

import dev.millrace.cli.Options.Against.Server;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Asks a server, which knows what the company really has. */
final class RemoteValidator implements Validator {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int TOO_LARGE = 413;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Never to another address: the token is for this one. */
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .build();

    private final Server server;

    RemoteValidator(Server server) {
        this.server = server;
    }

    @Override
    public List<Problem> problems(String yaml) {
        HttpResponse<String> response = ask(yaml);
        JsonNode body = json(response.body());
        if (response.statusCode() == TOO_LARGE) {
            return List.of(problem(body, Severity.ERROR));
        }
        if (response.statusCode() != OK || !body.path("valid").isBoolean()) {
            throw new OutOfReach("the server at " + server.url() + " " + refused(response.statusCode(), body));
        }
        return Stream.concat(list(body.path("errors"), Severity.ERROR), list(body.path("warnings"), Severity.WARNING))
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private HttpResponse<String> ask(String yaml) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/workflows/validate"))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(yaml))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
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

    private static String refused(int status, JsonNode body) {
        String detail = body.path("detail").asString("");
        return detail.isEmpty()
                ? "gave an answer that is none of Millrace's (status " + status + ")."
                : "refused (" + status + " " + body.path("code").asString("") + "): " + detail;
    }

    private static Stream<Problem> list(JsonNode problems, Severity severity) {
        return problems.valueStream().map(node -> problem(node, severity));
    }

    /** An older server gives no end: a problem ends where it begins then. */
    private static Problem problem(JsonNode node, Severity severity) {
        int line = node.path("line").asInt(1);
        int column = node.path("column").asInt(1);
        return new Problem(
                node.path("code").asString(""),
                severity,
                node.path("path").asString(""),
                line,
                column,
                node.path("end_line").asInt(line),
                node.path("end_column").asInt(column),
                node.path("message").asString(node.path("detail").asString("")),
                Optional.of(node.path("suggestion").asString("")).filter(s -> !s.isEmpty()),
                fix(node.path("fix")));
    }

    private static Optional<Problem.Fix> fix(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Problem.Fix(
                        node.path("line").asInt(),
                        node.path("column").asInt(),
                        node.path("end_line").asInt(),
                        node.path("end_column").asInt(),
                        node.path("replacement").asString("")))
                : Optional.empty();
    }
}
