package dev.millrace.engine;

import dev.millrace.language.Fitted;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What starting a definition by hand did. */
public sealed interface Started {
    record Done(UUID execution) implements Started {}

    /** A draft, or switched off. */
    record NotEnabled() implements Started {}

    /** The payload does not fit what the definition expects. */
    record PayloadInvalid(List<Fitted.Misfit> misfits) implements Started {}

    record PayloadTooLarge(int bytesMost) implements Started {}

    /** The trigger's condition is false for this payload, or cannot be evaluated. */
    record ConditionFalse(String condition, ObjectNode values) implements Started {}

    record NotFound() implements Started {}

    /**
     * The execution, for a program to which everything else is a fault in the program.
     *
     * @throws IllegalStateException nothing was started; the message says why
     */
    default UUID orThrow() {
        return switch (this) {
            case Done done -> done.execution();
            case NotEnabled off -> throw new IllegalStateException("the definition is not enabled");
            case PayloadInvalid payload ->
                throw new IllegalStateException("the payload does not fit: " + payload.misfits());
            case PayloadTooLarge payload ->
                throw new IllegalStateException("the payload is larger than " + payload.bytesMost() + " bytes");
            case ConditionFalse no ->
                throw new IllegalStateException("nothing to do: " + no.condition() + " is false for " + no.values());
            case NotFound none -> throw new IllegalStateException("there is no such definition");
        };
    }
}
