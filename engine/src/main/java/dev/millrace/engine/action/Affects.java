package dev.millrace.engine.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares what an action does to documents, so that definitions can be checked over all their paths. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Affects {
    /** The type of the document whose state it sets. */
    String entity() default "";

    /** The component of its config that holds the id of that document. */
    String id() default "";

    /** Where the amount that it posts or pays is found: {@code config.amount} or {@code trigger.total_amount}. */
    String amountOf() default "";

    /** Names of the events that it may emit. */
    String[] emits() default {};
}
