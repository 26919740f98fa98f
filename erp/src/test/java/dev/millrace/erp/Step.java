package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Published;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Action;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.language.Expression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A step of an execution, as an action sees it; writes down what the action tells it. */
public class Step implements ActionContext {
    public final List<String> told = new ArrayList<>();
    private final Erp erp;
    private final Documents documents;
    private final Supplier<TenantInfo> tenant;
    // Looked up before: a transaction inside a transaction would want two connections of the pool at once.
    private final Actor requester;
    private Sight sight = new Sight(Map.of(), Instant.parse("2026-11-30T06:30:00Z"));

    public Step(World world) {
        this(
                world.erp,
                world.documents,
                () -> world.run(tx -> world.erp.directory().tenant(tx)),
                world.requester());
    }

    Step(Erp erp, Documents documents, Supplier<TenantInfo> tenant, Actor requester) {
        this.erp = erp;
        this.documents = documents;
        this.tenant = tenant;
        this.requester = requester;
    }

    /** What its expressions see from now on. */
    public Step seeing(Sight what) {
        sight = what;
        return this;
    }

    public <A extends Action> A action(Class<A> type) {
        return erp.actions().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public TenantInfo tenant() {
        return tenant.get();
    }

    @Override
    public UUID executionId() {
        return new UUID(9, 9);
    }

    @Override
    public String stepId() {
        return "tell.on_error[0]";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        return executionId() + "/" + stepId();
    }

    @Override
    public String workflowLabel() {
        return "purchase-order-approval v3";
    }

    @Override
    public Actor startedBy() {
        return requester;
    }

    @Override
    public ObjectNode trigger() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Documents documents() {
        return documents;
    }

    @Override
    public Published publish(Tx tx, String event, ObjectNode payload) {
        told.add("published " + event + " " + payload.path("status").asString(""));
        return World.NOBODY;
    }

    @Override
    public JsonNode evaluate(String expression) {
        return evaluate(Sight.parsed(expression));
    }

    @Override
    public JsonNode evaluate(Expression expression) {
        return expression.evaluate(sight);
    }

    @Override
    public boolean holds(String expression) {
        return evaluate(expression).asBoolean();
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
        told.add("journal " + type + " " + before.orElse("-") + " " + after.orElse("-") + ": " + comment);
        return new UUID(8, told.size());
    }
}
