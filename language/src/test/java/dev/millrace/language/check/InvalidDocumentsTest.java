package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Fix;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.InvalidDocuments.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of invalid documents, {@code invalid-documents.txt}: each with all that must be said of it, in order. */
class InvalidDocumentsTest {
    /**
     * The schema has no keyword without a code of its own; 501 problems would make a long row, and tests that take too
     * long a slow one: both have tests elsewhere.
     */
    private static final Set<String> NOT_IN_THE_TABLE = Set.of("schema_violation", "too_many_problems", "test_limit");

    @ParameterizedTest
    @MethodSource("rows")
    void every_problem_is_found_with_its_code_path_place_suggestion_and_fix(Row row) {
        Checked checked = Checker.check(row.yaml(), row.catalogue());

        assertThat(checked.problems().stream().map(InvalidDocuments::line)).isEqualTo(row.expected());
        assertThat(checked.problems()).isNotEmpty().allSatisfy(InvalidDocumentsTest::isWellMade);
        boolean errors = checked.problems().stream().anyMatch(p -> p.severity() == Severity.ERROR);
        assertThat(checked instanceof Checked.Invalid).isEqualTo(errors);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_fix_mends_its_problem_and_makes_no_error(Row row) {
        List<Problem> before = Checker.check(row.yaml(), row.catalogue()).problems();

        for (Problem problem : before) {
            problem.fix().ifPresent(fix -> {
                String fixed = apply(row.yaml(), fix);
                List<Problem> after = Checker.check(fixed, row.catalogue()).problems();
                List<String> others = keys(before.stream());
                others.remove(key(problem));
                assertThat(keys(after.stream().filter(p -> p.severity() == Severity.ERROR)))
                        .as("errors after %s in:%n%s", fix, fixed)
                        .isSubsetOf(others);
                assertThat(keys(after.stream()).stream().filter(key(problem)::equals))
                        .hasSameSizeAs(
                                others.stream().filter(key(problem)::equals).toList());
            });
        }
    }

    @Test
    void there_are_rows_enough_and_every_error_and_warning_occurs() {
        Set<String> seen = rows().flatMap(row -> row.expected().stream())
                .map(line -> line.replace("warning ", "").split(" \\| ", 2)[0])
                .collect(Collectors.toSet());

        assertThat(rows()).hasSizeGreaterThanOrEqualTo(150);
        assertThat(Stream.of(ProblemCode.values())
                        .map(ProblemCode::code)
                        .filter(code -> !NOT_IN_THE_TABLE.contains(code)))
                .isSubsetOf(seen);
        assertThat(rows().map(Row::name)).doesNotHaveDuplicates();
    }

    static Stream<Row> rows() {
        return InvalidDocuments.rows().stream();
    }

    private static void isWellMade(Problem problem) {
        assertThat(ProblemCode.of(problem.code())).isPresent();
        assertThat(problem.message()).containsIgnoringCase("expected").matches("(?s).*[.?]");
        assertThat(problem.endLine()).isGreaterThanOrEqualTo(problem.line());
        assertThat(problem.line() == problem.endLine() && problem.column() > problem.endColumn())
                .isFalse();
        problem.suggestion().ifPresent(s -> assertThat(problem.message()).contains(s));
    }

    /** Without places, which a fix moves. */
    private static List<String> keys(Stream<Problem> problems) {
        return problems.map(InvalidDocumentsTest::key).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String key(Problem problem) {
        return problem.code() + " at " + problem.path();
    }

    private static String apply(String text, Fix fix) {
        int from = index(text, fix.line(), fix.column());
        int to = index(text, fix.endLine(), fix.endColumn());
        return text.substring(0, from) + fix.replacement() + text.substring(to);
    }

    private static int index(String text, int line, int column) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        return text.offsetByCodePoints(at, column - 1);
    }
}
