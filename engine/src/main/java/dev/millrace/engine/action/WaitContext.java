package dev.millrace.engine.action;

import dev.millrace.language.Step;
import dev.millrace.language.Template;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The step on whose behalf a waiting action begins to wait. */
public interface WaitContext extends ActionContext {
    Step step();

    UUID definitionId();

    String workflowName();

    int workflowVersion();

    /** When the step began to wait; now, if it begins. */
    Instant waitingSince();

    /** How many events and executions stand between the outside and this execution; 0 for none. */
    int depth();

    /** The first of the chain of executions that started each other; this one, if none did. */
    UUID rootExecution();

    /** When what started the execution happened. */
    Instant triggeredAt();

    /**
     * When a request made now expires: at the first entry of {@code on_timeout}, from the given one on, that ends the
     * wait; else after the tenant's default expiry.
     */
    Instant expiresAt(int fromEntry);

    /** Renders a template of the step, such as the config of an {@code on_timeout} entry. */
    ObjectNode render(Template template);
}
