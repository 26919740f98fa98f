package dev.millrace.language;

import dev.millrace.language.expression.WaitKeys;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The part of a condition on an event by which waits for it are found: {@code event.<path> == <value>}, joined to the
 * rest by {@code and}. The value does not depend on the event, so it is known when the wait begins.
 *
 * @param path of the field within the event's payload
 */
public record WaitKey(List<String> path, Expression value) {
    public WaitKey {
        path = List.copyOf(path);
    }

    /** The first such part of a condition; empty: every event of the name would have to be tried against it. */
    public static Optional<WaitKey> of(Expression match) {
        return WaitKeys.first(match);
    }

    /** What an event has at the path; a missing node if it has nothing there. */
    public static JsonNode read(List<String> path, JsonNode payload) {
        JsonNode value = payload;
        for (String key : path) {
            value = value.path(key);
        }
        return value;
    }
}
