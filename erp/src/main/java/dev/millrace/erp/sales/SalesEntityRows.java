package dev.millrace.erp.sales;

import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.core.ReadableEntity;
import dev.millrace.language.EntityType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What definitions may read of customers. */
public final class SalesEntityRows {
    public static final List<ReadableEntity> ALL = List.of(new ReadableEntity(
            new EntityType(CustomerEvents.CUSTOMER, "sales", RecordShapes.of(CustomerRow.class)),
            "customer_code",
            Set.of("credit_limit", "credit_exposure"),
            """
            select id, code as customer_code, name, is_key_account, credit_limit, credit_days, credit_hold,
                   exposure as credit_exposure, gstin, email, phone
              from customers
             where tenant_id = :tenant"""));

    private SalesEntityRows() {}

    /** A customer, as a query sees it. */
    public record CustomerRow(
            @Describe("The customer's id") UUID id,
            @Describe("The customer's code") String customerCode,
            @Describe("The customer's name") String name,
            @Describe("The customer is a key account") boolean isKeyAccount,
            @Describe("What the customer may owe") BigDecimal creditLimit,
            @Describe("Days from the invoice's date") int creditDays,
            @Describe("Gets nothing on credit") boolean creditHold,

            @Describe("What the customer owes and has ordered")
            BigDecimal creditExposure,

            @Describe("Tax number") Optional<String> gstin,
            @Describe("Where the customer gets mail") Optional<String> email,

            @Describe("With the country's code: +919820012345")
            Optional<String> phone) {}
}
