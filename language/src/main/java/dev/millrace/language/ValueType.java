package dev.millrace.language;

import java.util.List;

/** The type of a field in an event's payload or in an action's config or output. */
public sealed interface ValueType permits ValueType.Scalar, ValueType.Choice, ValueType.ListOf, ValueType.MapOf, Shape {

    /** Types without parts. How each looks in JSON is said beside it. */
    enum Scalar implements ValueType {
        /** Anything. */
        ANY,
        STRING,
        INTEGER,
        /** A JSON number, or a string that holds one; always {@code BigDecimal} in memory. */
        DECIMAL,
        BOOLEAN,
        UUID,
        /** {@code 2026-11-24}. */
        DATE,
        /** ISO-8601 with zone, {@code 2026-11-24T04:52:55.000000Z}. */
        DATETIME,
        /** {@code 30s}, {@code 5m}, {@code 24h}, {@code 2d}, or ISO-8601. */
        DURATION,
        /** ISO 4217, {@code INR}. */
        CURRENCY,
        /** An expression, never rendered as a template. */
        EXPRESSION,
        /** The name of a role of the tenant. */
        ROLE,
        /** The id or e-mail of a member of the tenant. */
        MEMBER,
        /** The name of an event of the tenant. */
        EVENT,
        /** The name of an entity of the tenant's modules, {@code purchase_order}. */
        ENTITY
    }

    /** One of the listed words. */
    record Choice(List<String> values) implements ValueType {
        public Choice {
            values = List.copyOf(values);
        }
    }

    /** A list; {@code orSingle} accepts one value where a list is meant. */
    record ListOf(ValueType item, boolean orSingle) implements ValueType {}

    /** A free-form map from text to values of one type. */
    record MapOf(ValueType value) implements ValueType {}
}
