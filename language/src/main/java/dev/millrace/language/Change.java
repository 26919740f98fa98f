package dev.millrace.language;

import java.util.Optional;

/**
 * One difference between two versions of a definition.
 *
 * @param path where, relative to {@code workflow}: {@code steps[1].condition}; in the later version, for what was removed
 *     in the earlier one. Entries of lists are counted from 0, also where the text has one entry without a list
 * @param step the id of the step that it concerns, in the version that the path is in
 * @param words a sentence or two for people
 * @param weakens a person is asked less often, fewer people are asked, or nobody at all
 */
public record Change(Kind kind, String path, Optional<String> step, String words, boolean weakens) {

    /** What kind of part changed. */
    public enum Kind {
        NAME,
        DESCRIPTION,
        ENABLED,
        TRIGGER,
        SCHEDULE,
        CONCURRENCY,
        STEP_ADDED,
        STEP_REMOVED,
        STEP_RENAMED,
        ACTION,
        DEPENDENCIES,
        CONDITION,
        /** A number with which a condition compares. */
        LIMIT,
        IF_SKIPPED,
        FOR_EACH,
        CONFIG,
        /** Who is asked or told. */
        ROLE,
        TIMEOUT,
        RETRY,
        DEADLINE,
        ON_ERROR,
        ON_FAILURE,
        /** Only the order of the steps in the text; it has no effect. */
        ORDER
    }
}
