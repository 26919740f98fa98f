package dev.millrace.language;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A parsed expression such as {@code trigger.amount_base > 500000}: what Jinja2 means by it, with decimal
 * numbers, without calls, statements or reflection, within a budget.
 *
 * <p>Values are JSON nodes: {@code DecimalNode} for every number, {@code NullNode} for none, a missing node for
 * undefined. The result shares parts with what the scope returned; nobody changes either.
 */
public interface Expression {

    /** As written, without the surrounding braces. */
    String source();

    /**
     * @return never a missing node: an undefined result is an error
     * @throws EvaluationException an undefined name, operands that do not fit, or a spent budget
     */
    JsonNode evaluate(Scope scope);

    /** {@link #evaluate} read as Jinja2 reads a condition: none, false, 0, '' and empty ones are false. */
    boolean holds(Scope scope);

    /** The paths that it reads, in order: {@code trigger.total_amount}, {@code steps.a.output.status}. */
    List<Reference> references();

    /**
     * A path read by an expression.
     *
     * @param path names and constant keys from the root on; ends before the first computed key
     * @param offset characters from the start of {@link #source()}
     * @param guarded undefined or none is dealt with: {@code | default}, {@code | if_none}, {@code is defined},
     *     {@code is none}, or an inline {@code if} on the same path
     */
    record Reference(List<String> path, int offset, boolean guarded) {
        public Reference {
            path = List.copyOf(path);
        }
    }
}
