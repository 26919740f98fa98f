package dev.millrace.engine.execution;

/** Rolls a step's transaction back because the lease, or the signal it was decided under, has moved on. */
final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost() {
        super("the lease has moved on", null, false, false);
    }
}
