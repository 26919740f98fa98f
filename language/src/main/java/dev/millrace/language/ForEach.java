package dev.millrace.language;

/**
 * A step runs once for each item of a list; its output is the list of outputs, in the order of the items.
 *
 * @param list gives the items, evaluated once, after the condition
 * @param maxParallel items under way at a time, 1 to 100
 */
public record ForEach(Expression list, int maxParallel) {
    /** Most items of one list; more fail the step before any runs. */
    public static final int MAX_ITEMS = 1000;

    public static final int DEFAULT_PARALLEL = 10;
}
