package dev.millrace.engine.journal;

import dev.millrace.engine.Actor;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry to be written into the journal.
 *
 * @param id where it is known before it is written; else a new one is given
 * @param type {@code workflow.step_completed}, {@code purchase_order.approved}, {@code workflow.saved} …
 * @param resourceType on what: {@code execution}, {@code approval}, {@code definition}, {@code purchase_order} …
 * @param before the status before, {@code after} the one after, where there is one
 * @param comment a reason or remark for people; never a payload or a secret
 */
public record Entry(
        Optional<UUID> id,
        String type,
        Actor actor,
        String resourceType,
        String resourceId,
        Optional<String> step,
        Optional<String> before,
        Optional<String> after,
        Optional<String> comment) {

    public Entry(
            String type,
            Actor actor,
            String resourceType,
            String resourceId,
            Optional<String> step,
            Optional<String> before,
            Optional<String> after,
            Optional<String> comment) {
        this(Optional.empty(), type, actor, resourceType, resourceId, step, before, after, comment);
    }

    /** An entry about an execution, by the engine itself. */
    public static Entry ofExecution(String type, UUID execution, String before, String after) {
        return new Entry(
                type,
                Actor.SYSTEM,
                "execution",
                execution.toString(),
                Optional.empty(),
                Optional.of(before),
                Optional.of(after),
                Optional.empty());
    }

    /** An entry about a step, by the engine itself. */
    public static Entry ofStep(String type, UUID execution, String step, String before, String after) {
        return new Entry(
                type,
                Actor.SYSTEM,
                "execution",
                execution.toString(),
                Optional.of(step),
                Optional.of(before),
                Optional.of(after),
                Optional.empty());
    }

    public Entry by(Actor who) {
        return new Entry(id, type, who, resourceType, resourceId, step, before, after, comment);
    }

    public Entry about(String type, UUID id) {
        return new Entry(this.id, this.type, actor, type, id.toString(), step, before, after, comment);
    }

    public Entry saying(String remark) {
        return new Entry(id, type, actor, resourceType, resourceId, step, before, after, Optional.of(remark));
    }
}
