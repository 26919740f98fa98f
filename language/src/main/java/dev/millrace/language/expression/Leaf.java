package dev.millrace.language.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/**
 * A question that an expression asks of one path and of nothing else: {@code trigger.amount > 500}, {@code
 * trigger.category in ['a', 'b']}, {@code trigger.email is not none}, {@code trigger.is_new}.
 *
 * @param constants the values that the answer turns on; between two neighbouring numbers, and for all other texts,
 *     the answer is the same
 */
record Leaf(List<String> path, Set<JsonNode> constants) {
    private static final Set<String> REPLACING = Set.of("if_none", "default", "d");

    /** Empty: the node asks something else. */
    static Optional<Leaf> of(Node node) {
        return switch (node) {
            case Node.Name name -> bare(name);
            case Node.Access access -> bare(access);
            case Node.Filtered filtered -> bare(filtered);
            case Node.Comparison comparison -> compared(comparison);
            case Node.Tested tested -> tested(tested);
            default -> Optional.empty();
        };
    }

    private static Optional<Leaf> bare(Node node) {
        return operand(node).map(leaf -> leaf.and(List.of(BooleanNode.TRUE, BooleanNode.FALSE)));
    }

    /** The path alone, or with what stands in for none. */
    private static Optional<Leaf> operand(Node node) {
        if (node instanceof Node.Filtered filtered
                && REPLACING.contains(filtered.filter().operation().name())) {
            List<JsonNode> instead = new ArrayList<>();
            boolean constant = filtered.filter().arguments().stream()
                    .flatMap(Optional::stream)
                    .allMatch(argument -> constant(argument, instead));
            return constant
                    ? operand(filtered.target()).map(leaf -> leaf.and(instead).and(List.of(NullNode.getInstance())))
                    : Optional.empty();
        }
        return NodePath.of(node).map(path -> new Leaf(path, Set.of()));
    }

    private static Optional<Leaf> compared(Node.Comparison comparison) {
        List<JsonNode> constants = new ArrayList<>();
        Optional<Leaf> found = Optional.empty();
        for (Node part : comparison.parts()) {
            if (constant(part, constants)) {
                continue;
            }
            Optional<Leaf> operand = operand(part);
            List<String> sofar =
                    found.map(Leaf::path).or(() -> operand.map(Leaf::path)).orElse(List.of());
            if (operand.filter(leaf -> leaf.path().equals(sofar)).isEmpty()) {
                return Optional.empty();
            }
            constants.addAll(operand.get().constants());
            found = operand;
        }
        return found.map(leaf -> leaf.and(constants));
    }

    private static Optional<Leaf> tested(Node.Tested tested) {
        boolean none = tested.test().operation().name().equals("none");
        return none
                ? operand(tested.target()).map(leaf -> leaf.and(List.of(NullNode.getInstance())))
                : Optional.empty();
    }

    private static boolean constant(Node node, List<JsonNode> into) {
        return switch (node) {
            case Node.Constant constant -> into.add(constant.value());
            case Node.ListOf list -> list.items().stream().allMatch(item -> constant(item, into));
            case Node.Signed signed -> signed(signed, into);
            default -> false;
        };
    }

    private static boolean signed(Node.Signed signed, List<JsonNode> into) {
        if (!(signed.operand() instanceof Node.Constant number)
                || !number.value().isNumber()) {
            return false;
        }
        BigDecimal value = number.value().decimalValue();
        return into.add(Values.JSON.numberNode(signed.negative() ? value.negate() : value));
    }

    private Leaf and(List<JsonNode> more) {
        Set<JsonNode> all = new LinkedHashSet<>(constants);
        all.addAll(more);
        return new Leaf(path, all);
    }
}
