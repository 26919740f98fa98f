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
 * @param suggestion the one replacement that would mend it
 */
public record FieldProblem(
        String code,
        String path,
        Optional<Integer> line,
        Optional<Integer> column,
        String message,
        Optional<String> suggestion) {

    public static FieldProblem at(String code, String path, String message) {
        return new FieldProblem(code, path, Optional.empty(), Optional.empty(), message, Optional.empty());
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
                problem.message(),
                problem.suggestion());
    }
}
