package dev.millrace.erp.sales;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.Customer;
import dev.millrace.language.EventType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The events of customers: their types and their payloads, each of one record. */
public final class CustomerEvents {
    /** The entity's name. */
    public static final String CUSTOMER = "customer";

    public static final String LIMIT_BREACHED = "customer.credit_limit_breached";

    public static final List<EventType> TYPES = List.of(
            new EventType(LIMIT_BREACHED, "sales", "Exposure went over the limit.", RecordShapes.of(Breached.class)));

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 2;

    private CustomerEvents() {}

    /** What the event of a breach tells. Amounts are in the company's currency. */
    public record Breached(
            @Describe("The customer's id") UUID customerId,
            @Describe("The customer's name") String customerName,
            @Describe("Where the customer gets mail") Optional<String> customerEmail,
            @Describe("The customer is a key account") boolean isKeyAccount,
            @Describe("What the customer may owe") BigDecimal creditLimit,

            @Describe("What the customer owes and has ordered")
            BigDecimal creditExposure,

            @Describe("Exposure less limit") BigDecimal overLimitBy,

            @Describe("Of the limit; 100 where there is none")
            BigDecimal overLimitPercent,

            @Describe("Of the oldest unpaid invoice that is due")
            int oldestOverdueDays,

            @Describe("The number of the document that did it")
            Optional<String> triggerDocument,

            @Describe("When it happened") Instant occurredAt) {}

    static ObjectNode breached(Customer customer, int oldestOverdueDays, String document, Instant now) {
        BigDecimal over = customer.exposure().subtract(customer.creditLimit());
        BigDecimal percent = customer.creditLimit().signum() == 0
                ? HUNDRED
                : over.multiply(HUNDRED).divide(customer.creditLimit(), DECIMALS, RoundingMode.HALF_UP);
        return Json.tree(new Breached(
                customer.id(),
                customer.name(),
                customer.email(),
                customer.isKeyAccount(),
                customer.creditLimit(),
                customer.exposure(),
                over,
                percent,
                oldestOverdueDays,
                Optional.of(document),
                now));
    }
}
