package dev.millrace.engine.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares an action: everything about it that its class and its records do not say. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {
    /** Dotted, {@code erp.purchase_order.lock}. */
    String value();

    /** The module that a tenant must have. */
    String module();

    /** One sentence for the catalogue. */
    String description();

    /** It changes a document. */
    boolean setsState() default false;

    /** Codes with which it may fail. */
    String[] failures() default {};

    /** May it stand in a step. */
    boolean inStep() default true;

    /** May it stand in {@code on_timeout}. */
    boolean inTimeout() default true;
}
