package dev.millrace.language;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a step failed.
 *
 * @param code stable, snake_case
 * @param details further fields for templates, such as {@code decided_by}, {@code comment}; may be empty
 */
public record StepError(String code, String message, int attempt, ObjectNode details) {
    public static StepError of(String code, String message, int attempt) {
        return new StepError(code, message, attempt, JsonNodeFactory.instance.objectNode());
    }
}
