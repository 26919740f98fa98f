package dev.millrace.language;

/** An expression or template could not be evaluated. Callers turn it into a failed step or a problem. */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String reason;
    private final int offset;

    /**
     * @param code {@code undefined}, {@code type_error}, {@code template_limit}, {@code template_error}
     * @param offset characters from the start of the expression
     */
    public EvaluationException(String code, String message, int offset) {
        super(message, null, false, false);
        this.code = code;
        this.reason = message;
        this.offset = offset;
    }

    public String code() {
        return code;
    }

    /** What was expected and what there was, for people. */
    public String reason() {
        return reason;
    }

    public int offset() {
        return offset;
    }
}
