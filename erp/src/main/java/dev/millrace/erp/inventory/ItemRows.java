package dev.millrace.erp.inventory;

import static dev.millrace.erp.core.Columns.decimal;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Item;
import dev.millrace.erp.Versioned;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
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

    // Index: items_pkey.
    private static final String VERSIONED = SELECT.replace("active", "active, version") + " and id = :id";

    /** With the number of its version. */
    public Optional<Versioned<Item>> versioned(Tx tx, UUID id) {
        return versioned(tx, VERSIONED, id);
    }

    // Index: items_pkey. Weaker than a delete's lock, so that rows that refer to the item may still be written.
    private static final String HOLD = VERSIONED + " for no key update";

    /** It stays as it is until the transaction ends. */
    public Optional<Versioned<Item>> hold(Tx tx, UUID id) {
        return versioned(tx, HOLD, id);
    }

    private static Optional<Versioned<Item>> versioned(Tx tx, String sql, UUID id) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> new Versioned<>(item(row, context), row.getInt("version")))
                .findOne();
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
        items.forEach(item -> bind(batch, tx, item).add());
        batch.execute();
    }

    // Index: items_tenant_id_code_key.
    private static final String INSERT_NEW = INSERT + " on conflict (tenant_id, code) do nothing";

    /**
     * @return false: there is an item of that code
     */
    public boolean insertNew(Tx tx, Item item) {
        return bind(tx.handle().createUpdate(INSERT_NEW), tx, item).execute() == 1;
    }

    // Index: items_pkey.
    private static final String UPDATE = """
            update items
               set name = :name, hsn_sac = :hsnSac, uqc = :uqc, gst_rate = :gstRate, standard_cost = :standardCost,
                   preferred_supplier_id = :preferredSupplier, is_critical = :isCritical,
                   allow_negative = :allowNegative, over_receipt_percent = :overReceiptPercent,
                   stock_account = :stockAccount, expense_account = :expenseAccount, active = :active,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
               and (name, hsn_sac, uqc, gst_rate, standard_cost, preferred_supplier_id, is_critical, allow_negative,
                    over_receipt_percent, stock_account, expense_account, active)
                   is distinct from
                   (:name, :hsnSac, :uqc, :gstRate, :standardCost, :preferredSupplier::uuid, :isCritical, :allowNegative,
                    :overReceiptPercent, :stockAccount::text, :expenseAccount::text, :active)
            """;

    /**
     * All but its code, its kind and its sales price.
     *
     * @return false: it was so before, or there is no such item
     */
    public boolean update(Tx tx, Item item) {
        return bind(tx.handle().createUpdate(UPDATE), tx, item).execute() == 1;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Tx tx, Item item) {
        return statement
                .bind("tenant", tx.tenant())
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
                .bind("active", item.active());
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
