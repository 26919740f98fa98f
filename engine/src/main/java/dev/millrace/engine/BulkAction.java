package dev.millrace.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One action on many executions, and how far it has come.
 *
 * @param total executions that it was asked for
 * @param refused those that stayed as they were
 * @param refusals the first of them, each with its reason
 */
public record BulkAction(
        UUID id,
        Kind kind,
        int total,
        int done,
        int refused,
        Instant createdAt,
        Optional<Instant> finishedAt,
        List<Refusal> refusals) {
    public BulkAction {
        refusals = List.copyOf(refusals);
    }

    public int pending() {
        return total - done - refused;
    }

    /** What is done to each. */
    public enum Kind {
        RETRY,
        CANCEL
    }

    /**
     * An execution that stayed as it was.
     *
     * @param code {@code not_live}, {@code not_found}, one of {@link Retried.Refused}, {@code version_incompatible} or
     *     {@code unexpected_error}
     */
    public record Refusal(UUID execution, String code, String message) {}

    /**
     * What somebody asks for.
     *
     * @param latest of a retry: under the newest live version, if what has run fits it
     * @param comment a remark for the journal
     * @param expected how many executions he has seen that it concerns
     */
    public record Order(ExecutionFilter filter, Kind kind, boolean latest, Optional<String> comment, int expected) {}

    /** What asking did. */
    public sealed interface Asked {
        record Accepted(UUID id, int count) implements Asked {}

        /** There are more or fewer than expected; nothing was stored. */
        record CountChanged(int count) implements Asked {}

        /** There is none. */
        record NothingFound() implements Asked {}

        /** There are more than one action may have. */
        record TooMany(int most) implements Asked {}
    }
}
