package dev.millrace.engine;

import dev.millrace.engine.timeline.TimelineRows.Asked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that happened to one document in every workflow, and everything that did not and why.
 *
 * @param waiting what it waits for now
 * @param moments oldest first
 * @param truncated there is more than a timeline shows
 */
public record Timeline(
        String entityType, UUID entityId, List<Waiting> waiting, List<Moment> moments, boolean truncated) {
    public Timeline {
        waiting = List.copyOf(waiting);
        moments = List.copyOf(moments);
    }

    /** There is nothing known of the document. */
    public boolean isEmpty() {
        return moments.isEmpty();
    }

    /**
     * @param kind {@code approval}, or {@code step} for a wait of another kind
     * @param role who is asked; or {@code user}
     */
    public record Waiting(
            String kind,
            UUID execution,
            String workflow,
            int version,
            String step,
            Optional<String> role,
            Optional<UUID> user,
            Optional<UUID> approval,
            Optional<Instant> since,
            Optional<Instant> until) {}

    /** What a moment tells of, in the order in which moments of one time stand. */
    public enum Kind {
        /** An event came in. */
        EVENT,
        /** A definition on the event did not start, because its condition was false or failed. */
        NOT_STARTED,
        /** An execution started. */
        STARTED,
        /** A step was left out, because its condition was false. */
        SKIPPED,
        /** Somebody was asked. */
        ASKED,
        /** The request ended. */
        DECIDED,
        /** The trail has an entry on the document. */
        NOTED,
        /** An execution ended. */
        ENDED
    }

    /**
     * Where a moment belongs.
     *
     * @param version of the workflow
     */
    public record Subject(
            Optional<UUID> event,
            Optional<UUID> execution,
            Optional<String> workflow,
            Optional<Integer> version,
            Optional<String> step,
            Optional<UUID> approval) {
        static Subject ofEvent(UUID event, Optional<String> workflow, Optional<Integer> version) {
            return new Subject(
                    Optional.of(event), Optional.empty(), workflow, version, Optional.empty(), Optional.empty());
        }

        static Subject ofEntry(Optional<UUID> execution) {
            return new Subject(
                    Optional.empty(),
                    execution,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        static Subject of(Asked request) {
            return new Subject(
                    Optional.empty(),
                    Optional.of(request.execution()),
                    Optional.of(request.workflow()),
                    Optional.of(request.version()),
                    Optional.of(request.step()),
                    Optional.of(request.id()));
        }

        static Subject of(ExecutionView execution, Optional<String> step) {
            return new Subject(
                    Optional.empty(),
                    Optional.of(execution.id()),
                    Optional.of(execution.workflowName()),
                    Optional.of(execution.version()),
                    step,
                    Optional.empty());
        }
    }

    /**
     * @param what a short text for people
     * @param because why not, with the values in the place of names: {@code total amount 480000 > 500000 is false}
     * @param values what the condition read
     */
    public record Moment(
            Instant at,
            Kind kind,
            String what,
            Subject subject,
            Optional<String> by,
            Optional<String> because,
            ObjectNode values) {
        static Moment of(Instant at, Kind kind, String what, Subject subject, Optional<String> by) {
            return new Moment(at, kind, what, subject, by, Optional.empty(), Json.object());
        }

        /** Something did not happen. */
        static Moment not(Instant at, Kind kind, String what, Subject subject, String reason, ObjectNode read) {
            return new Moment(at, kind, what, subject, Optional.empty(), Optional.of(withValues(reason, read)), read);
        }

        /** Puts the name and the value in the place of each path: longest first, for one may begin another. */
        private static String withValues(String reason, ObjectNode read) {
            String text = reason;
            List<String> paths = read.propertyNames().stream()
                    .sorted((a, b) -> b.length() - a.length())
                    .toList();
            for (String path : paths) {
                String name = path.substring(path.lastIndexOf('.') + 1).replace('_', ' ');
                text = text.replace(path, name + " " + read.path(path).asString(""));
            }
            return text;
        }
    }
}
