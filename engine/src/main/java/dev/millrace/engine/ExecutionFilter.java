package dev.millrace.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which executions are meant; all that is given must hold.
 *
 * @param workflow of every version of this name
 * @param errorCode of the execution's error
 * @param from started at or after
 * @param to started before
 * @param ids one of these; empty: any
 */
public record ExecutionFilter(
        Optional<String> workflow,
        Optional<Integer> version,
        Optional<String> status,
        Optional<String> outcome,
        Optional<String> errorCode,
        Optional<Instant> from,
        Optional<Instant> to,
        List<UUID> ids) {
    public static final ExecutionFilter ALL = new ExecutionFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public ExecutionFilter {
        ids = List.copyOf(ids);
    }

    public static ExecutionFilter ofWorkflow(String name) {
        return new ExecutionFilter(
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
