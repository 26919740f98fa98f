package dev.millrace.language;

import java.util.Set;

/**
 * What the language knows of an action: enough to validate a step that names it, nothing of how it works.
 *
 * @param name dotted, {@code erp.purchase_order.lock}
 * @param module the tenant must have this module
 * @param places where a definition may name it
 * @param setsState it changes a document: running a definition with it needs {@code erp:write} in its module
 * @param effect what it does to documents, as far as it is declared
 * @param failures the codes with which it may fail
 */
public record ActionType(
        String name,
        String module,
        Kind kind,
        Set<Place> places,
        String description,
        Shape config,
        Shape output,
        boolean setsState,
        Effect effect,
        Set<String> failures) {

    /** How an action takes effect: see {@code docs/architecture.md}, "Three kinds of action". */
    public enum Kind {
        /** In the step's own transaction: exactly once. */
        LOCAL,
        /** Calls out: at least once, with a stable idempotency key. */
        EXTERNAL,
        /** Parks until a person, an instant or an event. */
        WAITING
    }

    /** Where in a definition an action may stand. */
    public enum Place {
        STEP,
        ON_ERROR,
        ON_TIMEOUT
    }

    public ActionType {
        places = Set.copyOf(places);
        failures = Set.copyOf(failures);
    }
}
