package dev.millrace.language.expression;

import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.expression.TemplateText.Embedded;
import dev.millrace.language.expression.TemplateText.Part;
import dev.millrace.language.expression.TemplateText.Written;
import java.util.ArrayList;
import java.util.List;

/** Cuts one text into what is written and the expressions in it, and goes on after a fault. One use. */
final class TemplateReader {
    private final String text;
    private final String path;
    private final List<Fault> faults;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder written = new StringBuilder();
    private int at;
    private boolean trimNext;

    /** @param faults takes what is found */
    TemplateReader(String text, String path, List<Fault> faults) {
        this.text = text;
        this.path = path;
        this.faults = faults;
    }

    static boolean isPlain(String text) {
        return !text.contains("{{") && !text.contains("{%") && !text.contains("{#");
    }

    List<Part> parts() {
        while (at < text.length()) {
            if (text.startsWith("{{", at)) {
                expression();
            } else if (text.startsWith("{#", at)) {
                comment();
            } else if (text.startsWith("{%", at)) {
                statement();
            } else {
                character();
            }
        }
        flush();
        return parts;
    }

    private void character() {
        char c = text.charAt(at++);
        if (!trimNext || !Character.isWhitespace(c)) {
            trimNext = false;
            written.append(c);
        }
    }

    private void expression() {
        begin();
        int start = at;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        Lexer lexer = new Lexer(text, start, true);
        try {
            List<Token> tokens = lexer.tokens();
            if (lexer.end() >= text.length()) {
                throw new SyntaxFault(
                        SyntaxFault.SYNTAX, lexer.end() - start, "Expected }} to close {{, but the text ends; add }}");
            }
            String source = text.substring(start, lexer.end()).strip();
            parts.add(new Embedded(new ParsedExpression(source, Parser.parse(tokens))));
            at = lexer.end();
            finish("}}");
        } catch (SyntaxFault fault) {
            faults.add(new Fault(fault.code(), path, start + fault.offset(), fault.words(), fault.suggestion()));
            after("}}", start + fault.offset());
        }
    }

    private void comment() {
        int start = at;
        begin();
        int end = text.indexOf("#}", at);
        if (end < 0) {
            fault(SyntaxFault.SYNTAX, start, "Expected #} to close the comment {#, but the text ends; add #}");
            at = text.length();
            return;
        }
        at = text.charAt(end - 1) == '-' && end - 1 >= at ? end - 1 : end;
        finish("#}");
    }

    private void statement() {
        fault(
                SyntaxFault.STATEMENT,
                at,
                "Expected text or {{ an expression }}, but there is a statement {% … %}; statements are not allowed, "
                        + "use a condition or for_each on the step");
        after("%}", at);
    }

    /** Steps over the opening sign; a minus in it drops the white space before. */
    private void begin() {
        boolean trimmed = text.startsWith("-", at + 2);
        if (trimmed) {
            written.setLength(written.toString().stripTrailing().length());
        }
        flush();
        at += trimmed ? 3 : 2;
    }

    /** Steps over the closing sign; a minus in it drops the white space after. */
    private void finish(String sign) {
        trimNext = text.startsWith("-" + sign, at);
        at += trimNext ? 3 : 2;
    }

    private void after(String sign, int from) {
        int end = text.indexOf(sign, from);
        at = end < 0 ? text.length() : end + 2;
    }

    private void flush() {
        if (!written.isEmpty()) {
            parts.add(new Written(written.toString()));
            written.setLength(0);
        }
    }

    private void fault(String code, int offset, String message) {
        faults.add(new Fault(code, path, offset, message));
    }
}
