package dev.millrace.language;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One step of a definition, its templates parsed.
 *
 * @param output the declared output of its action: what dependents see as {@code none} when it did not complete
 */
public record Step(
        String id,
        String action,
        List<String> dependsOn,
        Optional<Expression> condition,
        Optional<ForEach> forEach,
        boolean passIfSkipped,
        Template config,
        Shape output,
        Optional<Duration> timeout,
        Retry retry,
        List<Deadline> onTimeout,
        Handlers onError) {
    public Step {
        dependsOn = List.copyOf(dependsOn);
        onTimeout = List.copyOf(onTimeout);
    }
}
