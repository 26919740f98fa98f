package dev.millrace.engine;

import dev.millrace.language.Compatibility.Misfit;
import java.util.List;
import java.util.UUID;

/** What asking for a retry did. */
public sealed interface Retried {
    /**
     * The execution lives again.
     *
     * @param version under which it goes on
     * @param from the steps that run again
     */
    record Done(UUID execution, int version, List<String> from) implements Retried {}

    record NotFound() implements Retried {}

    /** There is no such step in its version. */
    record StepUnknown(String message) implements Retried {}

    /**
     * Nothing was changed.
     *
     * @param code {@code not_finished, step_not_retryable, other_step_failed, nothing_to_retry, stopped_on_purpose,
     *     no_live_version, key_held, concurrency_failed}
     * @param message what stands in the way, for people
     */
    record Refused(String code, String message) implements Retried {}

    /** What has run does not fit the newest live version. */
    record Incompatible(int version, List<Misfit> misfits) implements Retried {}
}
