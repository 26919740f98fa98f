package dev.millrace.language;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What starts executions of a definition. */
public sealed interface Trigger {

    /** An event of one of the names, for which the condition holds. */
    record OnEvent(List<String> events, Optional<Expression> condition) implements Trigger {
        public OnEvent {
            events = List.copyOf(events);
        }
    }

    /** A schedule; no zone means the tenant's. */
    record OnSchedule(Schedule schedule, Optional<ZoneId> zone, CatchUp catchUp) implements Trigger {}

    /** A person or a program; the payload must fit {@code inputs} (a JSON Schema) where given. */
    record Manual(Optional<JsonNode> inputs) implements Trigger {}

    /** What to do about fires missed while the engine was down. */
    enum CatchUp {
        NONE,
        LAST,
        ALL
    }
}
