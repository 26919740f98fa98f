package dev.millrace.engine;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Takes events in, inside the transaction of what happened. */
public interface EventPublisher {
    /**
     * Stores the event and starts an execution of every enabled definition that matches it, all in {@code tx}.
     * A broken trigger condition never fails it.
     *
     * @throws EventRefused the event is unknown, the payload does not fit, or the id was used with another payload
     */
    Published publish(Tx tx, NewEvent event);

    /**
     * @param id makes it idempotent; without one a new id is given
     * @param depth how many actions stand between this event and the outside; beyond 16 it starts nothing
     */
    record NewEvent(Optional<String> id, String name, ObjectNode payload, Actor actor, int depth) {
        public static NewEvent of(String name, ObjectNode payload, Actor actor) {
            return new NewEvent(Optional.empty(), name, payload, actor, 0);
        }
    }
}
