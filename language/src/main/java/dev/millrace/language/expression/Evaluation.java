package dev.millrace.language.expression;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** One evaluation: what it sees, what it has spent, where in the expression it is. For one thread. */
final class Evaluation {
    private final Scope scope;
    private int steps;
    private int characters;
    private int offset;

    Evaluation(Scope scope) {
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }

    /** Errors from now on point there. */
    void at(int where) {
        offset = where;
    }

    void spend(long count) {
        if (count > Limits.STEPS - steps) {
            throw limit("Expected an expression of at most " + Limits.STEPS
                    + " steps, but this one needs more; use a shorter list or split the expression into two steps");
        }
        steps += (int) count;
    }

    /** Pays for walking over a text. */
    String reading(String text) {
        spend(text.length() / Limits.CHARACTERS_PER_STEP);
        return text;
    }

    /** Pays for looking for a text in another one. */
    void searching(String text, String sought) {
        spend((long) text.length() * sought.length() / Limits.COMPARISONS_PER_STEP);
    }

    /** To be asked before a text of that length is made. */
    void room(long length) {
        if (length > Limits.TEXT || length > Limits.TEXT_IN_ALL - characters) {
            throw limit("Expected a text of at most " + Limits.TEXT + " characters and " + Limits.TEXT_IN_ALL
                    + " in the whole expression, but it makes more; shorten it, for example with truncate");
        }
    }

    void append(StringBuilder text, String more) {
        room((long) text.length() + more.length());
        text.append(more);
    }

    /** A text that this evaluation made. */
    JsonNode text(String made) {
        room(made.length());
        characters += made.length();
        return StringNode.valueOf(made);
    }

    EvaluationException limit(String message) {
        return new EvaluationException("template_limit", message, offset);
    }

    EvaluationException typeError(String message) {
        return new EvaluationException("type_error", message, offset);
    }

    EvaluationException undefined(String message) {
        return new EvaluationException("undefined", message, offset);
    }

    EvaluationException error(String message) {
        return new EvaluationException("template_error", message, offset);
    }
}
