package dev.millrace.language.typing;

import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.expression.Extent;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a part of an expression. "Expected {@code expected} at … but {@code found}".
 *
 * @param found without the full stop
 * @param word what was written where one of {@code candidates} was meant
 * @param replacement what stands right in place of the part, where that is known
 */
public record TypeFinding(
        ProblemCode code,
        Severity severity,
        Extent at,
        String expected,
        String found,
        Optional<String> word,
        List<String> candidates,
        Optional<String> replacement) {
    public TypeFinding {
        candidates = List.copyOf(candidates);
    }
}
