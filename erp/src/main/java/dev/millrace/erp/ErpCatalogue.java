package dev.millrace.erp;

import dev.millrace.erp.gst.ReturnEvents;
import dev.millrace.erp.gst.SalesInvoiceEvents;
import dev.millrace.erp.inventory.StockEvents;
import dev.millrace.erp.ledger.LedgerEvents;
import dev.millrace.erp.payables.InvoiceEvents;
import dev.millrace.erp.payments.PaymentEvents;
import dev.millrace.erp.pricing.PriceChangeEvents;
import dev.millrace.erp.procurement.OrderEvents;
import dev.millrace.erp.receiving.ReceiptEvents;
import dev.millrace.erp.sales.CustomerEvents;
import dev.millrace.erp.sales.SalesOrderEvents;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Which modules there are, and what each brings: events and entities. The actions come from {@link Erp#actions()}. */
public final class ErpCatalogue {
    /** Every module that a company may switch on; not all of them bring something yet. */
    public static final List<String> MODULES = List.of("core", "finance", "procurement", "inventory", "sales");

    /** Every entity that {@code entity_type} may name. */
    public static final List<EntityType> ENTITIES = Stream.of(
                    List.of(
                            new EntityType("approval", "core", Shape.FREE),
                            new EntityType("task", "core", Shape.FREE),
                            OrderEvents.ENTITY,
                            new EntityType("supplier", "procurement", Shape.FREE),
                            StockEvents.ITEM,
                            StockEvents.STOCK,
                            ReceiptEvents.ENTITY,
                            new EntityType("customer", "sales", Shape.FREE),
                            new EntityType("gst_period", "finance", Shape.FREE),
                            SalesInvoiceEvents.ENTITY,
                            SalesOrderEvents.ENTITY,
                            PriceChangeEvents.ENTITY),
                    LedgerEvents.ENTITIES,
                    List.of(InvoiceEvents.ENTITY),
                    PaymentEvents.ENTITIES)
            .flatMap(List::stream)
            .toList();

    private ErpCatalogue() {}

    /** Every event of every module. */
    public static List<EventType> events() {
        return Stream.of(
                        OrderEvents.TYPES,
                        StockEvents.TYPES,
                        ReceiptEvents.TYPES,
                        LedgerEvents.TYPES,
                        InvoiceEvents.TYPES,
                        SalesInvoiceEvents.TYPES,
                        ReturnEvents.TYPES,
                        CustomerEvents.TYPES,
                        SalesOrderEvents.TYPES,
                        PriceChangeEvents.TYPES,
                        PaymentEvents.TYPES)
                .flatMap(List::stream)
                .toList();
    }
}
