package dev.millrace.language.expression;

import dev.millrace.language.Expression;
import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Scope;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An expression with its syntax tree. Immutable. */
public record ParsedExpression(String source, Node tree, List<Reference> references) implements Expression {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    public ParsedExpression {
        references = List.copyOf(references);
    }

    ParsedExpression(String source, Node tree) {
        this(source, tree, References.of(tree));
    }

    /** @param text one expression, with or without braces around it */
    public static Parsed<Expression> of(String text) {
        String stripped = text.strip();
        boolean braces = stripped.length() >= 4 && stripped.startsWith(OPEN) && stripped.endsWith(CLOSE);
        String inner = braces ? stripped.substring(2, stripped.length() - 2) : stripped;
        String source = inner.strip();
        int origin = text.indexOf(stripped) + (braces ? 2 : 0) + inner.indexOf(source);
        try {
            return new Parsed.Good<>(new ParsedExpression(source, Parser.parse(new Lexer(source, 0, false).tokens())));
        } catch (SyntaxFault fault) {
            return new Parsed.Bad<>(
                    List.of(new Fault(fault.code(), "", origin + fault.offset(), fault.words(), fault.suggestion())));
        }
    }

    @Override
    public JsonNode evaluate(Scope scope) {
        return evaluate(new Evaluation(scope));
    }

    JsonNode evaluate(Evaluation run) {
        return new Evaluator(run).value(tree);
    }

    @Override
    public boolean holds(Scope scope) {
        return Values.truth(evaluate(scope));
    }
}
