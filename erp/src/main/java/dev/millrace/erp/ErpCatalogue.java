package dev.millrace.erp;

import dev.millrace.erp.core.CoreEntityRows;
import dev.millrace.erp.core.ReadableEntity;
import dev.millrace.erp.gst.GstEntityRows;
import dev.millrace.erp.gst.ReturnEvents;
import dev.millrace.erp.gst.SalesInvoiceEvents;
import dev.millrace.erp.inventory.InventoryEntityRows;
import dev.millrace.erp.inventory.StockEvents;
import dev.millrace.erp.ledger.LedgerEntityRows;
import dev.millrace.erp.ledger.LedgerEvents;
import dev.millrace.erp.payables.InvoiceEvents;
import dev.millrace.erp.payables.PayablesEntityRows;
import dev.millrace.erp.payments.PaymentEvents;
import dev.millrace.erp.payments.PaymentsEntityRows;
import dev.millrace.erp.pricing.PriceChangeEvents;
import dev.millrace.erp.pricing.PricingEntityRows;
import dev.millrace.erp.procurement.OrderEvents;
import dev.millrace.erp.procurement.ProcurementEntityRows;
import dev.millrace.erp.procurement.SupplierEvents;
import dev.millrace.erp.receiving.ReceiptEvents;
import dev.millrace.erp.receiving.ReceivingEntityRows;
import dev.millrace.erp.sales.CustomerEvents;
import dev.millrace.erp.sales.SalesEntityRows;
import dev.millrace.erp.sales.SalesOrderEvents;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import java.util.List;
import java.util.stream.Stream;

/** Which modules there are, and what each brings: events and entities. The actions come from {@link Erp#actions()}. */
public final class ErpCatalogue {
    /** Every module that a company may switch on; not all of them bring something yet. */
    public static final List<String> MODULES = List.of("core", "finance", "procurement", "inventory", "sales");

    /** What definitions may read: each module lists its own. */
    static final List<ReadableEntity> READABLE = Stream.of(
                    CoreEntityRows.ALL,
                    ProcurementEntityRows.ALL,
                    InventoryEntityRows.ALL,
                    ReceivingEntityRows.ALL,
                    SalesEntityRows.ALL,
                    PricingEntityRows.ALL,
                    GstEntityRows.ALL,
                    LedgerEntityRows.ALL,
                    PayablesEntityRows.ALL,
                    PaymentsEntityRows.ALL)
            .flatMap(List::stream)
            .toList();

    /** Every entity that {@code entity_type} may name. */
    public static final List<EntityType> ENTITIES =
            READABLE.stream().map(ReadableEntity::entity).toList();

    private ErpCatalogue() {}

    /** Every event of every module. */
    public static List<EventType> events() {
        return Stream.of(
                        OrderEvents.TYPES,
                        SupplierEvents.TYPES,
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
