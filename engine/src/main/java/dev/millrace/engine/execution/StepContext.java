package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.EventRefused;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Published;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.WaitContext;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.Deadline;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Scope;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an action sees of the step on whose behalf it runs. Made anew for each run of the step's transaction. */
final class StepContext implements WaitContext {
    private final Loaded execution;
    private final Unit unit;
    private final int attempt;
    private final Scope scope;
    private final Instant waitingSince;
    private final Services services;
    private final List<Entry> entries = new ArrayList<>();

    StepContext(Loaded execution, Unit unit, int attempt, Scope scope, Instant waitingSince, Services services) {
        this.execution = execution;
        this.unit = unit;
        this.attempt = attempt;
        this.scope = scope;
        this.waitingSince = waitingSince;
        this.services = services;
    }

    @Override
    public Instant waitingSince() {
        return waitingSince;
    }

    /** What the action wants journaled; written with the step. */
    List<Entry> entries() {
        return entries;
    }

    @Override
    public TenantInfo tenant() {
        return execution.tenant();
    }

    @Override
    public UUID executionId() {
        return execution.id();
    }

    @Override
    public String stepId() {
        return unit.id();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String idempotencyKey() {
        return execution.id() + "/" + unit.idempotencyPart();
    }

    @Override
    public String workflowLabel() {
        return execution.workflowLabel();
    }

    @Override
    public Actor startedBy() {
        return execution.startedBy();
    }

    @Override
    public ObjectNode trigger() {
        return execution.trigger();
    }

    @Override
    public JsonNode evaluate(String expression) {
        return parsed(expression).evaluate(scope);
    }

    @Override
    public JsonNode evaluate(Expression expression) {
        return expression.evaluate(scope);
    }

    @Override
    public boolean holds(String expression) {
        return parsed(expression).holds(scope);
    }

    private static Expression parsed(String expression) {
        return switch (Expressions.expression(expression)) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad ->
                throw ActionFailure.permanent(
                        "template_error", bad.faults().getFirst().message());
        };
    }

    @Override
    public Documents documents() {
        return services.documents();
    }

    @Override
    public Published publish(Tx tx, String event, ObjectNode payload) {
        var actor = new Actor("system", Optional.of(execution.id().toString()), execution.workflowLabel());
        try {
            return services.events()
                    .publish(tx, new NewEvent(Optional.empty(), event, payload, actor, execution.depth() + 1));
        } catch (EventRefused refused) {
            throw ActionFailure.permanent(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public UUID journal(
            Tx tx,
            String type,
            String resourceType,
            UUID resourceId,
            Optional<String> before,
            Optional<String> after,
            String comment) {
        UUID id = services.advance().nextEntry();
        entries.add(new Entry(
                Optional.of(id),
                type,
                Actor.SYSTEM,
                resourceType,
                resourceId.toString(),
                Optional.of(unit.id()),
                before,
                after,
                Optional.of(comment)));
        return id;
    }

    @Override
    public Step step() {
        return unit.owner().orElseThrow();
    }

    @Override
    public UUID definitionId() {
        return execution.definitionId();
    }

    @Override
    public String workflowName() {
        return execution.definition().name();
    }

    @Override
    public int workflowVersion() {
        return execution.version();
    }

    @Override
    public int depth() {
        return execution.depth();
    }

    @Override
    public UUID rootExecution() {
        return execution.root();
    }

    @Override
    public Instant triggeredAt() {
        return execution.event().map(Loaded.Event::occurredAt).orElse(execution.startedAt());
    }

    @Override
    public Instant expiresAt(int fromEntry) {
        return step().onTimeout().stream()
                .skip(fromEntry)
                .filter(d -> !d.thenContinue())
                .findFirst()
                .map(Deadline::after)
                .map(waitingSince::plus)
                .orElse(scope.now().plus(NodeSettings.DEFAULT_EXPIRY));
    }

    @Override
    public ObjectNode render(Template template) {
        return (ObjectNode) template.render(scope);
    }
}
