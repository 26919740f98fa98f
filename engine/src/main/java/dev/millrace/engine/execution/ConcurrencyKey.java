package dev.millrace.engine.execution;

import dev.millrace.language.Concurrency;
import dev.millrace.language.EvaluationException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The key for which an execution runs. */
public final class ConcurrencyKey {
    private ConcurrencyKey() {}

    /**
     * Empty: an empty key sets no limit.
     *
     * @throws EvaluationException it has no value
     */
    public static Optional<KeyRows.Key> of(Concurrency concurrency, Loaded execution, Instant now) {
        JsonNode value = concurrency.key().render(ExecutionScope.of(execution, now));
        String text = value.isNull() ? "" : value.asString();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeyRows.Key(execution.definition().name(), text));
    }
}
