package dev.millrace.erp;

import dev.millrace.erp.procurement.OrderEvents;
import dev.millrace.language.EventType;
import java.util.List;
import java.util.Map;

/** Which modules there are, and what each brings: events and entities. The actions come from {@link Erp#actions()}. */
public final class ErpCatalogue {
    /** Every module that a company may switch on; not all of them bring something yet. */
    public static final List<String> MODULES = List.of("core", "finance", "procurement", "inventory", "sales");

    /** Every entity that {@code entity_type} may name, with its module. */
    public static final Map<String, String> ENTITIES = Map.of(
            "approval", "core",
            "task", "core",
            "purchase_order", "procurement",
            "supplier", "procurement",
            "item", "inventory");

    private ErpCatalogue() {}

    /** Every event of every module. */
    public static List<EventType> events() {
        return OrderEvents.TYPES;
    }
}
