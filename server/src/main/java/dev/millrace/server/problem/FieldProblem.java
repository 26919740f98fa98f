package dev.millrace.server.problem;

import dev.millrace.erp.InputProblem;
import dev.millrace.language.Fitted.Misfit;
import dev.millrace.language.Problem;
import java.util.Optional;

/**
 * One thing that is wrong with what was sent in.
 *
 * @param path within the body, {@code lines[0].quantity}; of a definition relative to {@code workflow}
 * @param line of a definition's text, from 1
 * @param column from 1, in code points
 * @param endColumn the first one after it
 * @param suggestion the one replacement that would mend it
 * @param fix the change of the definition's text that mends it
 */
public record FieldProblem(
        String code,
        String path,
        Optional<Integer> line,
        Optional<Integer> column,
        Optional<Integer> endLine,
        Optional<Integer> endColumn,
        String message,
        Optional<String> suggestion,
        Optional<Fix> fix) {

    /** What is within the range is replaced. */
    public record Fix(Range range, String replacement) {}

    /** Lines and columns from 1, columns in code points, the end exclusive. */
    public record Range(int line, int column, int endLine, int endColumn) {}

    public static FieldProblem at(String code, String path, String message) {
        return new FieldProblem(
                code,
                path,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                message,
                Optional.empty(),
                Optional.empty());
    }

    /** In some characters of a text of one line. */
    public static FieldProblem within(
            String code, String path, int column, int endColumn, String message, Optional<String> suggestion) {
        return new FieldProblem(
                code,
                path,
                Optional.of(1),
                Optional.of(column),
                Optional.of(1),
                Optional.of(endColumn),
                message,
                suggestion,
                Optional.empty());
    }

    public static FieldProblem of(Misfit misfit) {
        return at(misfit.code(), misfit.path(), misfit.message());
    }

    public static FieldProblem of(InputProblem problem) {
        return at(problem.code(), problem.path(), problem.message());
    }

    public static FieldProblem of(Problem problem) {
        return new FieldProblem(
                problem.code(),
                problem.path(),
                Optional.of(problem.line()),
                Optional.of(problem.column()),
                Optional.of(problem.endLine()),
                Optional.of(problem.endColumn()),
                problem.message(),
                problem.suggestion(),
                problem.fix().map(FieldProblem::fix));
    }

    private static Fix fix(Problem.Fix fix) {
        return new Fix(new Range(fix.line(), fix.column(), fix.endLine(), fix.endColumn()), fix.replacement());
    }
}
