package dev.millrace.language.words;

import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Scalar;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a number or text is written for people, by the field that it belongs to. */
enum Measure {
    AMOUNT,
    PERCENT,
    DAYS,
    DATE,
    YES_OR_NO,
    PLAIN;

    private static final Pattern AMOUNTS = Pattern.compile(
            "(?:^|_)(?:amount|price|spend|cost|limit|exposure|payable|payment|tax|credit|debit|value|variance|balance"
                    + "|total|paid|sums?|cgst|sgst|igst)(?:$|_(?:base|by|available|at_risk)$)");
    private static final Pattern SURE = Pattern.compile("(?:^|_)amount(?:$|_base$)");

    /** @param type as declared, if it is known */
    static Measure of(String field, Optional<ValueType> type) {
        if (type.isPresent() && type.get() instanceof Scalar scalar) {
            return ofScalar(field, scalar);
        }
        if (type.isPresent()) {
            return PLAIN;
        }
        return SURE.matcher(field).find() ? AMOUNT : byUnit(field);
    }

    private static Measure ofScalar(String field, Scalar type) {
        return switch (type) {
            case BOOLEAN -> YES_OR_NO;
            case DATE, DATETIME -> DATE;
            case INTEGER -> byUnit(field);
            case DECIMAL ->
                byUnit(field) == PLAIN && AMOUNTS.matcher(field).find() ? AMOUNT : byUnit(field);
            case ANY -> SURE.matcher(field).find() ? AMOUNT : byUnit(field);
            case STRING, UUID, DURATION, CURRENCY, EXPRESSION, ROLE, MEMBER, EVENT, ENTITY -> PLAIN;
        };
    }

    private static Measure byUnit(String field) {
        if (field.contains("percent")) {
            return PERCENT;
        }
        return field.endsWith("_days") || field.startsWith("days_") ? DAYS : PLAIN;
    }
}
