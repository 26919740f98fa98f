package dev.millrace.cli;

import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The findings for programs: of each file what {@code POST /api/v1/workflows/validate} answers. */
final class JsonReport {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonReport() {}

    static String of(List<Verdict> verdicts, boolean strict) {
        ArrayNode list = MAPPER.createArrayNode();
        for (Verdict verdict : verdicts) {
            ObjectNode file = list.addObject();
            file.put("file", verdict.source().name());
            file.put("valid", verdict.isValid(strict));
            problems(file.putArray("errors"), verdict.of(Severity.ERROR));
            problems(file.putArray("warnings"), verdict.of(Severity.WARNING));
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    }

    private static void problems(ArrayNode list, List<Problem> problems) {
        for (Problem problem : problems) {
            ObjectNode node = list.addObject();
            node.put("code", problem.code());
            node.put("path", problem.path());
            node.put("line", problem.line());
            node.put("column", problem.column());
            node.put("end_line", problem.endLine());
            node.put("end_column", problem.endColumn());
            node.put("message", problem.message());
            node.put("suggestion", problem.suggestion().orElse(null));
            problem.fix().ifPresentOrElse(fix -> fix(node.putObject("fix"), fix), () -> node.putNull("fix"));
        }
    }

    private static void fix(ObjectNode node, Problem.Fix fix) {
        node.put("line", fix.line());
        node.put("column", fix.column());
        node.put("end_line", fix.endLine());
        node.put("end_column", fix.endColumn());
        node.put("replacement", fix.replacement());
    }
}
