package dev.millrace.server;

/** The server cannot start, and a person can mend that: the message says what happened and what to do. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        super(message);
    }
}
