package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Effect;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.TriggerOutline;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which document an action or an approval is about, as far as the text says. */
final class Documents {
    /** The fields of an event that say how much its document is about, the one in the tenant's currency first. */
    private static final List<String> AMOUNTS = List.of("amount_base", "total_amount", "amount");

    private final TriggerOutline trigger;
    private final Shape payload;

    Documents(TriggerOutline trigger, Catalogue catalogue) {
        this.trigger = trigger;
        this.payload = TriggerType.of(trigger, catalogue);
    }

    /** @param id the text that names it */
    record Document(String type, ConfigText id) {}

    /** The document whose state the action sets; those of the trigger where the action names none. */
    Set<Document> of(ActionUse use) {
        Effect effect = use.type().map(ActionType::effect).orElse(Effect.NONE);
        Optional<Document> own = effect.entity()
                .flatMap(entity -> effect.id()
                        .filter(id -> use.config().key(id).isGiven())
                        .map(id -> new Document(entity, ConfigText.of(use, id))));
        return own.map(Set::of).orElseGet(this::ofTrigger);
    }

    /** What an approval is asked for; empty where it names no document. */
    static Optional<Document> approvedBy(ActionUse use) {
        return use.config()
                .key("entity_type")
                .text()
                .filter(type -> use.config().key("entity_id").isGiven())
                .map(type -> new Document(type, ConfigText.of(use, "entity_id")));
    }

    /** {@code purchase_order.created} is about the order whose id is {@code trigger.id}. */
    Set<Document> ofTrigger() {
        var documents = new LinkedHashSet<Document>();
        for (Spot event : trigger.events()) {
            String name = event.text().orElse("");
            String type = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            for (String field : List.of("id", type + "_id")) {
                if (has(field)) {
                    documents.add(new Document(type, new ConfigText.Path(List.of("trigger", field))));
                }
            }
        }
        return documents;
    }

    /** Where the amount of the trigger's document is read. */
    Set<List<String>> amountsOfTrigger() {
        var paths = new LinkedHashSet<List<String>>();
        AMOUNTS.stream()
                .filter(field -> payload.field(field).isPresent())
                .forEach(field -> paths.add(List.of("trigger", field)));
        return paths;
    }

    /** The trigger declares the field, and it is never none. */
    boolean always(String field) {
        return payload.field(field).filter(Field::required).isPresent();
    }

    private boolean has(String field) {
        return payload.open() || payload.field(field).isPresent();
    }
}
