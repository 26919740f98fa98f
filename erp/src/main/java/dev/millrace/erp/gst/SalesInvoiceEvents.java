package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.Customer;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.SalesInvoice.Registered;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The events of sales invoices and of the portal: their types and their payloads, each of one record. */
public final class SalesInvoiceEvents {
    /** The entity's name. */
    public static final String INVOICE = "sales_invoice";

    public static final String CREATED = "sales_invoice.created";
    public static final String OVERDUE = "sales_invoice.overdue";
    public static final String IRN_GENERATED = "gst.irn_generated";
    public static final String IRN_FAILED = "gst.irn_failed";

    private static final String MODULE = "finance";

    /** The portal writes its codes in capitals. */
    private static final ValueType SUPPLY_TYPES = new ValueType.Choice(
            Arrays.stream(SupplyType.values()).map(Enum::name).toList());

    public static final List<EventType> TYPES = List.of(
            new EventType(CREATED, MODULE, "A sales invoice was made.", shape(Created.class)),
            new EventType(
                    OVERDUE,
                    MODULE,
                    "A sales invoice was due 1, 7, 30 or 60 days ago and is not paid.",
                    RecordShapes.of(Unpaid.class)),
            new EventType(IRN_GENERATED, MODULE, "The IRP registered an invoice.", RecordShapes.of(IrnGenerated.class)),
            new EventType(IRN_FAILED, MODULE, "The IRP refused an invoice.", RecordShapes.of(IrnFailed.class)));

    /** What a query of sales invoices sees of one. */
    public static final EntityType ENTITY = new EntityType(INVOICE, MODULE, shape(Seen.class));

    private SalesInvoiceEvents() {}

    /** What the event of a made invoice tells. */
    public record Created(
            @Describe("The invoice's id") UUID id,
            @Describe("Its number") String invoiceNumber,
            @Describe("The order that it is for") Optional<UUID> salesOrderId,
            @Describe("The customer's id") UUID customerId,
            @Describe("The customer's name") String customerName,
            @Describe("Where the customer gets mail") Optional<String> customerEmail,
            @Describe("The customer's tax number") Optional<String> customerGstin,
            @Describe("State code") String placeOfSupply,

            @Describe("The portal's code of the kind of supply")
            String supplyType,

            @Describe("Without tax") BigDecimal taxableValue,
            @Describe("Central tax") BigDecimal cgst,
            @Describe("State tax") BigDecimal sgst,
            @Describe("Integrated tax") BigDecimal igst,
            @Describe("What the customer owes") BigDecimal totalAmount,

            @Describe(value = "The invoice's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("It is to be registered at the IRP") boolean eInvoiceRequired,
            @Describe("The invoice's date") LocalDate invoiceDate,
            @Describe("When it is to be paid") LocalDate dueDate) {}

    /** What the event of an overdue invoice tells. */
    public record Unpaid(
            @Describe("The invoice's id") UUID id,
            @Describe("Its number") String invoiceNumber,
            @Describe("The customer's id") UUID customerId,
            @Describe("The customer's name") String customerName,
            @Describe("Where the customer gets mail") Optional<String> customerEmail,

            @Describe("With the country's code: +919820012345")
            Optional<String> customerPhone,

            @Describe("The customer is a key account") boolean isKeyAccount,
            @Describe("What is still to be paid") BigDecimal openAmount,

            @Describe(value = "The invoice's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("Days since it was due") int daysOverdue) {}

    /** As {@link Created}, and where it stands. */
    public record Seen(
            UUID id,
            String invoiceNumber,
            Optional<UUID> salesOrderId,
            UUID customerId,
            String customerName,
            Optional<String> customerEmail,
            Optional<String> customerGstin,
            String placeOfSupply,
            String supplyType,
            BigDecimal taxableValue,
            BigDecimal cgst,
            BigDecimal sgst,
            BigDecimal igst,
            BigDecimal totalAmount,

            @Describe(value = "The invoice's currency", as = Describe.As.CURRENCY)
            String currency,

            boolean eInvoiceRequired,
            LocalDate invoiceDate,
            LocalDate dueDate,
            BigDecimal openAmount,
            SalesInvoice.Status status,
            EInvoiceStatus einvoiceStatus,
            Optional<String> irn) {}

    /** What the event of a registration tells. */
    public record IrnGenerated(
            @Describe("The invoice's id") UUID salesInvoiceId,
            @Describe("Its number") String invoiceNumber,
            @Describe("64 hex digits") String irn,
            @Describe("The portal's number") String ackNo,
            @Describe("When the portal took it") Instant ackDate) {}

    /** What the event of a refusal tells. */
    public record IrnFailed(
            @Describe("The invoice's id") UUID salesInvoiceId,
            @Describe("Its number") String invoiceNumber,
            @Describe("The portal's codes") List<String> errorCodes,
            @Describe("What the portal said") String message) {
        public IrnFailed {
            errorCodes = List.copyOf(errorCodes);
        }
    }

    private static Shape shape(Class<? extends Record> type) {
        Shape shape = RecordShapes.of(type);
        return new Shape(
                shape.fields().stream()
                        .map(field -> field.name().equals("supply_type") ? ofSupply(field) : field)
                        .toList(),
                List.of(),
                false);
    }

    private static Field ofSupply(Field field) {
        return Field.required(field.name(), SUPPLY_TYPES, field.description());
    }

    static ObjectNode created(SalesInvoice invoice, Customer customer) {
        Made made = invoice.made().orElseThrow();
        return Json.tree(new Created(
                invoice.id(),
                made.number(),
                invoice.salesOrderId(),
                invoice.customerId(),
                made.customerName(),
                customer.email(),
                made.customerGstin(),
                made.placeOfSupply(),
                made.supplyType(),
                invoice.amounts().taxable(),
                invoice.amounts().cgst(),
                invoice.amounts().sgst(),
                invoice.amounts().igst(),
                invoice.amounts().total(),
                invoice.currency(),
                invoice.eInvoice().status() != EInvoiceStatus.NOT_REQUIRED,
                made.date(),
                made.dueDate()));
    }

    static ObjectNode overdue(SalesInvoice invoice, Customer customer, int days) {
        Made made = invoice.made().orElseThrow();
        return Json.tree(new Unpaid(
                invoice.id(),
                made.number(),
                invoice.customerId(),
                made.customerName(),
                customer.email(),
                customer.phone(),
                customer.isKeyAccount(),
                invoice.amounts().open(),
                invoice.currency(),
                days));
    }

    static ObjectNode generated(SalesInvoice invoice, Registered registered) {
        return Json.tree(new IrnGenerated(
                invoice.id(),
                invoice.made().orElseThrow().number(),
                registered.irn(),
                registered.ackNo(),
                registered.ackAt()));
    }

    static ObjectNode failed(SalesInvoice invoice, List<String> codes, String message) {
        return Json.tree(
                new IrnFailed(invoice.id(), invoice.made().orElseThrow().number(), codes, message));
    }
}
