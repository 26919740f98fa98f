package dev.millrace.erp;

/**
 * Something cannot be posted or paid as it was asked for. What was written in the same transaction must not be
 * committed: whoever catches it outside the transaction tells the code and the message.
 */
public final class PostingRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code stable, {@code period_closed}
     * @param message what happened, what was expected, what to do
     */
    public PostingRefused(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
