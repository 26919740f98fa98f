package dev.millrace.language.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts an expression into tokens. One use. */
final class Lexer {
    private static final List<String> SYMBOLS = List.of(
            "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{",
            "}", ",", ":", ".", "|");

    private final String text;
    private final int origin;
    private final boolean inBraces;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;

    /** @param inBraces the expression ends at <code>}}</code> outside of its own brackets, not with the text */
    Lexer(String text, int origin, boolean inBraces) {
        this.text = text;
        this.origin = origin;
        this.inBraces = inBraces;
        this.at = origin;
    }

    List<Token> tokens() {
        while (next()) {
            if (at - origin > Limits.SOURCE) {
                throw limit("Expected at most " + Limits.SOURCE + " characters in an expression, but it is longer; "
                        + "split it into two steps");
            }
            if (tokens.size() > Limits.TOKENS) {
                throw limit("Expected at most " + Limits.TOKENS + " names, numbers and operators in an expression, "
                        + "but there are more; split it into two steps");
            }
        }
        return tokens;
    }

    /** Where the last token, END, stands: characters from the start of the whole text. */
    int end() {
        return at;
    }

    private boolean next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (atEnd()) {
            add(Token.Kind.END, "", at);
            return false;
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            string(c);
        } else if (c >= '0' && c <= '9') {
            number();
        } else if (c == '_' || Character.isUnicodeIdentifierStart(text.codePointAt(at))) {
            name();
        } else {
            symbol();
        }
        return true;
    }

    private boolean atEnd() {
        if (at >= text.length()) {
            return true;
        }
        return inBraces && open.isEmpty() && (text.startsWith("}}", at) || text.startsWith("-}}", at));
    }

    private void string(char quote) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at = Escapes.read(text, at, origin, value);
            } else {
                value.append(text.charAt(at++));
            }
        }
        if (at >= text.length()) {
            throw new SyntaxFault(
                    SyntaxFault.SYNTAX,
                    start - origin,
                    "Expected a closing " + quote + " for the text that begins here, but the expression ends");
        }
        at++;
        add(Token.Kind.STRING, value.toString(), start);
    }

    private void number() {
        int start = at;
        digits();
        boolean afterDot = !tokens.isEmpty() && tokens.getLast().is(".");
        if (!afterDot && peek(0) == '.' && isDigit(peek(1))) {
            at++;
            digits();
        }
        boolean signed = peek(1) == '+' || peek(1) == '-';
        if (!afterDot && (peek(0) == 'e' || peek(0) == 'E') && isDigit(peek(signed ? 2 : 1))) {
            at += signed ? 2 : 1;
            digits();
        }
        if (Character.isUnicodeIdentifierPart(peek(0)) && peek(0) != 0) {
            throw new SyntaxFault(
                    SyntaxFault.SYNTAX,
                    at - origin,
                    "Expected an operator after the number " + text.substring(start, at) + ", but there is '" + peek(0)
                            + "'; put a name in front or a text in quotes");
        }
        add(Token.Kind.NUMBER, text.substring(start, at), start);
    }

    private void digits() {
        while (isDigit(peek(0)) || (peek(0) == '_' && isDigit(peek(1)))) {
            at++;
        }
    }

    private void name() {
        int start = at;
        while (at < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        add(Token.Kind.NAME, text.substring(start, at), start);
    }

    private void symbol() {
        if (text.startsWith("{%", at) || text.startsWith("%}", at)) {
            throw new SyntaxFault(
                    SyntaxFault.STATEMENT,
                    at - origin,
                    "Expected an expression, but there is the statement sign '" + text.substring(at, at + 2)
                            + "'; statements are not allowed, use a condition or for_each on the step");
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                bracket(symbol.charAt(0));
                add(Token.Kind.SYMBOL, symbol, at);
                at += symbol.length();
                return;
            }
        }
        String found = Character.toString(text.codePointAt(at));
        throw new SyntaxFault(
                SyntaxFault.SYNTAX,
                at - origin,
                "Expected a value or an operator, but there is '" + found + "'; remove it or put the text in quotes");
    }

    private void bracket(char symbol) {
        switch (symbol) {
            case '(', '[', '{' -> open.push(symbol);
            case ')', ']', '}' -> open.poll();
            default -> {}
        }
    }

    private void add(Token.Kind kind, String value, int start) {
        tokens.add(new Token(kind, value, start - origin));
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static SyntaxFault limit(String message) {
        return new SyntaxFault(SyntaxFault.LIMIT, 0, message);
    }
}
