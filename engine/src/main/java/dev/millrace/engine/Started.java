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

    /** The trigger's condition is false for this payload, or cannot be evaluated. */
    record ConditionFalse(String condition, ObjectNode values) implements Started {}

    record NotFound() implements Started {}
}
