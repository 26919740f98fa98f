package dev.millrace.language.expression;

import dev.millrace.language.expression.Node.Relation;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Equality, order and membership. Values of different types are never equal and have no order. */
final class Comparisons {
    private Comparisons() {}

    static boolean holds(Relation relation, JsonNode left, JsonNode right, Evaluation run) {
        return switch (relation) {
            case EQUAL -> equal(left, right, run);
            case NOT_EQUAL -> !equal(left, right, run);
            case LESS -> order(left, right, relation.sign(), run) < 0;
            case LESS_OR_EQUAL -> order(left, right, relation.sign(), run) <= 0;
            case GREATER -> order(left, right, relation.sign(), run) > 0;
            case GREATER_OR_EQUAL -> order(left, right, relation.sign(), run) >= 0;
            case IN -> contains(right, left, run);
            case NOT_IN -> !contains(right, left, run);
        };
    }

    static boolean equal(JsonNode left, JsonNode right, Evaluation run) {
        if (Kind.of(left) != Kind.of(right)) {
            return false;
        }
        return switch (Kind.of(left)) {
            case UNDEFINED, NONE -> true;
            case BOOLEAN -> left.booleanValue() == right.booleanValue();
            case NUMBER -> Numbers.of(left, run).compareTo(Numbers.of(right, run)) == 0;
            case TEXT -> run.reading(left.stringValue()).equals(right.stringValue());
            case LIST -> left.size() == right.size() && equalItems(left, right, run);
            case MAP -> left.size() == right.size() && equalEntries(left, right, run);
        };
    }

    private static boolean equalItems(JsonNode left, JsonNode right, Evaluation run) {
        Iterator<JsonNode> others = right.values().iterator();
        for (JsonNode item : left.values()) {
            run.spend(1);
            if (!equal(item, others.next(), run)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalEntries(JsonNode left, JsonNode right, Evaluation run) {
        for (Map.Entry<String, JsonNode> entry : left.properties()) {
            run.spend(1);
            if (!equal(entry.getValue(), right.path(entry.getKey()), run)) {
                return false;
            }
        }
        return true;
    }

    /** @param sign for the message */
    static int order(JsonNode left, JsonNode right, String sign, Evaluation run) {
        Kind kind = Kind.of(left);
        if (kind != Kind.of(right)) {
            throw run.typeError("Expected two values of one type around " + sign + ", but there is " + kind.words()
                    + " and " + Kind.of(right).words() + "; convert one of them, for example with | float");
        }
        return switch (kind) {
            case BOOLEAN -> Boolean.compare(left.booleanValue(), right.booleanValue());
            case NUMBER -> Numbers.of(left, run).compareTo(Numbers.of(right, run));
            case TEXT -> byCodePoint(run.reading(left.stringValue()), right.stringValue());
            case LIST -> orderOfLists(left, right, sign, run);
            case UNDEFINED, NONE, MAP ->
                throw run.typeError("Expected numbers, texts or lists around " + sign + ", but there is " + kind.words()
                        + "; compare a field of it, or use ==");
        };
    }

    private static int orderOfLists(JsonNode left, JsonNode right, String sign, Evaluation run) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            run.spend(1);
            if (!equal(left.path(i), right.path(i), run)) {
                return order(left.path(i), right.path(i), sign, run);
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** Not String.compareTo: that puts characters beyond U+FFFF before some below. */
    static int byCodePoint(String left, String right) {
        int end = Math.min(left.length(), right.length());
        for (int i = 0; i < end; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean differ = Character.isSurrogate(a) != Character.isSurrogate(b);
                return differ
                        ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b))
                        : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    static boolean contains(JsonNode container, JsonNode item, Evaluation run) {
        return switch (Kind.of(container)) {
            case LIST -> {
                for (JsonNode each : container.values()) {
                    run.spend(1);
                    if (equal(each, item, run)) {
                        yield true;
                    }
                }
                yield false;
            }
            case MAP -> item.isString() && container.has(item.stringValue());
            case TEXT -> {
                if (!item.isString()) {
                    throw run.typeError("Expected a text before 'in' a text, but there is "
                            + Kind.of(item).words() + "; convert it with | string");
                }
                run.searching(container.stringValue(), item.stringValue());
                yield container.stringValue().contains(item.stringValue());
            }
            case UNDEFINED, NONE, BOOLEAN, NUMBER ->
                throw run.typeError("Expected a list, a map or a text after 'in', but there is "
                        + Kind.of(container).words() + "; put [ ] around a single value");
        };
    }
}
