package dev.millrace.language.typing;

import dev.millrace.language.expression.Node.Relation;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What can be said of values that are written out. */
final class Constants {
    private Constants() {}

    static Type type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> Types.NONE;
            case BOOLEAN -> Types.TRUTH;
            case NUMBER -> Types.number(value.decimalValue());
            case STRING -> Types.literal(value.stringValue());
            case ARRAY, OBJECT, MISSING, BINARY, POJO -> Types.ANY;
        };
    }

    static boolean truth(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.decimalValue().signum() != 0;
            case STRING -> !value.stringValue().isEmpty();
            case ARRAY, OBJECT -> !value.isEmpty();
            case NULL, MISSING, BINARY, POJO -> false;
        };
    }

    /** Empty: that cannot be compared, or is not told here. */
    static Optional<Boolean> compare(JsonNode left, Relation relation, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return holds(left.decimalValue().compareTo(right.decimalValue()), relation);
        }
        boolean equality = relation == Relation.EQUAL || relation == Relation.NOT_EQUAL;
        return equality ? Optional.of(left.equals(right) == (relation == Relation.EQUAL)) : Optional.empty();
    }

    private static Optional<Boolean> holds(int order, Relation relation) {
        return switch (relation) {
            case EQUAL -> Optional.of(order == 0);
            case NOT_EQUAL -> Optional.of(order != 0);
            case LESS -> Optional.of(order < 0);
            case LESS_OR_EQUAL -> Optional.of(order <= 0);
            case GREATER -> Optional.of(order > 0);
            case GREATER_OR_EQUAL -> Optional.of(order >= 0);
            case IN, NOT_IN -> Optional.empty();
        };
    }

    /** The relation with left and right exchanged. */
    static Relation mirrored(Relation relation) {
        return switch (relation) {
            case LESS -> Relation.GREATER;
            case LESS_OR_EQUAL -> Relation.GREATER_OR_EQUAL;
            case GREATER -> Relation.LESS;
            case GREATER_OR_EQUAL -> Relation.LESS_OR_EQUAL;
            case EQUAL, NOT_EQUAL, IN, NOT_IN -> relation;
        };
    }
}
