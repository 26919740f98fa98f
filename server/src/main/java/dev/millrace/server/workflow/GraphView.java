package dev.millrace.server.workflow;

import dev.millrace.language.Graph;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A definition as a picture, as {@code docs/language.md} describes it. */
record GraphView(List<NodeView> nodes, List<EdgeView> edges) {

    /**
     * @param kind {@code trigger, step, handler, deadline, on_failure, end}
     * @param step the step that it is or belongs to
     * @param actionKind {@code local, external, waiting}
     * @param after of a deadline, ISO-8601, from the start of the wait
     */
    record NodeView(
            String id,
            String kind,
            String title,
            String label,
            Optional<String> step,
            Optional<String> action,
            Optional<String> actionKind,
            Optional<String> condition,
            boolean forEach,
            Optional<String> after) {
        static NodeView of(Graph.Node node) {
            return new NodeView(
                    node.id(),
                    word(node.kind()),
                    node.title(),
                    node.label(),
                    node.step(),
                    node.action(),
                    node.actionKind().map(GraphView::word),
                    node.condition(),
                    node.forEach(),
                    node.after().map(Object::toString));
        }
    }

    /**
     * @param kind {@code then, on_error, on_timeout, on_failure}
     * @param label when it is taken, in words; empty: always
     */
    record EdgeView(String from, String to, String kind, String label) {
        static EdgeView of(Graph.Edge edge) {
            return new EdgeView(edge.from(), edge.to(), word(edge.way()), edge.label());
        }
    }

    static GraphView of(Graph graph) {
        return new GraphView(
                graph.nodes().stream().map(NodeView::of).toList(),
                graph.edges().stream().map(EdgeView::of).toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
