package dev.millrace.server.sales;

import dev.millrace.erp.InputProblem;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import java.util.List;

/** Answers what is wrong with what was sent in. */
final class InvalidInput {
    private InvalidInput() {}

    static Refusal of(List<InputProblem> problems) {
        return Refusal.invalid(
                "invalid_input", problems.stream().map(FieldProblem::of).toList());
    }
}
