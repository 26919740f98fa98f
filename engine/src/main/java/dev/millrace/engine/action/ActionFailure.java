package dev.millrace.engine.action;

/** An action could not do what it was asked; the only exception that an action throws on purpose. */
public final class ActionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;

    private ActionFailure(String code, String message, boolean retryable) {
        super(message);
        this.code = code;
        this.retryable = retryable;
    }

    /** Trying again later may help. */
    public static ActionFailure retryable(String code, String message) {
        return new ActionFailure(code, message, true);
    }

    /** Trying again will not help. */
    public static ActionFailure permanent(String code, String message) {
        return new ActionFailure(code, message, false);
    }

    public String code() {
        return code;
    }

    public boolean isRetryable() {
        return retryable;
    }
}
