package dev.millrace.erp.inventory;

import static dev.millrace.erp.core.Columns.decimal;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Item;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code items}. */
public final class ItemRows {
    private static final String SELECT = """
            select id, code, name, hsn_sac, is_service, uqc, gst_rate, standard_cost, sales_price, preferred_supplier_id,
                   is_critical, allow_negative, over_receipt_percent, stock_account, expense_account, active
              from items
             where tenant_id = :tenant
            """;

    // Indexes: items_pkey and items_tenant_id_code_key.
    private static final String FIND = SELECT + " and (id = any(:ids) or code = any(:codes))";

    public List<Item> find(Tx tx, Collection<UUID> ids, Collection<String> codes) {
        return tx.handle()
                .createQuery(FIND)
                .registerArrayType(UUID.class, "uuid")
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .bindArray("codes", String.class, List.copyOf(codes))
                .map(ItemRows::item)
                .list();
    }

    public Optional<Item> byId(Tx tx, UUID id) {
        return find(tx, List.of(id), List.of()).stream().findFirst();
    }

    // Index: items_tenant_id_code_key.
    private static final String PAGE = SELECT + " and code > :after order by code limit :limit";

    /**
     * @param after the last code seen; empty for the first page
     */
    public List<Item> page(Tx tx, String after, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bind("limit", limit)
                .map(ItemRows::item)
                .list();
    }

    private static Item item(ResultSet row, StatementContext context) throws SQLException {
        return new Item(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                row.getString("hsn_sac"),
                row.getBoolean("is_service"),
                row.getString("uqc"),
                decimal(row, "gst_rate", 0),
                decimal(row, "standard_cost", 2),
                row.getBigDecimal("sales_price") == null
                        ? Optional.empty()
                        : Optional.of(decimal(row, "sales_price", 2)),
                Optional.ofNullable(row.getObject("preferred_supplier_id", UUID.class)),
                row.getBoolean("is_critical"),
                row.getBoolean("allow_negative"),
                decimal(row, "over_receipt_percent", 0),
                Optional.ofNullable(row.getString("stock_account")),
                Optional.ofNullable(row.getString("expense_account")),
                row.getBoolean("active"));
    }

    private static final String INSERT = """
            insert into items
                   (tenant_id, id, code, name, hsn_sac, is_service, uqc, gst_rate, standard_cost, sales_price,
                    preferred_supplier_id, is_critical, allow_negative, over_receipt_percent, stock_account,
                    expense_account, active)
            values (:tenant, :id, :code, :name, :hsnSac, :isService, :uqc, :gstRate, :standardCost, :salesPrice,
                    :preferredSupplier, :isCritical, :allowNegative, :overReceiptPercent, :stockAccount,
                    :expenseAccount, :active)
            """;

    public void insert(Tx tx, List<Item> items) {
        var batch = tx.handle().prepareBatch(INSERT);
        items.forEach(item -> batch.bind("tenant", tx.tenant())
                .bind("id", item.id())
                .bind("code", item.code())
                .bind("name", item.name())
                .bind("hsnSac", item.hsnSac())
                .bind("isService", item.isService())
                .bind("uqc", item.uqc())
                .bind("gstRate", item.gstRate())
                .bind("standardCost", item.standardCost())
                .bind("salesPrice", item.salesPrice())
                .bind("preferredSupplier", item.preferredSupplier())
                .bind("isCritical", item.isCritical())
                .bind("allowNegative", item.allowNegative())
                .bind("overReceiptPercent", item.overReceiptPercent())
                .bind("stockAccount", item.stockAccount())
                .bind("expenseAccount", item.expenseAccount())
                .bind("active", item.active())
                .add());
        batch.execute();
    }

    // Index: items_pkey.
    private static final String REPRICE = """
            update items set sales_price = :price, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    /**
     * @param price without tax, in the company's currency
     * @return false: there is no such item
     */
    public boolean reprice(Tx tx, UUID id, BigDecimal price) {
        return tx.handle()
                        .createUpdate(REPRICE)
                        .bind("tenant", tx.tenant())
                        .bind("id", id)
                        .bind("price", price)
                        .execute()
                == 1;
    }
}
