package dev.millrace.erp.procurement;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Supplier;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads of the table {@code suppliers}. */
public final class SupplierRows {
    private static final String SELECT = """
            select id, code, name, gstin, pan, state_code, country, address_line1, city, pin, email, phone, currency,
                   payment_terms_days, msme, udyam_no, category, expected_annual_spend, status, status_reason, bank_last4,
                   bank_verified, bank_changed_at, requested_by, version
              from suppliers
             where tenant_id = :tenant
            """;

    // Index: suppliers_pkey.
    private static final String BY_ID = SELECT + " and id = :id";

    public Optional<Supplier> byId(Tx tx, UUID id) {
        return byId(tx, BY_ID, id);
    }

    // Index: suppliers_pkey.
    private static final String HOLD = BY_ID + " for no key update";

    /** It stays as it is until the transaction ends; a payment to it waits for that, or this for the payment. */
    public Optional<Supplier> hold(Tx tx, UUID id) {
        return byId(tx, HOLD, id);
    }

    private static Optional<Supplier> byId(Tx tx, String sql, UUID id) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(SupplierRows::supplier)
                .findOne();
    }

    public Optional<String> name(Tx tx, UUID id) {
        return byId(tx, id).map(Supplier::name);
    }

    // Index: suppliers_tenant_id_code_key.
    private static final String BY_CODE = SELECT + " and code = :code";

    public Optional<Supplier> byCode(Tx tx, String code) {
        return tx.handle()
                .createQuery(BY_CODE)
                .bind("tenant", tx.tenant())
                .bind("code", code)
                .map(SupplierRows::supplier)
                .findOne();
    }

    // Index: suppliers_gstin.
    private static final String BY_GSTIN = SELECT + " and gstin = :gstin";

    Optional<Supplier> byGstin(Tx tx, String gstin) {
        return tx.handle()
                .createQuery(BY_GSTIN)
                .bind("tenant", tx.tenant())
                .bind("gstin", gstin)
                .map(SupplierRows::supplier)
                .findOne();
    }

    /** By its form and its check character: the rule of the tables' own checks. */
    boolean isGstin(Tx tx, String text) {
        return tx.handle()
                .createQuery("select gstin_is_valid(:text)")
                .bind("text", text)
                .mapTo(Boolean.class)
                .one();
    }

    // Index: suppliers_tenant_id_code_key.
    private static final String PAGE = SELECT + """
               and code > :after and (:status::text is null or status = :status)
             order by code
             limit :limit
            """;

    /**
     * @param after the last code seen; empty for the first page
     */
    public List<Supplier> page(Tx tx, Optional<Supplier.Status> status, String after, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("status", status.map(SupplierRows::text))
                .bind("after", after)
                .bind("limit", limit)
                .map(SupplierRows::supplier)
                .list();
    }

    // Index: suppliers_pkey.
    private static final String BANK = """
            select bank from suppliers where tenant_id = :tenant and id = :id
            """;

    /** What the vault sealed. */
    Optional<byte[]> bank(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BANK)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> Optional.ofNullable(row.getBytes("bank")))
                .findOne()
                .flatMap(bank -> bank);
    }

    private static Supplier supplier(ResultSet row, StatementContext context) throws SQLException {
        return new Supplier(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                Optional.ofNullable(row.getString("gstin")),
                Optional.ofNullable(row.getString("pan")),
                Optional.ofNullable(row.getString("state_code")),
                row.getString("country"),
                Optional.ofNullable(row.getString("address_line1")),
                Optional.ofNullable(row.getString("city")),
                Optional.ofNullable(row.getString("pin")),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("phone")),
                row.getString("currency"),
                row.getInt("payment_terms_days"),
                row.getString("msme"),
                Optional.ofNullable(row.getString("udyam_no")),
                Optional.ofNullable(row.getString("category")),
                Optional.ofNullable(row.getBigDecimal("expected_annual_spend")).map(SupplierRows::money),
                Supplier.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("status_reason")),
                new Supplier.Bank(
                        Optional.ofNullable(row.getString("bank_last4")),
                        row.getBoolean("bank_verified"),
                        instant(row, "bank_changed_at")),
                Optional.ofNullable(row.getObject("requested_by", UUID.class)),
                row.getInt("version"));
    }

    private static BigDecimal money(BigDecimal amount) {
        return amount.setScale(2);
    }

    static String text(Supplier.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
