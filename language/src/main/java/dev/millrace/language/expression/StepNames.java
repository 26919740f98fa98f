package dev.millrace.language.expression;

import dev.millrace.language.Expression.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finds where expressions name a step, as {@code steps.id} or {@code steps['id']}, to the character. */
public final class StepNames {
    private StepNames() {}

    /**
     * @param text one expression, with or without braces around it
     * @return where the id begins each time, in chars of the text; nothing if the text cannot be parsed
     */
    public static List<Integer> inExpression(String text, String id) {
        String stripped = text.strip();
        if (stripped.length() >= 4 && stripped.startsWith("{{") && stripped.endsWith("}}")) {
            return inTemplate(text, id);
        }
        try {
            return found(new Lexer(text, 0, false).tokens(), 0, id);
        } catch (SyntaxFault unreadable) {
            return List.of();
        }
    }

    /** The same for a text with expressions in it. */
    public static List<Integer> inTemplate(String text, String id) {
        var all = new ArrayList<Integer>();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("{{", at)) {
                at = expression(text, text.startsWith("-", at + 2) ? at + 3 : at + 2, id, all);
            } else if (text.startsWith("{#", at)) {
                at = after("#}", text, at);
            } else if (text.startsWith("{%", at)) {
                at = after("%}", text, at);
            } else {
                at++;
            }
        }
        return all;
    }

    private static int expression(String text, int start, String id, List<Integer> all) {
        Lexer lexer = new Lexer(text, start, true);
        try {
            all.addAll(found(lexer.tokens(), start, id));
            return lexer.end();
        } catch (SyntaxFault unreadable) {
            return after("}}", text, start);
        }
    }

    private static int after(String sign, String text, int from) {
        int end = text.indexOf(sign, from);
        return end < 0 ? text.length() : end + sign.length();
    }

    private static List<Integer> found(List<Token> tokens, int origin, String id) {
        var found = new TreeSet<Integer>();
        for (Reference reference : References.of(Parser.parse(tokens))) {
            if (reference.path().size() > 1
                    && reference.path().get(0).equals("steps")
                    && reference.path().get(1).equals(id)) {
                found.add(origin + key(tokens, reference.offset()));
            }
        }
        return List.copyOf(found);
    }

    /** The tokens after the name at the offset are closing brackets, then a dot and a name, or a bracket and a text. */
    private static int key(List<Token> tokens, int offset) {
        int at = 0;
        while (tokens.get(at).offset() < offset) {
            at++;
        }
        do {
            at++;
        } while (tokens.get(at).is(")"));
        Token key = tokens.get(at + 1);
        return key.kind() == Token.Kind.STRING ? key.offset() + 1 : key.offset();
    }
}
