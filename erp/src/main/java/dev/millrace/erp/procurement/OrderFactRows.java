package dev.millrace.erp.procurement;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What earlier orders say about one that is decided on. */
final class OrderFactRows {
    // Index: purchase_order_lines_item, then purchase_orders_pkey; one for each item.
    private static final String LAST_PRICES = """
            select i.code, last.unit_price, last.currency, last.locked_at, last.number
              from items i
              cross join lateral (
                   select l.unit_price, o.currency, o.locked_at, o.number
                     from purchase_order_lines l
                     join purchase_orders o on o.tenant_id = l.tenant_id and o.id = l.purchase_order_id
                    where l.tenant_id = i.tenant_id and l.item_id = i.id and o.id <> :order
                      and o.locked_at is not null and o.status <> 'cancelled'
                    order by o.locked_at desc, l.line_no
                    limit 1) as last
             where i.tenant_id = :tenant and i.id = any(:items)
             order by i.code
            """;

    /** A price at which an item was last ordered. */
    record LastPrice(String item, String currency, BigDecimal price, Instant at, String order) {}

    /** Of approved orders other than {@code order}; items that were never ordered are left out. */
    List<LastPrice> lastPrices(Tx tx, UUID order, List<UUID> items) {
        return tx.handle()
                .createQuery(LAST_PRICES)
                .registerArrayType(UUID.class, "uuid")
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .bindArray("items", UUID.class, items)
                .map((row, context) -> new LastPrice(
                        row.getString("code"),
                        row.getString("currency"),
                        decimal(row, "unit_price", 2),
                        instant(row, "locked_at").orElseThrow(),
                        row.getString("number")))
                .list();
    }

    // Index: purchase_orders_supplier.
    private static final String SPENT = """
            select coalesce(sum(amount_base), 0) as spent
              from purchase_orders
             where tenant_id = :tenant and supplier_id = :supplier and created_at >= :since
               and locked_at is not null and status <> 'cancelled'
            """;

    /** What was ordered from the supplier since the beginning of a day, in the company's own currency. */
    BigDecimal spent(Tx tx, UUID supplier, LocalDate since, ZoneId zone) {
        return tx.handle()
                .createQuery(SPENT)
                .bind("tenant", tx.tenant())
                .bind("supplier", supplier)
                .bind("since", since.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC))
                .map((row, context) -> decimal(row, "spent", 2))
                .one();
    }

    // Index: purchase_order_lines_item, then purchase_orders_pkey.
    private static final String LAST_PRICE = """
            select l.unit_price
              from purchase_order_lines l
              join purchase_orders o on o.tenant_id = l.tenant_id and o.id = l.purchase_order_id
             where l.tenant_id = :tenant and l.item_id = :item and o.supplier_id = :supplier and o.currency = :currency
               and o.locked_at is not null and o.status <> 'cancelled'
             order by o.locked_at desc, l.line_no
             limit 1
            """;

    /** At which an item was last ordered from a supplier; of approved orders only. */
    Optional<BigDecimal> lastPrice(Tx tx, UUID supplier, UUID item, String currency) {
        return tx.handle()
                .createQuery(LAST_PRICE)
                .bind("tenant", tx.tenant())
                .bind("supplier", supplier)
                .bind("item", item)
                .bind("currency", currency)
                .map((row, context) -> decimal(row, "unit_price", 2))
                .findOne();
    }

    // Index: purchase_orders_pkey read backwards: an order in a foreign currency is seldom far away.
    private static final String LAST_RATE = """
            select rate
              from purchase_orders
             where tenant_id = :tenant and currency = :currency and locked_at is not null
             order by id desc
             limit 1
            """;

    /** What one unit of a currency was worth when it was last ordered in. */
    Optional<BigDecimal> lastRate(Tx tx, String currency) {
        return tx.handle()
                .createQuery(LAST_RATE)
                .bind("tenant", tx.tenant())
                .bind("currency", currency)
                .map((row, context) -> decimal(row, "rate", 0))
                .findOne();
    }
}
