package dev.millrace.language.expression;

import java.util.List;

/** The tokens of an expression and how far the parser has come. */
final class Tokens {
    private final List<Token> tokens;
    private int at;

    /** @param tokens the last one is END */
    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token after() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = current();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean skip(String word) {
        boolean there = current().is(word);
        if (there) {
            take();
        }
        return there;
    }

    Token expect(String symbol, String where) {
        if (!current().is(symbol)) {
            throw unexpected("'" + symbol + "' " + where, "add it");
        }
        return take();
    }

    String name(String expected) {
        if (current().kind() != Token.Kind.NAME) {
            throw unexpected(expected, "write it or remove what stands before");
        }
        return take().text();
    }

    SyntaxFault unexpected(String expected, String advice) {
        return fault(
                SyntaxFault.SYNTAX,
                "Expected " + expected + ", but " + current().shown() + "; " + advice);
    }

    SyntaxFault fault(String code, String message) {
        return new SyntaxFault(code, current().offset(), message);
    }
}
