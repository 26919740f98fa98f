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
        problems.forEach(problem -> ProblemJson.write(list, problem));
    }
}
