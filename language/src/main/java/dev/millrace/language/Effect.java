package dev.millrace.language;

import java.util.Optional;
import java.util.Set;

/**
 * What an action does to documents, as far as it is declared: what checks over paths follow.
 *
 * @param entity the type of the document whose state it sets, {@code purchase_order}
 * @param id the config field with the id of that document, {@code purchase_order_id}
 * @param amountOf where the amount that it posts or pays is found, {@code config.amount} or
 *     {@code trigger.total_amount}
 * @param emits names of the events that it may emit
 */
public record Effect(Optional<String> entity, Optional<String> id, Optional<String> amountOf, Set<String> emits) {
    public static final Effect NONE = new Effect(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    public Effect {
        emits = Set.copyOf(emits);
    }
}
