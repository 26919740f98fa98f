package dev.millrace.language.schema;

import dev.millrace.language.ValueType.Scalar;

/** Types in words, as they follow "Expected". */
public final class TypeNames {
    private TypeNames() {}

    public static String of(Scalar type) {
        return switch (type) {
            case ANY -> "any value";
            case STRING -> "a text";
            case INTEGER -> "a whole number";
            case DECIMAL -> "a number";
            case BOOLEAN -> "true or false";
            case UUID -> "an id (UUID)";
            case DATE -> "a date such as 2026-11-24";
            case DATETIME -> "an instant with its zone such as 2026-11-24T04:52:55Z";
            case DURATION -> "a duration such as 30s, 5m, 24h or 2d";
            case CURRENCY -> "a currency code such as INR";
            case EXPRESSION -> "an expression";
            case ROLE -> "a role";
            case MEMBER -> "the id or e-mail of a member";
            case EVENT -> "the name of an event";
            case ENTITY -> "the name of an entity";
        };
    }
}
