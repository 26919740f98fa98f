package dev.millrace.server.request;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.language.Fitted;
import dev.millrace.language.Shape;
import dev.millrace.language.Shapes;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;

/**
 * A request's body, not looked at yet: an endpoint reads it after it knows that the caller may and that the thing is
 * there, so that a stranger learns nothing from the faults of a body.
 *
 * @param <T> the record that it is to be: {@code Optional} components may be left out, others are required, and there
 *     are no further fields
 */
public final class Body<T extends Record> {
    /** Longest body, in bytes. */
    public static final int BYTES_MOST = 256 * 1024;

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return RecordShapes.of(type);
        }
    };

    private final byte[] bytes;
    private final Class<T> type;

    Body(byte[] bytes, Class<T> type) {
        this.bytes = bytes.clone();
        this.type = type;
    }

    /**
     * No body counts as one without fields.
     *
     * @throws Refusal it is not JSON, or not what it should be; says all that is wrong at once
     */
    public T read() {
        return bind(JsonInput.read(bytes), type);
    }

    static <T> T bind(tools.jackson.databind.JsonNode given, Class<T> type) {
        Fitted fitted = Shapes.fit(given, SHAPES.get(type));
        if (!fitted.fits()) {
            throw Refusal.invalid(
                    "invalid_input",
                    fitted.misfits().stream().map(FieldProblem::of).toList());
        }
        return Json.bind(fitted.value(), type);
    }
}
