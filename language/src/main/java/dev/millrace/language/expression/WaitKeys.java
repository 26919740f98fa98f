package dev.millrace.language.expression;

import dev.millrace.language.Expression;
import dev.millrace.language.WaitKey;
import dev.millrace.language.expression.Node.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds in a condition on an event the equality by which waits for it are found. */
public final class WaitKeys {
    private static final String EVENT = "event";

    private WaitKeys() {}

    public static Optional<WaitKey> first(Expression match) {
        return match instanceof ParsedExpression parsed
                ? joined(parsed.tree())
                        .flatMap(part -> key(part, parsed.source()).stream())
                        .findFirst()
                : Optional.empty();
    }

    /** What is joined by {@code and} must hold each for itself. */
    private static Stream<Node> joined(Node node) {
        return node instanceof Node.And and ? Stream.concat(joined(and.left()), joined(and.right())) : Stream.of(node);
    }

    private static Optional<WaitKey> key(Node part, String source) {
        boolean equality = part instanceof Node.Comparison comparison
                && comparison.links().size() == 1
                && comparison.links().getFirst().relation() == Relation.EQUAL;
        if (!equality) {
            return Optional.empty();
        }
        var comparison = (Node.Comparison) part;
        Node left = comparison.first();
        Node right = comparison.links().getFirst().right();
        return key(left, right, source).or(() -> key(right, left, source));
    }

    private static Optional<WaitKey> key(Node field, Node value, String source) {
        boolean readsEvent = References.of(value).stream()
                .anyMatch(reference -> reference.path().getFirst().equals(EVENT));
        return readsEvent
                ? Optional.empty()
                : path(field).map(path -> new WaitKey(path, new ParsedExpression(source, value)));
    }

    /** The names behind {@code event}; empty for anything but a field of a field of it. */
    private static Optional<List<String>> path(Node node) {
        var path = new ArrayList<String>();
        Node front = node;
        while (front instanceof Node.Access access) {
            if (!(access.key() instanceof Node.Constant key) || !key.value().isString()) {
                return Optional.empty();
            }
            path.addFirst(key.value().stringValue());
            front = access.target();
        }
        boolean ofEvent = front instanceof Node.Name name && name.name().equals(EVENT) && !path.isEmpty();
        return ofEvent ? Optional.of(path) : Optional.empty();
    }
}
