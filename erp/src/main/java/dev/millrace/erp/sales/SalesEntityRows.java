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

/** What definitions may read of customers and their orders. */
public final class SalesEntityRows {
    private static final ReadableEntity CUSTOMER = new ReadableEntity(
            new EntityType(CustomerEvents.CUSTOMER, "sales", RecordShapes.of(CustomerRow.class)),
            "customer_code",
            Set.of("credit_limit", "credit_exposure"),
            """
            select id, code as customer_code, name, is_key_account, credit_limit, credit_days, credit_hold,
                   exposure as credit_exposure, gstin, email, phone
              from customers
             where tenant_id = :tenant""");

    // The customer's exposure has what is confirmed in it; an order that is not yet comes on top.
    private static final ReadableEntity ORDER = new ReadableEntity(
            SalesOrderEvents.ENTITY,
            "order_number",
            Set.of("total_amount", "net_amount", "amount_base", "credit_limit", "credit_exposure", "over_limit_by"),
            """
            select o.id, o.number as order_number, o.customer_id, c.name as customer_name, c.email as customer_email,
                   c.phone as customer_phone, c.is_key_account, o.total as total_amount, o.net as net_amount,
                   o.currency::text as currency, o.amount_base, o.discount_percent, o.margin_percent, c.credit_limit,
                   c.exposure + own.share as credit_exposure,
                   greatest(c.exposure + own.share - c.credit_limit, 0) as over_limit_by,
                   c.credit_days as payment_terms_days, m.name as sales_person, o.requested_by::text as requested_by,
                   m.email as requested_by_email, o.status, o.created_at, o.approval_id
              from sales_orders o
              join customers c on c.tenant_id = o.tenant_id and c.id = o.customer_id
              join members m on m.tenant_id = o.tenant_id and m.id = o.requested_by
             cross join lateral (
                   select case when o.status in ('draft', 'pending_approval', 'returned', 'on_hold', 'cancelled')
                               then o.amount_base else 0 end as share) own
             where o.tenant_id = :tenant""");

    public static final List<ReadableEntity> ALL = List.of(CUSTOMER, ORDER);

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
