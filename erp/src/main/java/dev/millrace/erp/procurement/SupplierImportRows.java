package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code suppliers}, many rows at a time, as far as files say something of them. */
public final class SupplierImportRows {
    /** What a file may say of a supplier. */
    public record Known(
            UUID id,
            String code,
            String name,
            Optional<String> gstin,
            Optional<String> stateCode,
            String country,
            Optional<String> addressLine1,
            Optional<String> city,
            Optional<String> pin,
            Optional<String> email,
            Optional<String> phone,
            String currency,
            int paymentTermsDays,
            String msme) {}

    // Index: suppliers_pkey. All of the company's are held against two hashed lists: that takes the same time also in a
    // transaction that has just added thousands of them, of which the planner knows nothing.
    private static final String FIND = """
            select id, code, name, gstin, state_code, country, address_line1, city, pin, email, phone, currency,
                   payment_terms_days, msme
              from suppliers
             where tenant_id = :tenant
               and (code in (select unnest(:codes)) or gstin in (select unnest(:gstins)))
            """;

    /** Those with one of the codes or one of the tax numbers. */
    public List<Known> find(Tx tx, Collection<String> codes, Collection<String> gstins) {
        return tx.handle()
                .createQuery(FIND)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bindArray("codes", String.class, List.copyOf(codes))
                .bindArray("gstins", String.class, List.copyOf(gstins))
                .map(SupplierImportRows::known)
                .list();
    }

    // Index: suppliers_tenant_id_code_key.
    private static final String IDS = """
            select code, id from suppliers where tenant_id = :tenant and code = any(:codes)
            """;

    /** Ids by code, of those that are there. */
    public Map<String, UUID> ids(Tx tx, Collection<String> codes) {
        return tx.handle()
                .createQuery(IDS)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bindArray("codes", String.class, List.copyOf(codes))
                .reduceRows(new HashMap<String, UUID>(), (ids, row) -> {
                    ids.put(row.getColumn("code", String.class), row.getColumn("id", UUID.class));
                    return ids;
                });
    }

    // Index: suppliers_pkey.
    private static final String UPDATE = """
            update suppliers
               set name = :name, gstin = :gstin, state_code = :stateCode, country = :country,
                   address_line1 = :addressLine1, city = :city, pin = :pin, email = :email, phone = :phone,
                   currency = :currency, payment_terms_days = :paymentTermsDays, msme = :msme,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    public void update(Tx tx, List<Known> suppliers) {
        var batch = tx.handle().prepareBatch(UPDATE);
        suppliers.forEach(supplier -> batch.bind("tenant", tx.tenant())
                .bind("id", supplier.id())
                .bind("name", supplier.name())
                .bind("gstin", supplier.gstin())
                .bind("stateCode", supplier.stateCode())
                .bind("country", supplier.country())
                .bind("addressLine1", supplier.addressLine1())
                .bind("city", supplier.city())
                .bind("pin", supplier.pin())
                .bind("email", supplier.email())
                .bind("phone", supplier.phone())
                .bind("currency", supplier.currency())
                .bind("paymentTermsDays", supplier.paymentTermsDays())
                .bind("msme", supplier.msme())
                .add());
        if (!suppliers.isEmpty()) {
            batch.execute();
        }
    }

    private static Known known(ResultSet row, StatementContext context) throws SQLException {
        return new Known(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                Optional.ofNullable(row.getString("gstin")),
                Optional.ofNullable(row.getString("state_code")),
                row.getString("country"),
                Optional.ofNullable(row.getString("address_line1")),
                Optional.ofNullable(row.getString("city")),
                Optional.ofNullable(row.getString("pin")),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("phone")),
                row.getString("currency"),
                row.getInt("payment_terms_days"),
                row.getString("msme"));
    }
}
