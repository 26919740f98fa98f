package dev.millrace.cli;

/** A file or the server cannot be read; the message says which and why. */
final class OutOfReach extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfReach(String message) {
        super(message, null, false, false);
    }
}
