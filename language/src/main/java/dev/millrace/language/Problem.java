package dev.millrace.language;

import java.util.Optional;

/**
 * One finding of the validator.
 *
 * @param code stable, snake_case; the list is in {@code docs/problems.md}
 * @param path where, relative to {@code workflow}: {@code steps[0].config.role}; empty for the whole text
 * @param line from 1
 * @param column from 1, in code points
 * @param message what was expected, what there is, what to do
 * @param suggestion the one replacement that would mend it, where there is one
 */
public record Problem(
        String code,
        Severity severity,
        String path,
        int line,
        int column,
        int endLine,
        int endColumn,
        String message,
        Optional<String> suggestion) {

    /** An error keeps a definition from being saved; a warning is shown. */
    public enum Severity {
        ERROR,
        WARNING
    }
}
