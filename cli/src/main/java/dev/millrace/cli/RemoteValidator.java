package dev.millrace.cli;

import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Asks a server, which knows what the company really has. */
final class RemoteValidator implements Validator {
    private static final int OK = 200;
    private static final int TOO_LARGE = 413;

    private final Api api;

    RemoteValidator(Api api) {
        this.api = api;
    }

    @Override
    public List<Problem> problems(String yaml) {
        Api.Answer answer = api.postYaml("/workflows/validate", yaml);
        JsonNode body = answer.body();
        if (answer.status() == TOO_LARGE && body.path("code").isString()) {
            return List.of(ProblemJson.read(body, Severity.ERROR));
        }
        if (answer.status() != OK || !body.path("valid").isBoolean()) {
            throw api.refused(answer);
        }
        return Stream.concat(list(body.path("errors"), Severity.ERROR), list(body.path("warnings"), Severity.WARNING))
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private static Stream<Problem> list(JsonNode problems, Severity severity) {
        return problems.valueStream().map(node -> ProblemJson.read(node, severity));
    }
}
