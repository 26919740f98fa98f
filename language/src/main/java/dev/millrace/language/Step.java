package dev.millrace.language;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One step of a definition, its templates parsed. */
public record Step(
        String id,
        String action,
        List<String> dependsOn,
        Optional<Expression> condition,
        boolean passIfSkipped,
        Template config,
        Optional<Duration> timeout,
        Retry retry,
        List<Deadline> onTimeout,
        Handlers onError) {
    public Step {
        dependsOn = List.copyOf(dependsOn);
        onTimeout = List.copyOf(onTimeout);
    }
}
