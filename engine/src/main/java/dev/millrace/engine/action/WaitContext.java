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

    /** When the step's next deadline that ends the wait falls: the {@code expires_at} that people are shown. */
    Instant expiresAt();

    /** Renders a template of the step, such as the config of an {@code on_timeout} entry. */
    ObjectNode render(Template template);
}
