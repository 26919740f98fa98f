package dev.millrace.language.graph;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Deadline;
import dev.millrace.language.Definition;
import dev.millrace.language.Expression;
import dev.millrace.language.Graph;
import dev.millrace.language.Graph.Edge;
import dev.millrace.language.Graph.Kind;
import dev.millrace.language.Graph.Node;
import dev.millrace.language.Graph.Way;
import dev.millrace.language.Handlers;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import dev.millrace.language.words.Messages;
import dev.millrace.language.words.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Draws one definition. */
public final class Drawing {
    private static final String STOP = "core.stop";

    private final Definition definition;
    private final Catalogue catalogue;
    private final Wording wording;
    private final Messages messages;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    private Drawing(Definition definition, Catalogue catalogue) {
        this.definition = definition;
        this.catalogue = catalogue;
        this.messages = Messages.ENGLISH;
        this.wording = Wording.byTitle(messages, definition, catalogue);
    }

    public static Graph of(Definition definition, Catalogue catalogue) {
        return new Drawing(definition, catalogue).draw();
    }

    private Graph draw() {
        nodes.add(place(Graph.TRIGGER, Kind.TRIGGER, "graph.trigger", wording.start(definition.trigger())));
        definition.steps().forEach(this::step);
        failure();
        nodes.add(place(Graph.END, Kind.END, "graph.end", messages.say("graph.end")));
        ends();
        return new Graph(nodes, edges);
    }

    private Node place(String id, Kind kind, String title, String label) {
        return new Node(
                id,
                kind,
                messages.say(title),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Messages.sentence(label),
                Optional.empty(),
                false,
                Optional.empty());
    }

    private Node use(String id, Kind kind, Optional<String> step, String action, Template config) {
        String words = wording.phrase(action, config, step).words();
        return new Node(
                id,
                kind,
                step.map(wording::title).orElseGet(() -> messages.say("graph.on_failure")),
                step,
                Optional.of(action),
                kindOf(action),
                Messages.sentence(words),
                Optional.empty(),
                false,
                Optional.empty());
    }

    private Optional<ActionType.Kind> kindOf(String action) {
        return Optional.ofNullable(catalogue.actions().get(action)).map(ActionType::kind);
    }

    private void step(Step step) {
        Node node = use(step.id(), Kind.STEP, Optional.of(step.id()), step.action(), step.config());
        nodes.add(with(node, step.condition().map(Expression::source), step.forEach().isPresent(), Optional.empty()));
        String label = step.condition()
                .map(condition -> messages.say("graph.if", wording.condition(condition)))
                .orElse("");
        List<String> before = step.dependsOn().isEmpty() ? List.of(Graph.TRIGGER) : step.dependsOn();
        before.forEach(from -> edges.add(new Edge(from, step.id(), Way.THEN, label)));
        deadlines(step);
        handlers(step);
    }

    private static Node with(Node node, Optional<String> condition, boolean forEach, Optional<Duration> after) {
        return new Node(
                node.id(),
                node.kind(),
                node.title(),
                node.step(),
                node.action(),
                node.actionKind(),
                node.label(),
                condition,
                forEach,
                after);
    }

    private void deadlines(Step step) {
        for (int i = 0; i < step.onTimeout().size(); i++) {
            Deadline deadline = step.onTimeout().get(i);
            String id = step.id() + ".on_timeout[" + i + "]";
            Node node = use(id, Kind.DEADLINE, Optional.of(step.id()), deadline.action(), deadline.config());
            nodes.add(with(node, Optional.empty(), false, Optional.of(deadline.after())));
            String label = messages.say("graph.after", wording.duration(deadline.after()));
            edges.add(new Edge(step.id(), id, Way.ON_TIMEOUT, label));
        }
    }

    private void handlers(Step step) {
        Handlers handlers = step.onError();
        String key = Wording.isApproval(step) ? "graph.rejected" : "graph.failed";
        String last = chain(step.id() + ".on_error", step.id(), Optional.of(step.id()), handlers, messages.say(key));
        if (handlers.thenContinue()) {
            String label = last.equals(step.id()) ? messages.say(key) : "";
            Way way = last.equals(step.id()) ? Way.ON_ERROR : Way.THEN;
            dependents(step.id()).forEach(next -> edges.add(new Edge(last, next.id(), way, label)));
        } else if (!handlers.list().isEmpty()
                && handlers.list().getLast().action().equals(STOP)) {
            edges.add(new Edge(last, Graph.END, Way.THEN, ""));
        }
    }

    /** @return the id of the last node of the chain */
    private String chain(String path, String from, Optional<String> step, Handlers handlers, String label) {
        String last = from;
        for (int i = 0; i < handlers.list().size(); i++) {
            String id = path + "[" + i + "]";
            var handler = handlers.list().get(i);
            Kind kind = step.isPresent() ? Kind.HANDLER : Kind.ON_FAILURE;
            nodes.add(use(id, kind, step, handler.action(), handler.config()));
            Way way = step.isPresent() ? Way.ON_ERROR : Way.ON_FAILURE;
            edges.add(new Edge(last, id, i == 0 ? way : Way.THEN, i == 0 ? label : ""));
            last = id;
        }
        return last;
    }

    private void failure() {
        chain("on_failure", Graph.END, Optional.empty(), definition.onFailure(), messages.say("graph.all_failed"));
    }

    private List<Step> dependents(String id) {
        return definition.steps().stream()
                .filter(step -> step.dependsOn().contains(id))
                .toList();
    }

    /** From every step behind which there is no other. */
    private void ends() {
        Set<String> followed = new HashSet<>();
        definition.steps().forEach(step -> followed.addAll(step.dependsOn()));
        definition.steps().stream()
                .filter(step -> !followed.contains(step.id()))
                .forEach(step -> edges.add(new Edge(step.id(), Graph.END, Way.THEN, "")));
    }
}
