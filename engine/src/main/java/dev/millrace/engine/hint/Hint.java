package dev.millrace.engine.hint;

import dev.millrace.engine.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/**
 * What one node tells the others.
 *
 * @param node who says it
 * @param everything anything may have fallen due, schedules too
 * @param executions to be looked at, for something was decided or they are due
 * @param seals the journal has new seals
 */
record Hint(UUID node, boolean everything, Set<UUID> executions, boolean seals) {
    /** A payload of NOTIFY holds 8,000 bytes. */
    static final int EXECUTIONS_MAX = 150;

    Hint {
        executions = Set.copyOf(executions);
    }

    String write() {
        return Json.write(Json.tree(new Wire(node, everything, List.copyOf(executions), seals)));
    }

    /** Empty for what another version may have meant. */
    static Optional<Hint> read(String text) {
        try {
            Wire wire = Json.bind(Json.readObject(text), Wire.class);
            return Optional.of(new Hint(wire.node(), wire.everything(), Set.copyOf(wire.executions()), wire.seals()));
        } catch (JacksonException | ClassCastException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private record Wire(UUID node, boolean everything, List<UUID> executions, boolean seals) {}
}
