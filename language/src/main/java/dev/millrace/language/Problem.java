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
 * @param fix the change of the text that mends it, where exactly one does
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
        Optional<String> suggestion,
        Optional<Fix> fix) {

    /** An error keeps a definition from being saved; a warning is shown. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /**
     * A change of the text: what is between the two places is replaced. Lines and columns from 1, columns in code
     * points, the end exclusive.
     */
    public record Fix(int line, int column, int endLine, int endColumn, String replacement) {}
}
