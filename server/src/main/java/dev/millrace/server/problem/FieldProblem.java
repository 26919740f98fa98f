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
 * @param column in code points, from 1
 * @param endColumn the first that is not meant any more
 * @param suggestion the one replacement that would mend it
 * @param fix the change of the text that mends it, where exactly one does
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
        Optional<Problem.Fix> fix) {

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
                problem.fix());
    }
}
