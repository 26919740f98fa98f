package dev.millrace.language;

/**
 * At most one running execution of a definition for each key.
 *
 * @param key a text with templates; sees what the trigger's condition sees
 */
public record Concurrency(Template key, OnConflict onConflict) {

    /** What becomes of a start while another execution with the same key runs. */
    public enum OnConflict {
        /** It does not start; the journal says why. */
        SKIP,
        /** It starts when the other one has ended. */
        QUEUE
    }
}
