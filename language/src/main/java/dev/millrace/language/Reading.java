package dev.millrace.language;

import dev.millrace.language.reading.Writer;
import java.util.List;
import java.util.Optional;

/**
 * A definition in plain English, made by rules: what starts it, what it does step by step, and how it ends. The same
 * definition and catalogue always give the same words.
 *
 * @param text all lines, indented
 * @param lines the same, each with the step that it speaks of
 */
public record Reading(String text, List<Line> lines) {
    public Reading {
        lines = List.copyOf(lines);
    }

    /** Never throws for a definition that was checked, whatever the tenant has lost since. */
    public static Reading of(Definition definition, Catalogue catalogue) {
        return Writer.write(definition, catalogue);
    }

    /**
     * @param level how far it is indented, from 0
     * @param step the id of the step that it speaks of; none for what concerns the whole
     */
    public record Line(Kind kind, int level, String text, Optional<String> step) {}

    /** What a line is for; a picture of the text may show each kind in its own way. */
    public enum Kind {
        TITLE,
        HEADING,
        /** The number and name of a step, and after what it comes. */
        STEP,
        SENTENCE
    }
}
