package dev.millrace.engine;

import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.engine.Timeline.Kind;
import dev.millrace.engine.Timeline.Moment;
import dev.millrace.engine.Timeline.Subject;
import dev.millrace.engine.Timeline.Waiting;
import dev.millrace.engine.execution.ExecutionScope;
import dev.millrace.engine.timeline.TimelineRows;
import dev.millrace.engine.timeline.TimelineRows.Asked;
import dev.millrace.engine.timeline.TimelineRows.Noted;
import dev.millrace.engine.trigger.EventLogRows;
import dev.millrace.language.Definition;
import dev.millrace.language.Expression;
import dev.millrace.language.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gathers the {@link Timeline} of a document from events, executions, requests and the journal. */
public final class Timelines {
    /** Of each source. A document has some dozens; who changes one a thousand times sees the first of them. */
    private static final int ROWS_MOST = 200;

    private static final int EXECUTIONS_MOST = 50;

    private final EventLogRows events;
    private final Executions executions;
    private final TimelineRows rows = new TimelineRows();
    private final Definitions definitions;
    private final Directory directory;

    Timelines(EventLogRows events, Executions executions, Definitions definitions, Directory directory) {
        this.events = events;
        this.executions = executions;
        this.definitions = definitions;
        this.directory = directory;
    }

    /** Empty of a document of which nothing is known. */
    public Timeline of(Tx tx, String entityType, UUID entity) {
        List<StoredEvent> told = events.about(tx, entityType, entity, ROWS_MOST);
        List<Asked> asked = rows.asked(tx, entityType, entity, ROWS_MOST);
        List<Noted> noted = rows.noted(tx, entityType, entity, ROWS_MOST);
        Set<UUID> started = started(tx, told, asked);

        var moments = new ArrayList<Moment>();
        var waiting = new ArrayList<Waiting>();
        told.forEach(event -> ofEvent(event, moments));
        asked.forEach(request -> ofRequest(request, moments, waiting));
        noted.forEach(entry -> moments.add(ofEntry(entry)));
        started.stream()
                .limit(EXECUTIONS_MOST)
                .flatMap(id -> executions.find(tx, id).stream())
                .forEach(execution -> ofExecution(tx, execution, asked, moments, waiting));
        moments.sort(Comparator.comparing(Moment::at).thenComparing(Moment::kind));
        boolean truncated = started.size() > EXECUTIONS_MOST
                || Stream.of(told, asked, noted).anyMatch(list -> list.size() == ROWS_MOST);
        return new Timeline(entityType, entity, waiting, moments, truncated);
    }

    /** Executions that the document's events started, at once or later, or that asked about it. */
    private Set<UUID> started(Tx tx, List<StoredEvent> told, List<Asked> asked) {
        var ids = new LinkedHashSet<UUID>();
        for (StoredEvent event : told) {
            ids.addAll(event.executions());
            events.later(tx, event.id()).forEach(later -> ids.add(later.execution()));
        }
        asked.forEach(request -> ids.add(request.execution()));
        return ids;
    }

    private static void ofEvent(StoredEvent event, List<Moment> moments) {
        moments.add(Moment.of(
                event.occurredAt(),
                Kind.EVENT,
                event.name(),
                Subject.ofEvent(event.id(), Optional.empty(), Optional.empty()),
                Optional.of(event.actor().name())));
        for (Published.Declined no : event.declined()) {
            String what = no.failed() ? "its trigger could not be evaluated" : "its trigger did not fire";
            var subject = Subject.ofEvent(event.id(), Optional.of(no.workflow()), Optional.of(no.version()));
            moments.add(Moment.not(event.occurredAt(), Kind.NOT_STARTED, what, subject, no.reason(), no.values()));
        }
    }

    private static void ofRequest(Asked request, List<Moment> moments, List<Waiting> waiting) {
        String whom = request.role().orElse("a person");
        var subject = Subject.of(request);
        moments.add(Moment.of(request.at(), Kind.ASKED, whom + " is asked", subject, Optional.empty()));
        String comment = request.comment().map(text -> ": " + text).orElse("");
        request.decidedAt()
                .ifPresent(at -> moments.add(
                        Moment.of(at, Kind.DECIDED, request.status() + comment, subject, request.decidedBy())));
        if (request.status().equals("pending")) {
            waiting.add(new Waiting(
                    "approval",
                    request.execution(),
                    request.workflow(),
                    request.version(),
                    request.step(),
                    request.role(),
                    request.user(),
                    Optional.of(request.id()),
                    Optional.of(request.at()),
                    Optional.of(request.until())));
        }
    }

    private static Moment ofEntry(Noted entry) {
        String change = entry.after()
                .map(after ->
                        ": " + entry.before().map(before -> before + " → ").orElse("") + after)
                .orElse("");
        String comment = entry.comment().map(text -> " (" + text + ")").orElse("");
        return Moment.of(
                entry.at(),
                Kind.NOTED,
                entry.type() + change + comment,
                Subject.ofEntry(entry.execution()),
                Optional.of(entry.by()));
    }

    private void ofExecution(
            Tx tx, ExecutionView execution, List<Asked> asked, List<Moment> moments, List<Waiting> waiting) {
        var subject = Subject.of(execution, Optional.empty());
        moments.add(Moment.of(
                execution.startedAt(),
                Kind.STARTED,
                "started",
                subject,
                Optional.of(execution.startedBy().name())));
        String how = execution.outcome().orElse(execution.status());
        execution.completedAt().ifPresent(at -> moments.add(Moment.of(at, Kind.ENDED, how, subject, Optional.empty())));
        Definition definition = definitions.compiled(
                definitions.find(tx, execution.definitionId()).orElseThrow());
        List<StepView> steps = executions.steps(tx, execution.id());
        for (StepView step : steps) {
            if (step.status().equals("skipped") && step.skipReason().equals(Optional.of("condition"))) {
                skipped(tx, execution, definition, steps, step).ifPresent(moments::add);
            }
            boolean isAsked = asked.stream()
                    .anyMatch(r ->
                            r.execution().equals(execution.id()) && r.step().equals(step.id()));
            if (step.status().equals("waiting") && !isAsked) {
                waiting.add(new Waiting(
                        "step",
                        execution.id(),
                        execution.workflowName(),
                        execution.version(),
                        step.id(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        step.startedAt(),
                        step.dueAt()));
            }
        }
    }

    private Optional<Moment> skipped(
            Tx tx, ExecutionView execution, Definition definition, List<StepView> steps, StepView skipped) {
        Optional<Expression> condition = definition.steps().stream()
                .filter(step -> step.id().equals(skipped.id()))
                .findFirst()
                .flatMap(Step::condition);
        Instant at = skipped.completedAt().or(skipped::startedAt).orElse(execution.startedAt());
        return condition.map(c -> Moment.not(
                at,
                Kind.SKIPPED,
                skipped.action() + " was left out",
                Subject.of(execution, Optional.of(skipped.id())),
                c.source() + " is false",
                values(tx, execution, steps, c)));
    }

    /** What the condition read: of the trigger, and of the steps before. */
    private ObjectNode values(Tx tx, ExecutionView execution, List<StepView> steps, Expression condition) {
        ObjectNode values = ExecutionScope.ofTrigger(
                        directory.tenant(tx),
                        execution.trigger(),
                        execution.definitionId(),
                        execution.workflowName(),
                        execution.version(),
                        execution.startedAt())
                .valuesOf(condition);
        for (Expression.Reference reference : condition.references()) {
            ofStep(reference.path(), steps).ifPresent(value -> values.set(String.join(".", reference.path()), value));
        }
        return values;
    }

    private static Optional<JsonNode> ofStep(List<String> path, List<StepView> steps) {
        if (path.size() < 3 || !path.getFirst().equals("steps")) {
            return Optional.empty();
        }
        return steps.stream()
                .filter(step -> step.id().equals(path.get(1)))
                .findFirst()
                .map(step -> read(step, path.subList(2, path.size())))
                .filter(JsonNode::isValueNode);
    }

    private static JsonNode read(StepView step, List<String> path) {
        ObjectNode json = Json.object();
        json.put("status", step.status().toLowerCase(Locale.ROOT));
        json.set("output", step.output().orElseGet(Json::object));
        json.set("error", step.error().orElseGet(Json::object));
        JsonNode value = json;
        for (String key : path) {
            value = value.path(key);
        }
        return value;
    }
}
