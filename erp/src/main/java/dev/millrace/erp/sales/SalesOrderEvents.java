package dev.millrace.erp.sales;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.Customer;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Header;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The events of sales orders: their types and their payloads, both of the same record. */
public final class SalesOrderEvents {
    /** The entity's name. */
    public static final String ORDER = "sales_order";

    public static final String CREATED = "sales_order.created";
    public static final String CHANGED = "sales_order.changed";
    public static final String CONFIRMED = "sales_order.confirmed";
    public static final String CANCELLED = "sales_order.cancelled";

    private static final String MODULE = "sales";
    private static final String CHANGED_FIELDS = "changed_fields";
    private static final String REASON = "reason";
    private static final String LINES = "lines";

    public static final List<EventType> TYPES = List.of(
            new EventType(CREATED, MODULE, "A sales order was submitted.", RecordShapes.of(Payload.class)),
            new EventType(
                    CHANGED,
                    MODULE,
                    "A sales order was changed before confirmation.",
                    with(Field.required(
                            CHANGED_FIELDS,
                            new ValueType.ListOf(Scalar.STRING, false),
                            "Fields of this event that are others now, and lines"))),
            new EventType(CONFIRMED, MODULE, "Confirmed.", RecordShapes.of(Payload.class)),
            new EventType(CANCELLED, MODULE, "Cancelled.", with(Field.required(REASON, Scalar.STRING, "Why"))));

    /** What a query of sales orders sees of one. */
    public static final EntityType ENTITY = new EntityType(
            ORDER, MODULE, with(Field.optional("approval_id", Scalar.UUID, "The approval that it was confirmed with")));

    private SalesOrderEvents() {}

    /** What every event of a sales order tells. Amounts are in the company's currency. */
    public record Payload(
            @Describe("The order's id") UUID id,
            @Describe("The order's number") String orderNumber,
            @Describe("The customer's id") UUID customerId,
            @Describe("The customer's name") String customerName,
            @Describe("Where the customer gets mail") Optional<String> customerEmail,

            @Describe("With the country's code: +919820012345")
            Optional<String> customerPhone,

            @Describe("The customer is a key account") boolean isKeyAccount,
            @Describe("With tax, in the order's currency") BigDecimal totalAmount,
            @Describe("Without tax") BigDecimal netAmount,

            @Describe(value = "The order's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("total_amount in the company's own currency")
            BigDecimal amountBase,

            @Describe("Of the line with the highest") BigDecimal discountPercent,

            @Describe("Of the net amount; none where nobody knows what all items cost")
            Optional<BigDecimal> marginPercent,

            @Describe("What the customer may owe") BigDecimal creditLimit,

            @Describe("What the customer owes and has ordered, this order included")
            BigDecimal creditExposure,

            @Describe("Exposure less limit; 0 when inside") BigDecimal overLimitBy,
            @Describe("Days of credit") int paymentTermsDays,
            @Describe("Who sold it") Optional<String> salesPerson,
            @Describe("The member's id") String requestedBy,
            @Describe("The member's e-mail") Optional<String> requestedByEmail,
            @Describe("The order's state") Status status,
            @Describe("When the order was made") Instant createdAt) {}

    static ObjectNode told(SalesOrder order, Customer customer) {
        Header header = order.header();
        BigDecimal exposure = header.status().isExposed()
                ? customer.exposure()
                : customer.exposure().add(header.amountBase());
        return Json.tree(new Payload(
                header.id(),
                header.number(),
                header.customerId(),
                header.customerName(),
                customer.email(),
                customer.phone(),
                customer.isKeyAccount(),
                header.total(),
                header.net(),
                header.currency(),
                header.amountBase(),
                header.discountPercent(),
                header.marginPercent(),
                customer.creditLimit(),
                exposure,
                exposure.subtract(customer.creditLimit()).max(BigDecimal.ZERO.setScale(2)),
                customer.creditDays(),
                Optional.of(order.requester().name()),
                order.requester().id().toString(),
                Optional.of(order.requester().email()),
                header.status(),
                header.createdAt()));
    }

    static ObjectNode changed(SalesOrder before, Customer formerly, SalesOrder after, Customer now) {
        ObjectNode payload = told(after, now);
        ObjectNode former = told(before, formerly);
        var names = new ArrayList<String>();
        payload.propertyNames().forEach(name -> {
            if (!payload.path(name).equals(former.path(name))) {
                names.add(name);
            }
        });
        if (!SalesOrderDocument.lines(before).equals(SalesOrderDocument.lines(after))) {
            names.add(LINES);
        }
        ArrayNode fields = payload.putArray(CHANGED_FIELDS);
        names.forEach(fields::add);
        return payload;
    }

    static ObjectNode cancelled(SalesOrder order, Customer customer) {
        return told(order, customer).put(REASON, order.header().cancelReason().orElse(""));
    }

    private static Shape with(Field more) {
        Shape base = RecordShapes.of(Payload.class);
        return new Shape(Stream.concat(base.fields().stream(), Stream.of(more)).toList(), List.of(), false);
    }
}
