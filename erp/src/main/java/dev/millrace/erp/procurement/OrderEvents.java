package dev.millrace.erp.procurement;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.PurchaseOrder.Header;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The events of purchase orders: their types and their payloads, both of the same record. */
public final class OrderEvents {
    public static final String CREATED = "purchase_order.created";
    public static final String APPROVED = "purchase_order.approved";
    public static final String CANCELLED = "purchase_order.cancelled";

    private static final String APPROVED_BY = "approved_by";
    private static final String REASON = "reason";

    public static final List<EventType> TYPES = List.of(
            new EventType(
                    CREATED,
                    "procurement",
                    "A purchase order was submitted for approval.",
                    RecordShapes.of(Payload.class)),
            new EventType(
                    APPROVED,
                    "procurement",
                    "A purchase order was approved and locked.",
                    with(Field.optional(APPROVED_BY, Scalar.STRING, "In words, by whom or by which rule"))),
            new EventType(
                    CANCELLED,
                    "procurement",
                    "A purchase order was cancelled.",
                    with(Field.required(REASON, Scalar.STRING, "Why"))));

    /** What a query of orders sees of one. */
    public static final EntityType ENTITY = new EntityType(
            "purchase_order",
            "procurement",
            with(
                    Field.required("received_percent", Scalar.DECIMAL, "How much of it came"),
                    Field.required("invoiced_percent", Scalar.DECIMAL, "How much of it was invoiced"),
                    Field.optional("locked_at", Scalar.DATETIME, "When it was approved"),
                    Field.optional("approval_id", Scalar.UUID, "The request that was granted")));

    private OrderEvents() {}

    /** What every event of an order tells. */
    public record Payload(
            @Describe("The order's id") UUID id,
            @Describe("The order's number") String poNumber,
            @Describe("The supplier's id") UUID supplierId,
            @Describe("The supplier's name") String supplierName,
            @Describe("Where the supplier gets mail") Optional<String> supplierEmail,

            @Describe("With the country's code: +919820012345")
            Optional<String> supplierPhone,

            @Describe("It is the first order to this supplier in 12 months")
            boolean supplierIsNew,

            @Describe("With tax, in the order's currency") BigDecimal totalAmount,
            @Describe("Without tax") BigDecimal netAmount,
            @Describe("Tax") BigDecimal taxAmount,

            @Describe(value = "The order's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("total_amount in the company's own currency")
            BigDecimal amountBase,

            @Describe("Spend area") Optional<String> category,
            @Describe("Cost center") Optional<String> costCenter,
            @Describe("The member's id") String requestedBy,
            @Describe("The member's name") String requestedByName,
            @Describe("The member's e-mail") Optional<String> requestedByEmail,
            @Describe("When the goods are needed") Optional<LocalDate> neededBy,
            @Describe("How many lines there are") int lineCount,
            @Describe("What is ordered") List<LineFacts> lines,
            @Describe("The order's state") Status status,
            @Describe("When the order was made") Instant createdAt) {
        public Payload {
            lines = List.copyOf(lines);
        }
    }

    /** What an event tells of a line. */
    public record LineFacts(
            @Describe("From 1") int lineNo,
            @Describe("The item's id") UUID itemId,
            @Describe("The item's code") String itemCode,
            @Describe("What it is") String description,
            @Describe("How much") BigDecimal quantity,
            @Describe("Without tax") BigDecimal unitPrice,
            @Describe("Percent") BigDecimal gstRate,
            @Describe("Without tax") BigDecimal amount) {}

    static ObjectNode created(PurchaseOrder order, boolean supplierIsNew) {
        return Json.tree(payload(order, supplierIsNew));
    }

    static ObjectNode approved(PurchaseOrder order, boolean supplierIsNew) {
        ObjectNode payload = created(order, supplierIsNew);
        order.header()
                .approvedBy()
                .ifPresentOrElse(by -> payload.put(APPROVED_BY, by), () -> payload.putNull(APPROVED_BY));
        return payload;
    }

    static ObjectNode cancelled(PurchaseOrder order, boolean supplierIsNew) {
        return created(order, supplierIsNew)
                .put(REASON, order.header().cancelReason().orElse(""));
    }

    private static Payload payload(PurchaseOrder order, boolean supplierIsNew) {
        Header header = order.header();
        return new Payload(
                header.id(),
                header.number(),
                header.supplierId(),
                header.supplierName(),
                header.supplierEmail(),
                header.supplierPhone(),
                supplierIsNew,
                header.total(),
                header.net(),
                header.tax(),
                header.currency(),
                header.amountBase(),
                header.category(),
                header.costCenter(),
                order.requester().id().toString(),
                order.requester().name(),
                Optional.of(order.requester().email()),
                header.neededBy(),
                header.lineCount(),
                order.lines().stream().map(OrderEvents::facts).toList(),
                header.status(),
                header.createdAt());
    }

    private static LineFacts facts(PurchaseOrder.Line line) {
        return new LineFacts(
                line.lineNo(),
                line.itemId(),
                line.itemCode(),
                line.description(),
                line.quantity(),
                line.unitPrice(),
                line.gstRate(),
                line.amount());
    }

    private static Shape with(Field... more) {
        Shape base = RecordShapes.of(Payload.class);
        return new Shape(Stream.concat(base.fields().stream(), Stream.of(more)).toList(), List.of(), false);
    }
}
