package dev.millrace.language;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Works with {@link Shape}s: fits values to them, and writes them as JSON Schema. */
public final class Shapes {
    private Shapes() {}

    /** Checks and normalises a value; finds all misfits at once. Never throws. */
    public static Fitted fit(JsonNode value, Shape shape) {
        throw new IllegalStateException("in the making: " + value + shape);
    }

    /** The shape as a JSON Schema, draft 2020-12. */
    public static ObjectNode jsonSchema(Shape shape) {
        throw new IllegalStateException("in the making: " + shape);
    }
}
