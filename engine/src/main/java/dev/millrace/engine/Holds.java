package dev.millrace.engine;

/**
 * Named points at which a test can hold, fail or kill the engine, to force a schedule that would be rare. In
 * production it does nothing.
 */
@FunctionalInterface
public interface Holds {
    Holds NONE = point -> {};

    /** Passes {@code point}: returns when the test lets it. */
    void at(String point);
}
