package dev.millrace.erp;

import dev.millrace.erp.procurement.OrderEvents;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Shape;
import java.util.List;

/** Which modules there are, and what each brings: events and entities. The actions come from {@link Erp#actions()}. */
public final class ErpCatalogue {
    /** Every module that a company may switch on; not all of them bring something yet. */
    public static final List<String> MODULES = List.of("core", "finance", "procurement", "inventory", "sales");

    /** Every entity that {@code entity_type} may name. */
    public static final List<EntityType> ENTITIES = List.of(
            new EntityType("approval", "core", Shape.FREE),
            new EntityType("task", "core", Shape.FREE),
            OrderEvents.ENTITY,
            new EntityType("supplier", "procurement", Shape.FREE),
            new EntityType("item", "inventory", Shape.FREE));

    private ErpCatalogue() {}

    /** Every event of every module. */
    public static List<EventType> events() {
        return OrderEvents.TYPES;
    }
}
