package dev.millrace.language;

/**
 * Says what comes next in an execution. Pure, total and deterministic: the same definition and progress give
 * the same answer; it has no clock, does no I/O and draws no random numbers.
 */
public final class Planner {
    private Planner() {}

    /** The sub-step of entry {@code n} of a step's {@code on_error}. */
    public static String handlerId(String step, int n) {
        return step + ".on_error[" + n + "]";
    }
}
