package dev.millrace.language;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A tree of JSON in which texts may hold {@code {{ expressions }}}: the config of a step.
 *
 * <p>A text that is one expression and nothing else keeps the value's type; text around it makes a text.
 */
public interface Template {

    /** The tree as written. */
    JsonNode source();

    /**
     * The tree with every expression replaced by its value. Fields of type {@link ValueType.Scalar#EXPRESSION}
     * are left as written.
     *
     * @throws EvaluationException as {@link Expression#evaluate}; its message begins with the field's path
     */
    JsonNode render(Scope scope);

    /** Every expression in it with the path of its text: {@code message}, {@code lines[0].account}. */
    List<Placed> expressions();

    /** An expression and where it stands. */
    record Placed(String path, Expression expression) {}
}
