package dev.millrace.language.typing;

import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.Node.Comparison;
import dev.millrace.language.expression.Node.Link;
import dev.millrace.language.expression.Node.Relation;
import dev.millrace.language.expression.NodePath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The paths that certainly have a value once a condition came out as told: because it asked for that, or because it
 * would have failed without.
 */
final class Presence {
    private Presence() {}

    /** With what holds those paths, and, of the output of a step, all of it. */
    static Set<List<String>> when(Node condition, boolean outcome) {
        Set<List<String>> found = new HashSet<>();
        collect(condition, outcome, found);
        return found;
    }

    private static void collect(Node node, boolean outcome, Set<List<String>> found) {
        switch (node) {
            case Node.Name name -> truth(name, outcome, found);
            case Node.Access access -> truth(access, outcome, found);
            case Node.Not not -> collect(not.operand(), !outcome, found);
            case Node.And and -> both(and.left(), and.right(), true, outcome, found);
            case Node.Or or -> both(or.left(), or.right(), false, outcome, found);
            case Node.Tested tested -> tested(tested, outcome, found);
            case Node.Comparison comparison -> comparison(comparison, outcome, found);
            case Node.Filtered filtered -> filtered(filtered, outcome, found);
            default -> needed(node, found);
        }
    }

    private static void both(Node left, Node right, boolean and, boolean outcome, Set<List<String>> found) {
        if (outcome == and) {
            collect(left, outcome, found);
            collect(right, outcome, found);
            return;
        }
        Set<List<String>> a = when(left, outcome);
        Set<List<String>> b = when(left, and);
        b.addAll(when(right, outcome));
        a.retainAll(b);
        found.addAll(a);
    }

    private static void truth(Node node, boolean outcome, Set<List<String>> found) {
        if (outcome) {
            add(node, found);
        } else {
            needed(node, found);
        }
    }

    private static void add(Node node, Set<List<String>> found) {
        needed(node, found);
        NodePath.of(node).ifPresent(path -> addWhole(path, found));
    }

    private static void addWhole(List<String> path, Set<List<String>> found) {
        for (int end = 1; end <= path.size(); end++) {
            found.add(List.copyOf(path.subList(0, end)));
        }
    }

    private static void tested(Node.Tested tested, boolean outcome, Set<List<String>> found) {
        boolean holds = outcome != tested.negated();
        switch (tested.test().operation().name()) {
            case "defined" -> mark(tested.target(), holds, found);
            case "none", "undefined" -> mark(tested.target(), !holds, found);
            case "string", "number", "boolean", "true", "false", "mapping", "sequence", "iterable" ->
                mark(tested.target(), holds, found);
            default -> {
                Optional<Relation> relation =
                        Signatures.relation(tested.test().operation().name());
                if (relation.isPresent() && tested.test().arguments().getFirst().isPresent()) {
                    Node right = tested.test().arguments().getFirst().get();
                    link(tested.target(), relation.get(), right, holds, found);
                } else {
                    add(tested.target(), found);
                }
            }
        }
    }

    private static void mark(Node node, boolean there, Set<List<String>> found) {
        if (there) {
            add(node, found);
        } else {
            needed(node, found);
        }
    }

    private static void comparison(Comparison comparison, boolean outcome, Set<List<String>> found) {
        Node left = comparison.first();
        boolean single = comparison.links().size() == 1;
        for (Link link : comparison.links()) {
            if (outcome || single) {
                link(left, link.relation(), link.right(), outcome, found);
            }
            left = link.right();
        }
        if (!outcome && !single) {
            needed(comparison.first(), found);
        }
    }

    private static void link(Node left, Relation relation, Node right, boolean outcome, Set<List<String>> found) {
        needed(left, found);
        needed(right, found);
        replaced(left, relation, right, outcome, found);
        replaced(right, Constants.mirrored(relation), left, outcome, found);
        boolean equal = (relation == Relation.EQUAL && outcome) || (relation == Relation.NOT_EQUAL && !outcome);
        switch (relation) {
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                add(left, found);
                add(right, found);
            }
            case EQUAL, NOT_EQUAL -> {
                if (equal && isValue(right)) {
                    equalTo(left, right, found);
                } else if (equal && isValue(left)) {
                    equalTo(right, left, found);
                } else if (!equal && isNone(right)) {
                    add(left, found);
                } else if (!equal && isNone(left)) {
                    add(right, found);
                }
            }
            case IN, NOT_IN -> {
                add(right, found);
                boolean in = outcome == (relation == Relation.IN);
                if (in
                        && right instanceof Node.ListOf list
                        && list.items().stream().allMatch(Presence::isValue)) {
                    add(left, found);
                }
            }
        }
    }

    /** A completed step has an output. */
    private static void equalTo(Node node, Node value, Set<List<String>> found) {
        add(node, found);
        Optional<List<String>> path = NodePath.of(node);
        boolean completed = value instanceof Node.Constant constant
                && constant.value().isString()
                && constant.value().stringValue().equals("completed");
        if (completed
                && path.isPresent()
                && path.get().size() == 3
                && path.get().getFirst().equals("steps")
                && path.get().getLast().equals("status")) {
            addWhole(List.of("steps", path.get().get(1), "output"), found);
        }
    }

    private static boolean isValue(Node node) {
        return node instanceof Node.Constant constant && !constant.value().isNull();
    }

    private static boolean isNone(Node node) {
        return node instanceof Node.Constant constant && constant.value().isNull();
    }

    /** {@code x | if_none(100) < 15} is only true where there is an x: with 100 it would be false. */
    private static void replaced(Node node, Relation relation, Node other, boolean outcome, Set<List<String>> found) {
        Optional<JsonNode> substitute = substitute(node);
        if (substitute.isPresent()
                && other instanceof Node.Constant constant
                && Constants.compare(substitute.get(), relation, constant.value())
                        .filter(holds -> holds != outcome)
                        .isPresent()
                && node instanceof Node.Filtered filtered) {
            add(filtered.target(), found);
        }
    }

    private static Optional<JsonNode> substitute(Node node) {
        return node instanceof Node.Filtered filtered
                        && filtered.filter().operation().name().equals("if_none")
                        && filtered.filter().arguments().getFirst().isPresent()
                        && filtered.filter().arguments().getFirst().get() instanceof Node.Constant constant
                ? Optional.of(constant.value())
                : Optional.empty();
    }

    private static void filtered(Node.Filtered filtered, boolean outcome, Set<List<String>> found) {
        needed(filtered, found);
        Optional<JsonNode> substitute = substitute(filtered);
        if (outcome && substitute.filter(value -> !Constants.truth(value)).isPresent()) {
            add(filtered.target(), found);
        }
    }

    /** What must have a value, as the node could not be evaluated without. */
    private static void needed(Node node, Set<List<String>> found) {
        switch (node) {
            case Node.Access access -> add(access.target(), found);
            case Node.Arithmetic arithmetic -> {
                add(arithmetic.left(), found);
                add(arithmetic.right(), found);
            }
            case Node.Signed signed -> add(signed.operand(), found);
            case Node.Filtered filtered -> {
                if (Signatures.filter(filtered.filter()).none() == Signature.OfNone.FAILS) {
                    add(filtered.target(), found);
                } else {
                    needed(filtered.target(), found);
                }
            }
            case Node.MappedAttribute mapped -> add(mapped.target(), found);
            case Node.MappedFilter mapped -> add(mapped.target(), found);
            case Node.Picked picked -> add(picked.target(), found);
            default -> {}
        }
    }
}
