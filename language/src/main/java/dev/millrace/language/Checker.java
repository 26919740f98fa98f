package dev.millrace.language;

/** Checks the text of a definition: the one validator, for saving, the command line, the editor and the assistant. */
public final class Checker {
    /** Longest text, in bytes of UTF-8. */
    public static final int MAX_BYTES = 256 * 1024;

    private Checker() {}

    /**
     * Finds all problems at once. Never throws, whatever the text; bounded in time and memory by
     * {@link #MAX_BYTES} and the limits of the language.
     */
    public static Checked check(String yaml, Catalogue catalogue) {
        throw new IllegalStateException("in the making: " + yaml.length() + catalogue.currency());
    }
}
