package dev.millrace.language.expression;

import dev.millrace.language.expression.Node.Operator;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code + - * / // % **} and signs. */
final class Operators {
    private Operators() {}

    static JsonNode apply(Operator operator, JsonNode left, JsonNode right, Evaluation run) {
        if (left.isNumber() && right.isNumber()) {
            return ofNumbers(operator, Numbers.of(left, run), Numbers.of(right, run), run);
        }
        if (operator == Operator.PLUS && left.isString() && right.isString()) {
            run.room((long) left.stringValue().length() + right.stringValue().length());
            return run.text(left.stringValue() + right.stringValue());
        }
        if (operator == Operator.PLUS && left.isArray() && right.isArray()) {
            run.spend((long) left.size() + right.size());
            return Values.list(left.values()).addAll(right.values());
        }
        if (operator == Operator.TIMES && (left.isNumber() || right.isNumber())) {
            return left.isNumber() ? repeat(right, left, run) : repeat(left, right, run);
        }
        throw misfit(operator, left, right, run);
    }

    private static JsonNode ofNumbers(Operator operator, BigDecimal left, BigDecimal right, Evaluation run) {
        return switch (operator) {
            case PLUS -> Numbers.add(left, right, run);
            case MINUS -> Numbers.add(left, right.negate(), run);
            case TIMES -> Numbers.node(left.multiply(right, Numbers.CONTEXT), run);
            case DIVIDE -> Numbers.divide(left, right, run);
            case FLOOR_DIVIDE -> Numbers.floorDivide(left, right, run);
            case REMAINDER -> Numbers.remainder(left, right, run);
            case POWER -> Numbers.power(left, right, run);
        };
    }

    private static JsonNode repeat(JsonNode part, JsonNode times, Evaluation run) {
        BigDecimal count = Numbers.of(times, run).max(BigDecimal.ZERO);
        if (!(part.isString() || part.isArray()) || count.stripTrailingZeros().scale() > 0) {
            throw misfit(Operator.TIMES, part, times, run);
        }
        long limited = count.min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue();
        if (part.isString()) {
            run.room(limited * part.stringValue().length());
            return run.text(
                    part.stringValue().isEmpty() ? "" : part.stringValue().repeat((int) limited));
        }
        run.spend(limited * part.size());
        ArrayNode all = Values.JSON.arrayNode();
        for (int i = 0; i < limited && !part.isEmpty(); i++) {
            all.addAll(part.values());
        }
        return all;
    }

    static JsonNode sign(boolean negative, JsonNode value, Evaluation run) {
        if (!value.isNumber()) {
            throw run.typeError("Expected a number after " + (negative ? "-" : "+") + ", but there is "
                    + Kind.of(value).words() + "; convert it with | float");
        }
        return negative ? Numbers.node(Numbers.of(value, run).negate(), run) : value;
    }

    private static RuntimeException misfit(Operator operator, JsonNode left, JsonNode right, Evaluation run) {
        boolean texts = left.isString() || right.isString();
        String expected = operator == Operator.PLUS ? "two numbers, two texts or two lists" : "two numbers";
        String advice = operator == Operator.PLUS && texts
                ? "join texts with ~"
                : "convert with | float, or give none a value with | if_none(0)";
        return run.typeError("Expected " + expected + " around " + operator.sign() + ", but there is "
                + Kind.of(left).words() + " and " + Kind.of(right).words() + "; " + advice);
    }
}
