package dev.millrace.language.words;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.ParsedExpression;
import java.util.Optional;

/** An expression in words; one that has no readable words is quoted exactly. */
final class ExpressionWords {
    /** Longer ones are easier to read as they are written. */
    private static final int LONGEST = 600;

    final Messages messages;
    final PathWords paths;
    final Types types;
    final Literals literals;
    final Names names;
    final ValueWords values;
    final ConditionWords conditions;

    ExpressionWords(Messages messages, Names names, Types types, Literals literals, PathWords paths) {
        this.messages = messages;
        this.names = names;
        this.types = types;
        this.literals = literals;
        this.paths = paths;
        this.values = new ValueWords(this);
        this.conditions = new ConditionWords(this);
    }

    /** A clause: the total amount is more than ₹5,00,000. */
    String condition(Expression expression) {
        return tree(expression)
                .flatMap(tree -> conditions.clause(tree, true))
                .filter(words -> words.length() <= LONGEST)
                .orElseGet(() -> messages.say("clause.formula", expression.source()));
    }

    /** A noun: the total amount. */
    String value(Expression expression) {
        return tree(expression)
                .flatMap(values::value)
                .filter(words -> words.length() <= LONGEST)
                .orElseGet(() -> messages.say("value.formula", expression.source()));
    }

    static Optional<Node> tree(Expression expression) {
        return expression instanceof ParsedExpression parsed ? Optional.of(parsed.tree()) : Optional.empty();
    }
}
