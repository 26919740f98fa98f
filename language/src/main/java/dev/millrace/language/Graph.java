package dev.millrace.language;

import dev.millrace.language.graph.Drawing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A definition as a picture: what it does, and what leads to what. The JSON of it is described in
 * {@code docs/language.md}.
 *
 * @param nodes the trigger, then each step with its deadlines and handlers in the order of the text, then what is done
 *     on failure, then the end
 * @param edges every dependency as written, also those that follow from others
 */
public record Graph(List<Node> nodes, List<Edge> edges) {
    /** No step may have this id. */
    public static final String TRIGGER = "trigger";

    /** Never the id of a step. */
    public static final String END = "workflow.end";

    public Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** Never throws for a definition that was checked. */
    public static Graph of(Definition definition, Catalogue catalogue) {
        return Drawing.of(definition, catalogue);
    }

    /**
     * @param id {@link #TRIGGER}, the id of a step, {@code <step>.on_error[n]}, {@code <step>.on_timeout[n]},
     *     {@code on_failure[n]} or {@link #END}
     * @param title short: Finance head
     * @param step the step that it is or belongs to
     * @param actionKind none where the tenant does not have the action
     * @param label what it does, in words
     * @param condition as written
     * @param forEach it runs once for each item of a list
     * @param after of a deadline, from the start of the wait
     */
    public record Node(
            String id,
            Kind kind,
            String title,
            Optional<String> step,
            Optional<String> action,
            Optional<ActionType.Kind> actionKind,
            String label,
            Optional<String> condition,
            boolean forEach,
            Optional<Duration> after) {}

    public enum Kind {
        TRIGGER,
        STEP,
        /** An entry of {@code on_error}. */
        HANDLER,
        /** An entry of {@code on_timeout}. */
        DEADLINE,
        ON_FAILURE,
        END
    }

    /** @param label when it is taken, in words; empty: always */
    public record Edge(String from, String to, Way way, String label) {}

    /** What leads over an edge. */
    public enum Way {
        /** It is done. */
        THEN,
        /** It failed for good, was rejected or expired. */
        ON_ERROR,
        /** Time has passed. */
        ON_TIMEOUT,
        /** The whole execution failed. */
        ON_FAILURE
    }
}
