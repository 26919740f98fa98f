package dev.millrace.language.words;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.Node.Relation;
import java.util.List;
import java.util.Optional;

/** Conditions that cannot both hold, where that is plain: {@code x <= 5} and {@code x > 5}, {@code d == 'a'} and 'b'. */
public final class Exclusive {
    private Exclusive() {}

    /** False where it is not plain. */
    public static boolean are(Expression one, Expression other) {
        Optional<Node> a = ExpressionWords.tree(one);
        Optional<Node> b = ExpressionWords.tree(other);
        return a.isPresent() && b.isPresent() && (are(a.get(), b.get()) || are(b.get(), a.get()));
    }

    private static boolean are(Node one, Node other) {
        if (one instanceof Node.And both) {
            return are(both.left(), other) || are(both.right(), other) || are(other, both.left()) || are(other, both.right());
        }
        if (one instanceof Node.Or either) {
            return (are(either.left(), other) || are(other, either.left()))
                    && (are(either.right(), other) || are(other, either.right()));
        }
        if (one instanceof Node.Not not) {
            return Anatomy.same(not.operand(), other);
        }
        return one instanceof Node.Comparison a
                && other instanceof Node.Comparison b
                && a.links().size() == 1
                && b.links().size() == 1
                && Anatomy.same(a.first(), b.first())
                && compared(a.links().getFirst(), b.links().getFirst());
    }

    private static boolean compared(Node.Link one, Node.Link other) {
        if (!(one.right() instanceof Node.Constant a) || !(other.right() instanceof Node.Constant b)) {
            return false;
        }
        boolean equal = a.value().equals(b.value());
        return switch (one.relation()) {
            case EQUAL ->
                (other.relation() == Relation.EQUAL && !equal) || (other.relation() == Relation.NOT_EQUAL && equal);
            case LESS_OR_EQUAL -> other.relation() == Relation.GREATER && equal;
            case LESS ->
                equal && List.of(Relation.GREATER, Relation.GREATER_OR_EQUAL).contains(other.relation());
            case NOT_EQUAL, GREATER, GREATER_OR_EQUAL, IN, NOT_IN -> false;
        };
    }
}
