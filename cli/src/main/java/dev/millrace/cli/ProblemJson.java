package dev.millrace.cli;

import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A problem as the API writes it. */
final class ProblemJson {
    private ProblemJson() {}

    static void write(ArrayNode list, Problem problem) {
        ObjectNode node = list.addObject();
        node.put("code", problem.code());
        node.put("path", problem.path());
        node.put("line", problem.line());
        node.put("column", problem.column());
        node.put("end_line", problem.endLine());
        node.put("end_column", problem.endColumn());
        node.put("message", problem.message());
        node.put("suggestion", problem.suggestion().orElse(null));
        problem.fix().ifPresentOrElse(fix -> write(node.putObject("fix"), fix), () -> node.putNull("fix"));
    }

    private static void write(ObjectNode node, Problem.Fix fix) {
        ObjectNode range = node.putObject("range");
        range.put("line", fix.line());
        range.put("column", fix.column());
        range.put("end_line", fix.endLine());
        range.put("end_column", fix.endColumn());
        node.put("replacement", fix.replacement());
    }

    /** An older server gives no end: a problem ends where it begins then. A refusal has a detail for a message. */
    static Problem read(JsonNode node, Severity severity) {
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
        JsonNode range = node.path("range");
        return range.isObject()
                ? Optional.of(new Problem.Fix(
                        range.path("line").asInt(),
                        range.path("column").asInt(),
                        range.path("end_line").asInt(),
                        range.path("end_column").asInt(),
                        node.path("replacement").asString("")))
                : Optional.empty();
    }
}
