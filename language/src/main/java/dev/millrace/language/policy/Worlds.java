package dev.millrace.language.policy;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.Outcomes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

/**
 * The cases that conditions tell apart. What several conditions ask is answered in one way for all of them, so that
 * branches that exclude each other are never both taken; what only one of them asks is left open.
 *
 * @param all each with a value for every path that is asked more than once
 */
record Worlds(List<Map<List<String>, JsonNode>> all) {
    /** Every question is left open. */
    static final Worlds OPEN = new Worlds(List.of(Map.of()));

    /** As many as tell anything apart that people write. */
    static final int MANY = 1024;

    /** A text that no definition compares with. */
    private static final JsonNode OTHER = StringNode.valueOf("\u0000");

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private record Variable(List<List<String>> paths, List<JsonNode> values, int askedBy) {}

    /**
     * @param most beyond it the questions asked least are left open: ways are then found that cannot be taken, but none
     *     is missed
     */
    static Worlds of(Collection<Expression> conditions, Amount amount, int most) {
        Map<List<String>, Set<JsonNode>> constants = new LinkedHashMap<>();
        Map<List<String>, Integer> asked = new HashMap<>();
        for (Expression condition : conditions) {
            Outcomes.questions(condition).forEach((path, values) -> {
                constants.computeIfAbsent(path, p -> new LinkedHashSet<>()).addAll(values);
                asked.merge(path, 1, Integer::sum);
            });
        }
        List<Variable> variables = new ArrayList<>();
        variables.add(amount(amount, constants));
        constants.forEach((path, values) -> {
            int by = asked.getOrDefault(path, 0);
            if (by > 1 && !amount.paths().contains(path)) {
                variables.add(new Variable(List.of(path), samples(values), by));
            }
        });
        variables
                .subList(1, variables.size())
                .sort(Comparator.comparingInt(Variable::askedBy).reversed());
        return new Worlds(product(variables, most));
    }

    private static List<Map<List<String>, JsonNode>> product(List<Variable> variables, int most) {
        List<Map<List<String>, JsonNode>> worlds = List.of(Map.of());
        for (Variable variable : variables) {
            if ((long) worlds.size() * variable.values().size() > most) {
                continue;
            }
            List<Map<List<String>, JsonNode>> more = new ArrayList<>();
            for (Map<List<String>, JsonNode> world : worlds) {
                for (JsonNode value : variable.values()) {
                    Map<List<String>, JsonNode> with = new HashMap<>(world);
                    variable.paths().forEach(path -> with.put(path, value));
                    more.add(with);
                }
            }
            worlds = more;
        }
        return worlds;
    }

    /** Only amounts above the limit count. */
    private static Variable amount(Amount amount, Map<List<String>, Set<JsonNode>> constants) {
        var limits = new TreeSet<BigDecimal>();
        amount.paths()
                .forEach(path -> constants.getOrDefault(path, Set.of()).stream()
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::decimalValue)
                        .filter(limit -> limit.compareTo(amount.above()) > 0)
                        .forEach(limits::add));
        List<JsonNode> values = new ArrayList<>();
        BigDecimal before = amount.above();
        for (BigDecimal limit : limits) {
            values.add(DecimalNode.valueOf(between(before, limit)));
            values.add(DecimalNode.valueOf(limit));
            before = limit;
        }
        values.add(DecimalNode.valueOf(before.add(BigDecimal.ONE)));
        return new Variable(List.copyOf(amount.paths()), values, 0);
    }

    private static List<JsonNode> samples(Set<JsonNode> constants) {
        var samples = new LinkedHashSet<JsonNode>();
        var numbers = new TreeSet<BigDecimal>();
        for (JsonNode constant : constants) {
            if (constant.isNumber()) {
                numbers.add(constant.decimalValue());
            } else {
                samples.add(constant);
            }
        }
        if (!numbers.isEmpty()) {
            BigDecimal before = numbers.first().subtract(BigDecimal.ONE);
            samples.add(DecimalNode.valueOf(before));
            for (BigDecimal number : numbers) {
                samples.add(DecimalNode.valueOf(between(before, number)));
                samples.add(DecimalNode.valueOf(number));
                before = number;
            }
            samples.add(DecimalNode.valueOf(before.add(BigDecimal.ONE)));
        }
        boolean anyText = samples.stream().anyMatch(JsonNode::isString);
        boolean flags = samples.stream().anyMatch(JsonNode::isBoolean);
        if (anyText || samples.stream().allMatch(JsonNode::isNull)) {
            samples.add(OTHER);
        }
        if (flags) {
            samples.add(BooleanNode.TRUE);
            samples.add(BooleanNode.FALSE);
        }
        return List.copyOf(samples);
    }

    private static BigDecimal between(BigDecimal low, BigDecimal high) {
        return low.add(high).divide(TWO, Math.max(low.scale(), high.scale()) + 1, RoundingMode.HALF_EVEN);
    }
}
