package dev.millrace.language;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One change of a definition's text. Paths are those of {@link Problem#path()}: {@code steps[0].config.role},
 * {@code trigger.condition}, {@code tests[0].name}. A step is named by its id, which must stand in the text once.
 */
public sealed interface Edit {

    /** @param step a map with an id that no other step has */
    record AddStep(Position position, JsonNode step) implements Edit {}

    /**
     * Takes the step out, with the comment lines directly above it. What depended on it then depends on what it
     * depended on. Expressions that use it stay, for the validator to report.
     */
    record RemoveStep(String id) implements Edit {}

    /**
     * Changes what differs, and nothing else: comments beside what stays are kept. An id that differs is changed here
     * only; {@link RenameStep} changes what refers to it too.
     */
    record ReplaceStep(String id, JsonNode step) implements Edit {}

    /**
     * Changes the id, wherever {@code depends_on} names it and wherever an expression reads {@code steps.<id>}.
     * Computed keys ({@code steps[x]}) are not followed, nor are tests.
     */
    record RenameStep(String id, String newId) implements Edit {}

    /** Moves the step, with the comment lines directly above it. The order of steps is for people: it changes nothing else. */
    record MoveStep(String id, Position position) implements Edit {}

    /**
     * Writes a value; maps around it that are missing are made. Of a map that is there, only what differs is changed.
     * The index behind the last one of a list appends.
     */
    record SetValue(String path, JsonNode value) implements Edit {}

    /** Takes out a key with its value, or an item of a list, with the comment lines directly above it. */
    record RemoveValue(String path) implements Edit {}

    /**
     * Replaces characters exactly: what undoes another edit.
     *
     * @param replacements in the order of the text, apart from each other
     */
    record Exactly(List<Replacement> replacements) implements Edit {
        public Exactly {
            replacements = List.copyOf(replacements);
        }
    }

    /**
     * @param start in chars of the text before, from 0
     * @param before what stands there
     */
    record Replacement(int start, String before, String after) {}

    /** Where in the list of steps. */
    sealed interface Position {}

    record Before(String id) implements Position {}

    record After(String id) implements Position {}

    record AtEnd() implements Position {}
}
