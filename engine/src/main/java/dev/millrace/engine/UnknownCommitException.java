package dev.millrace.engine;

/** The connection broke while a commit's answer was awaited: it may have happened or not. Read again to know. */
public final class UnknownCommitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String MESSAGE = "the connection was lost while the commit's answer was awaited";

    public UnknownCommitException() {
        super(MESSAGE);
    }

    public UnknownCommitException(Throwable cause) {
        super(MESSAGE, cause);
    }
}
