package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Supplier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code suppliers}. */
public final class SupplierRows {
    private static final String SELECT = """
            select id, code, name, gstin, state_code, country, city, pin, email, phone, currency, payment_terms_days, msme,
                   status
              from suppliers
             where tenant_id = :tenant
            """;

    // Index: suppliers_pkey.
    private static final String BY_ID = SELECT + " and id = :id";

    public Optional<Supplier> byId(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
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

    // Index: suppliers_tenant_id_code_key.
    private static final String PAGE = SELECT + " and code > :after order by code limit :limit";

    /**
     * @param after the last code seen; empty for the first page
     */
    public List<Supplier> page(Tx tx, String after, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bind("limit", limit)
                .map(SupplierRows::supplier)
                .list();
    }

    private static Supplier supplier(ResultSet row, StatementContext context) throws SQLException {
        return new Supplier(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                Optional.ofNullable(row.getString("gstin")),
                Optional.ofNullable(row.getString("state_code")),
                row.getString("country"),
                Optional.ofNullable(row.getString("city")),
                Optional.ofNullable(row.getString("pin")),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("phone")),
                row.getString("currency"),
                row.getInt("payment_terms_days"),
                row.getString("msme"),
                Supplier.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)));
    }

    private static final String INSERT = """
            insert into suppliers
                   (tenant_id, id, code, name, gstin, state_code, country, city, pin, email, phone, currency,
                    payment_terms_days, msme, status)
            values (:tenant, :id, :code, :name, :gstin, :stateCode, :country, :city, :pin, :email, :phone, :currency,
                    :paymentTermsDays, :msme, :status)
            """;

    public void insert(Tx tx, List<Supplier> suppliers) {
        var batch = tx.handle().prepareBatch(INSERT);
        suppliers.forEach(supplier -> batch.bind("tenant", tx.tenant())
                .bind("id", supplier.id())
                .bind("code", supplier.code())
                .bind("name", supplier.name())
                .bind("gstin", supplier.gstin())
                .bind("stateCode", supplier.stateCode())
                .bind("country", supplier.country())
                .bind("city", supplier.city())
                .bind("pin", supplier.pin())
                .bind("email", supplier.email())
                .bind("phone", supplier.phone())
                .bind("currency", supplier.currency())
                .bind("paymentTermsDays", supplier.paymentTermsDays())
                .bind("msme", supplier.msme())
                .bind("status", supplier.status().name().toLowerCase(Locale.ROOT))
                .add());
        batch.execute();
    }

    // Index: suppliers_pkey.
    private static final String BLOCK = """
            update suppliers set status = 'blocked', version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('active')
            returning status
            """;

    /**
     * @return false: it is not there or not active
     */
    public boolean block(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BLOCK)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }
}
