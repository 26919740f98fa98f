package dev.millrace.server.workflow;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Scope;
import dev.millrace.language.Template;
import dev.millrace.language.Template.Placed;
import dev.millrace.server.workflow.ExpressionEndpoint.ErrorBody;
import dev.millrace.server.workflow.ExpressionEndpoint.Evaluated;
import dev.millrace.server.workflow.ExpressionEndpoint.EvaluationError;
import dev.millrace.server.workflow.ExpressionEndpoint.ValueBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** One evaluation of one text. A text with braces is a template, as in a step's config; else it is an expression. */
final class Trial {
    private final String text;
    private final Scope scope;

    private Trial(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    static Evaluated of(String text, Scope scope) {
        var trial = new Trial(text, scope);
        return text.contains("{{") || text.contains("{%") || text.contains("{#")
                ? trial.template()
                : trial.expression();
    }

    private Evaluated expression() {
        return switch (Expressions.expression(text)) {
            case Parsed.Bad<Expression> bad -> error(bad.faults().getFirst());
            case Parsed.Good<Expression> good -> {
                Expression expression = good.value();
                try {
                    yield value(expression.evaluate(scope));
                } catch (EvaluationException e) {
                    yield error(e, text.indexOf(expression.source()));
                }
            }
        };
    }

    private Evaluated template() {
        return switch (Expressions.template(StringNode.valueOf(text), path -> false)) {
            case Parsed.Bad<Template> bad -> error(bad.faults().getFirst());
            case Parsed.Good<Template> good -> rendered(good.value());
        };
    }

    /** A template says only that one of its expressions failed; each is tried to find out which. */
    private Evaluated rendered(Template template) {
        int from = 0;
        for (Placed placed : template.expressions()) {
            String source = placed.expression().source();
            int at = Math.max(from, text.indexOf(source, text.indexOf("{{", from)));
            try {
                placed.expression().evaluate(scope);
            } catch (EvaluationException e) {
                return error(e, at);
            }
            from = at + source.length();
        }
        try {
            return value(template.render(scope));
        } catch (EvaluationException e) {
            return error(e, 0);
        }
    }

    private static Evaluated value(JsonNode value) {
        String type = switch (value.getNodeType()) {
            case NULL, MISSING -> "none";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case STRING, BINARY, POJO -> "string";
            case ARRAY -> "list";
            case OBJECT -> "map";
        };
        return new ValueBody(value, type);
    }

    private Evaluated error(Fault fault) {
        return error(fault.code(), fault.message(), fault.offset());
    }

    private Evaluated error(EvaluationException e, int start) {
        return error(e.code(), e.reason(), Math.max(start, 0) + e.offset());
    }

    private Evaluated error(String code, String message, int offset) {
        int column = text.codePointCount(0, Math.min(Math.max(offset, 0), text.length())) + 1;
        return new ErrorBody(new EvaluationError(code, message, column));
    }
}
