package dev.millrace.server.demo;

/** The demo cannot go on; the message says why, to a person. */
final class DemoFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final int exitCode;

    /** Something did not hold that should have. */
    DemoFailed(String message) {
        super(message);
        this.message = message;
        this.exitCode = Demo.NOT_SO;
    }

    /** Something could not be started or reached. */
    DemoFailed(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
        this.exitCode = Demo.CANNOT_START;
    }

    static DemoFailed cannotStart(String message) {
        return new DemoFailed(message, new IllegalStateException(message));
    }

    /** For a person. */
    String message() {
        return message;
    }

    int exitCode() {
        return exitCode;
    }
}
