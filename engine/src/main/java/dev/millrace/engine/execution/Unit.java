package dev.millrace.engine.execution;

import dev.millrace.engine.policy.PolicyGate;
import dev.millrace.language.ActionType;
import dev.millrace.language.Retry;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something of a definition that runs and has a row: a step, an item of a step with {@code for_each}, or an entry of
 * {@code on_error}, {@code on_timeout} or {@code on_failure}.
 *
 * @param owner the step that it is, or belongs to; empty for {@code on_failure}
 * @param item the number of the item that it is, or belongs to, from 0
 */
record Unit(
        String id,
        String action,
        Template config,
        Retry retry,
        Optional<Duration> timeout,
        Optional<Step> owner,
        Optional<Integer> item) {

    /** What is held against the company's policies before it runs. */
    PolicyGate.Use use(Loaded execution, ActionType type, ObjectNode input) {
        return new PolicyGate.Use(
                execution.tenant().id(),
                execution.id(),
                execution.definition(),
                owner,
                execution.event().map(Loaded.Event::name),
                execution.trigger(),
                type,
                input);
    }

    /** The same for every attempt: the step's id, and the item's number behind it. */
    String idempotencyPart() {
        Optional<String> step = owner.map(Step::id);
        return item.isPresent() && step.isPresent() && id.equals(step.get() + "[" + item.get() + "]")
                ? step.get() + "/" + item.get()
                : id;
    }
}
