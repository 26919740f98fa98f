package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Problem;
import dev.millrace.language.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of invalid documents, {@code invalid-documents.txt}: each with all that must be said of it, in order. */
class InvalidDocumentsTest {
    private static final String HEAD = """
            workflow:
              name: test-flow
              trigger:
                event: purchase_order.created
              steps:
            """;
    private static final Catalogue CATALOGUE = TestCatalogue.everything();

    record Row(String name, String yaml, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_problem_is_found_with_its_code_path_place_and_suggestion(Row row) {
        Checked checked = Checker.check(row.yaml(), CATALOGUE);

        assertThat(checked).isInstanceOf(Checked.Invalid.class);
        assertThat(checked.problems().stream().map(InvalidDocumentsTest::line)).isEqualTo(row.expected());
        assertThat(checked.problems()).allSatisfy(InvalidDocumentsTest::isWellMade);
    }

    private static String line(Problem p) {
        return p.code() + " | " + p.path() + " | " + p.line() + ":" + p.column() + " | "
                + p.suggestion().orElse("-");
    }

    private static void isWellMade(Problem problem) {
        assertThat(ProblemCode.of(problem.code())).isPresent();
        assertThat(problem.message()).containsIgnoringCase("expected").matches("(?s).*[.?]");
        assertThat(problem.endLine()).isGreaterThanOrEqualTo(problem.line());
        problem.suggestion().ifPresent(s -> assertThat(problem.message()).contains(s));
    }

    static Stream<Row> rows() {
        return Stream.of(TestCatalogue.resource("/invalid-documents.txt").split("(?m)^### ", -1))
                .skip(1)
                .map(InvalidDocumentsTest::row);
    }

    private static Row row(String text) {
        List<String> lines = text.lines().toList();
        var yaml = new StringBuilder();
        var expected = new ArrayList<String>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(">>> ")) {
                expected.add(line.substring(4));
            } else {
                yaml.append(line).append('\n');
            }
        }
        boolean stepsOnly = yaml.toString().startsWith("    - ");
        return new Row(lines.getFirst(), (stepsOnly ? HEAD : "") + yaml, List.copyOf(expected));
    }
}
