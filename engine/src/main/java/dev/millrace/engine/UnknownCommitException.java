package dev.millrace.engine;

/** The connection broke while a commit's answer was awaited: it may have happened or not. Read again to know. */
public final class UnknownCommitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownCommitException(Throwable cause) {
        super("the connection was lost while the commit's answer was awaited", cause);
    }
}
