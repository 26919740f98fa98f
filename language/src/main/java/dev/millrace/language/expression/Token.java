package dev.millrace.language.expression;

/**
 * @param text of a string its value, of anything else the characters as written
 * @param offset characters from the start of the expression
 */
record Token(Kind kind, String text, int offset) {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String word) {
        return (kind == Kind.NAME || kind == Kind.SYMBOL) && text.equals(word);
    }

    /** For messages: what stands there. */
    String shown() {
        return switch (kind) {
            case END -> "the expression ends";
            case STRING -> "there is a text";
            case NUMBER -> "there is the number " + text;
            case NAME, SYMBOL -> "there is '" + text + "'";
        };
    }
}
