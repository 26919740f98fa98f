package dev.millrace.language.expression;

/** Unwinds the parser; never leaves this package. */
final class SyntaxFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final String SYNTAX = "template_syntax";
    static final String LIMIT = "template_limit";
    static final String CALL = "method_call_not_allowed";
    static final String STATEMENT = "template_statement_not_allowed";
    static final String NAME = "unknown_name";

    private final String code;
    private final int offset;

    /** @param offset characters from the start of the expression */
    SyntaxFault(String code, int offset, String message) {
        super(message, null, false, false);
        this.code = code;
        this.offset = offset;
    }

    String code() {
        return code;
    }

    int offset() {
        return offset;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
