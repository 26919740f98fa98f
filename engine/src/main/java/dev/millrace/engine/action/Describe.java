package dev.millrace.engine.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a config or output record. The component's Java type gives the rest: {@code Optional}
 * makes it optional; {@code String, UUID, int, BigDecimal, boolean, LocalDate, Instant, Duration}, enums,
 * {@code List}, {@code Map<String, JsonNode>}, {@code JsonNode} and records are known.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Describe {
    String value();

    /** What a text means; narrows the type. */
    As as() default As.PLAIN;

    /** Smallest number, fewest characters or items; negative: none. */
    long least() default -1;

    /** Largest number, most characters or items; negative: none. */
    long most() default -1;

    /** JSON of the default of an optional component; empty: none. */
    String byDefault() default "";

    /** Of a list: one value is accepted as a list of one. */
    boolean orSingle() default false;

    /** Components with the same group name: exactly one of them must be given. */
    String oneOf() default "";

    /** Meanings of a text. */
    enum As {
        PLAIN,
        EXPRESSION,
        ROLE,
        MEMBER,
        EVENT,
        ENTITY,
        CURRENCY
    }
}
