package dev.millrace.language.words;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.Node.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the numbers that alone tell two conditions apart. */
final class Limits {
    private final ExpressionWords words;
    private final List<Limit> found = new ArrayList<>();

    private Limits(ExpressionWords words) {
        this.words = words;
    }

    /** Empty if more than such numbers differ, or nothing. */
    static List<Limit> between(Expression before, Expression after, ExpressionWords words) {
        Optional<Node> a = ExpressionWords.tree(before);
        Optional<Node> b = ExpressionWords.tree(after);
        Limits limits = new Limits(words);
        boolean only = a.isPresent() && b.isPresent() && limits.walk(a.get(), b.get(), true);
        return only ? List.copyOf(limits.found) : List.of();
    }

    /** @return nothing but limits differs */
    private boolean walk(Node one, Node other, boolean positive) {
        if (Anatomy.same(one, other)) {
            return true;
        }
        return switch (one) {
            case Node.And a ->
                other instanceof Node.And b && walk(a.left(), b.left(), positive) && walk(a.right(), b.right(), positive);
            case Node.Or a ->
                other instanceof Node.Or b && walk(a.left(), b.left(), positive) && walk(a.right(), b.right(), positive);
            case Node.Not a -> other instanceof Node.Not b && walk(a.operand(), b.operand(), !positive);
            case Node.Comparison a -> other instanceof Node.Comparison b && compared(a, b, positive);
            default -> false;
        };
    }

    private boolean compared(Node.Comparison one, Node.Comparison other, boolean positive) {
        if (!Anatomy.same(one.first(), other.first()) || one.links().size() != other.links().size()) {
            return false;
        }
        Measure measure = words.values.measure(one.first());
        for (int i = 0; i < one.links().size(); i++) {
            Node.Link a = one.links().get(i);
            Node.Link b = other.links().get(i);
            if (a.relation() != b.relation() || !limit(a, b, measure, positive)) {
                return false;
            }
        }
        return true;
    }

    private boolean limit(Node.Link one, Node.Link other, Measure measure, boolean positive) {
        if (Anatomy.same(one.right(), other.right())) {
            return true;
        }
        Optional<BigDecimal> a = number(one.right());
        Optional<BigDecimal> b = number(other.right());
        boolean ordered = List.of(Relation.LESS, Relation.LESS_OR_EQUAL, Relation.GREATER, Relation.GREATER_OR_EQUAL)
                .contains(one.relation());
        if (a.isEmpty() || b.isEmpty() || !ordered) {
            return false;
        }
        boolean raised = b.get().compareTo(a.get()) > 0;
        boolean above = one.relation() == Relation.GREATER || one.relation() == Relation.GREATER_OR_EQUAL;
        found.add(new Limit(
                words.literals.number(a.get(), measure),
                words.literals.number(b.get(), measure),
                raised,
                (raised == above) == positive));
        return true;
    }

    private static Optional<BigDecimal> number(Node node) {
        return switch (node) {
            case Node.Constant constant ->
                constant.value().isNumber() ? Optional.of(constant.value().decimalValue()) : Optional.empty();
            case Node.Signed signed ->
                number(signed.operand()).map(number -> signed.negative() ? number.negate() : number);
            default -> Optional.empty();
        };
    }
}
