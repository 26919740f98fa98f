package dev.millrace.language.expression;

import java.util.Optional;

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
    private final transient Optional<String> suggestion;

    /** @param offset characters from the start of the expression */
    SyntaxFault(String code, int offset, String message) {
        this(code, offset, message, Optional.empty());
    }

    SyntaxFault(String code, int offset, String message, Optional<String> suggestion) {
        super(message, null, false, false);
        this.code = code;
        this.offset = offset;
        this.suggestion = suggestion;
    }

    String code() {
        return code;
    }

    int offset() {
        return offset;
    }

    Optional<String> suggestion() {
        return suggestion;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
