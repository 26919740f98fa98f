package dev.millrace.language.expression;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expression;
import dev.millrace.language.Scope;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a condition comes to while only some of what it reads is known.
 *
 * <p>Conservative: where it says yes or no, every evaluation that sees the known values says so; what it cannot tell
 * is open.
 */
public final class Outcomes {
    private Outcomes() {}

    /** An answer, as far as there is one. */
    public enum Truth {
        YES,
        NO,
        OPEN;

        Truth not() {
            return this == YES ? NO : this == NO ? YES : OPEN;
        }
    }

    /**
     * @param known by path, the values that it may have: never empty
     */
    public static Truth of(Expression expression, Map<List<String>, List<JsonNode>> known) {
        return expression instanceof ParsedExpression parsed ? truth(parsed.tree(), known) : Truth.OPEN;
    }

    /** The simple questions that an expression asks: by path, the values on which the answers turn. */
    public static Map<List<String>, Set<JsonNode>> questions(Expression expression) {
        Map<List<String>, Set<JsonNode>> found = new LinkedHashMap<>();
        if (expression instanceof ParsedExpression parsed) {
            collect(parsed.tree(), found);
        }
        return found;
    }

    private static void collect(Node node, Map<List<String>, Set<JsonNode>> found) {
        switch (node) {
            case Node.Not not -> collect(not.operand(), found);
            case Node.And and -> {
                collect(and.left(), found);
                collect(and.right(), found);
            }
            case Node.Or or -> {
                collect(or.left(), found);
                collect(or.right(), found);
            }
            default ->
                Leaf.of(node)
                        .ifPresent(leaf -> found.computeIfAbsent(leaf.path(), path -> new LinkedHashSet<>())
                                .addAll(leaf.constants()));
        }
    }

    private static Truth truth(Node node, Map<List<String>, List<JsonNode>> known) {
        return switch (node) {
            case Node.Not not -> truth(not.operand(), known).not();
            case Node.And and -> both(truth(and.left(), known), truth(and.right(), known));
            case Node.Or or ->
                both(truth(or.left(), known).not(), truth(or.right(), known).not())
                        .not();
            default -> leaf(node, known);
        };
    }

    private static Truth both(Truth left, Truth right) {
        if (left == Truth.NO || right == Truth.NO) {
            return Truth.NO;
        }
        return left == Truth.YES && right == Truth.YES ? Truth.YES : Truth.OPEN;
    }

    private static Truth leaf(Node node, Map<List<String>, List<JsonNode>> known) {
        if (References.of(node).isEmpty()) {
            return evaluated(node, Map.of());
        }
        Optional<Leaf> leaf = Leaf.of(node);
        List<JsonNode> values = leaf.map(Leaf::path).map(known::get).orElse(List.of());
        Truth all = Truth.OPEN;
        for (JsonNode value : values) {
            Truth one = evaluated(node, Map.of(leaf.orElseThrow().path(), value));
            if (one == Truth.OPEN || (all != Truth.OPEN && one != all)) {
                return Truth.OPEN;
            }
            all = one;
        }
        return all;
    }

    private static Truth evaluated(Node node, Map<List<String>, JsonNode> values) {
        try {
            boolean holds = Values.truth(new Evaluator(new Evaluation(new Known(values))).value(node));
            return holds ? Truth.YES : Truth.NO;
        } catch (EvaluationException unanswered) {
            return Truth.OPEN;
        }
    }

    /** Sees the known values and nothing else. */
    private record Known(Map<List<String>, JsonNode> values) implements Scope {

        @Override
        public JsonNode root(String name) {
            ObjectNode holder = Values.map();
            values.forEach((path, value) -> {
                ObjectNode at = holder;
                for (String part : path.subList(0, path.size() - 1)) {
                    at = at.withObjectProperty(part);
                }
                at.set(path.getLast(), value);
            });
            return holder.path(name);
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public String currency() {
            return "";
        }
    }
}
