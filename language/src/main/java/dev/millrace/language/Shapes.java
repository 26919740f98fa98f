package dev.millrace.language;

import dev.millrace.language.check.ShapeFit;
import dev.millrace.language.schema.ShapeSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Works with {@link Shape}s: fits values to them, and writes them as JSON Schema. */
public final class Shapes {
    private Shapes() {}

    /** Checks and normalises a value; finds all misfits at once. Never throws. */
    public static Fitted fit(JsonNode value, Shape shape) {
        ShapeFit.Fit fit = ShapeFit.fit(value, shape, ShapeFit.Watch.NONE);
        return new Fitted(
                fit.value(),
                fit.found().stream()
                        .map(f -> new Fitted.Misfit(f.code().code(), f.path(), f.message()))
                        .toList());
    }

    /** The shape as a JSON Schema, draft 2020-12. */
    public static ObjectNode jsonSchema(Shape shape) {
        return ShapeSchema.root(shape);
    }
}
