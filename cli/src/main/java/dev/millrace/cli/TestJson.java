package dev.millrace.cli;

import dev.millrace.language.DefinitionTests;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of tests, for programs: a list of {@code {file, passed, ran, tests, errors, warnings}}. */
final class TestJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private TestJson() {}

    static String of(List<RunTests.Result> results, boolean strict) {
        ArrayNode list = MAPPER.createArrayNode();
        for (RunTests.Result result : results) {
            ObjectNode file = list.addObject();
            file.put("file", result.source().name());
            file.put("passed", result.passed(strict));
            file.put("ran", result.tested().ran());
            ArrayNode tests = file.putArray("tests");
            result.tested().tests().forEach(test -> test(tests.addObject(), test));
            problems(file.putArray("errors"), result.tested().problems(), Severity.ERROR);
            problems(file.putArray("warnings"), result.tested().problems(), Severity.WARNING);
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    }

    private static void test(ObjectNode node, DefinitionTests.Test test) {
        node.put("name", test.name());
        node.put("passed", test.passed());
        ArrayNode failures = node.putArray("failures");
        test.failures().forEach(problem -> ProblemJson.write(failures, problem));
    }

    private static void problems(ArrayNode list, List<Problem> problems, Severity severity) {
        problems.stream()
                .filter(problem -> problem.severity() == severity)
                .forEach(problem -> ProblemJson.write(list, problem));
    }
}
