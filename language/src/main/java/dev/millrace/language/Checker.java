package dev.millrace.language;

import dev.millrace.language.yaml.YamlText;

/** Checks the text of a definition: the one validator, for saving, the command line, the editor and the assistant. */
public final class Checker {
    /** Longest text, in bytes of UTF-8. */
    public static final int MAX_BYTES = YamlText.MAX_BYTES;

    private Checker() {}

    /**
     * Finds all problems at once. Never throws, whatever the text; bounded in time and memory by
     * {@link #MAX_BYTES} and the limits of the language.
     */
    public static Checked check(String yaml, Catalogue catalogue) {
        return dev.millrace.language.check.Check.run(yaml, catalogue);
    }
}
