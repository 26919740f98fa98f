package dev.millrace.server.workflow;

import dev.millrace.language.Definition;
import dev.millrace.language.Expression;
import dev.millrace.language.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A definition as a picture: the trigger and the steps, and which waits for which. */
record Graph(List<Node> nodes, List<Edge> edges) {
    /** No step may have this id. */
    private static final String TRIGGER = "trigger";

    /**
     * @param kind {@code trigger} or {@code step}
     */
    record Node(String id, String kind, Optional<String> action, Optional<String> condition) {}

    record Edge(String from, String to) {}

    static Graph of(Definition definition) {
        var nodes = new ArrayList<Node>();
        var edges = new ArrayList<Edge>();
        nodes.add(new Node(TRIGGER, TRIGGER, Optional.empty(), Optional.empty()));
        for (Step step : definition.steps()) {
            nodes.add(new Node(
                    step.id(),
                    "step",
                    Optional.of(step.action()),
                    step.condition().map(Expression::source)));
            if (step.dependsOn().isEmpty()) {
                edges.add(new Edge(TRIGGER, step.id()));
            }
            step.dependsOn().forEach(from -> edges.add(new Edge(from, step.id())));
        }
        return new Graph(nodes, edges);
    }
}
