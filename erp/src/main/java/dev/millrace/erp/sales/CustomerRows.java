package dev.millrace.erp.sales;

import static dev.millrace.erp.core.Columns.decimal;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import dev.millrace.erp.Customer.Treatment;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code customers}. */
public final class CustomerRows {
    static final String SELECT = """
            select id, code, name, gstin, gst_treatment, state_code, country, address_line1, city, pin, email, phone,
                   is_key_account, credit_limit, credit_days, credit_hold, exposure
              from customers
             where tenant_id = :tenant
            """;

    // Index: customers_pkey.
    private static final String BY_ID = SELECT + " and id = :id";

    public Optional<Customer> byId(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(CustomerRows::customer)
                .findOne();
    }

    // Index: customers_pkey. Weaker than a delete's lock, so that documents that refer to the customer may still be
    // written.
    private static final String HOLD = BY_ID + " for no key update";

    /** The customer stays as he is until the transaction ends. */
    public Optional<Customer> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(CustomerRows::customer)
                .findOne();
    }

    // Index: customers_pkey.
    private static final String VERSION = "select version from customers where tenant_id = :tenant and id = :id";

    /** How often a customer was changed, from 1. */
    public int version(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(VERSION)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
    }

    // Index: customers_gstin.
    private static final String BY_GSTIN = SELECT + " and gstin = :gstin";

    Optional<Customer> byGstin(Tx tx, String gstin) {
        return tx.handle()
                .createQuery(BY_GSTIN)
                .bind("tenant", tx.tenant())
                .bind("gstin", gstin)
                .map(CustomerRows::customer)
                .findOne();
    }

    // Index: customers_tenant_id_code_key.
    private static final String BY_CODE = SELECT + " and code = :code";

    public Optional<Customer> byCode(Tx tx, String code) {
        return tx.handle()
                .createQuery(BY_CODE)
                .bind("tenant", tx.tenant())
                .bind("code", code)
                .map(CustomerRows::customer)
                .findOne();
    }

    // Index: customers_tenant_id_code_key.
    private static final String PAGE = SELECT + " and code > :after order by code limit :limit";

    /**
     * @param after the last code seen; empty for the first page
     */
    public List<Customer> page(Tx tx, String after, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bind("limit", limit)
                .map(CustomerRows::customer)
                .list();
    }

    static Customer customer(ResultSet row, StatementContext context) throws SQLException {
        return new Customer(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                Optional.ofNullable(row.getString("gstin")),
                Treatment.valueOf(row.getString("gst_treatment").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("state_code")),
                row.getString("country"),
                Optional.ofNullable(row.getString("address_line1")),
                Optional.ofNullable(row.getString("city")),
                Optional.ofNullable(row.getString("pin")),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("phone")),
                row.getBoolean("is_key_account"),
                decimal(row, "credit_limit", 2),
                row.getInt("credit_days"),
                row.getBoolean("credit_hold"),
                decimal(row, "exposure", 2));
    }

    private static final String INSERT = """
            insert into customers
                   (tenant_id, id, code, name, gstin, gst_treatment, state_code, country, address_line1, city, pin, email,
                    phone, is_key_account, credit_limit, credit_days)
            values (:tenant, :id, :code, :name, :gstin, :treatment, :stateCode, :country, :addressLine1, :city, :pin,
                    :email, :phone, :isKeyAccount, :creditLimit, :creditDays)
            """;

    /** Without a hold and without exposure, whatever they say of it. */
    public void insert(Tx tx, List<Customer> customers) {
        var batch = tx.handle().prepareBatch(INSERT);
        customers.forEach(customer -> batch.bind("tenant", tx.tenant())
                .bind("id", customer.id())
                .bind("code", customer.code())
                .bind("name", customer.name())
                .bind("gstin", customer.gstin())
                .bind("treatment", customer.treatment().name().toLowerCase(Locale.ROOT))
                .bind("stateCode", customer.stateCode())
                .bind("country", customer.country())
                .bind("addressLine1", customer.addressLine1())
                .bind("city", customer.city())
                .bind("pin", customer.pin())
                .bind("email", customer.email())
                .bind("phone", customer.phone())
                .bind("isKeyAccount", customer.isKeyAccount())
                .bind("creditLimit", customer.creditLimit())
                .bind("creditDays", customer.creditDays())
                .add());
        batch.execute();
    }

    // Index: customers_pkey.
    private static final String UPDATE = """
            update customers
               set code = :code, name = :name, gstin = :gstin, gst_treatment = :treatment, state_code = :stateCode,
                   country = :country, address_line1 = :addressLine1, city = :city, pin = :pin, email = :email,
                   phone = :phone, is_key_account = :isKeyAccount, credit_limit = :creditLimit, credit_days = :creditDays,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    /** All of it but the hold and the exposure, whatever it says of them. */
    void update(Tx tx, Customer customer) {
        tx.handle()
                .createUpdate(UPDATE)
                .bind("tenant", tx.tenant())
                .bind("id", customer.id())
                .bind("code", customer.code())
                .bind("name", customer.name())
                .bind("gstin", customer.gstin())
                .bind("treatment", customer.treatment().name().toLowerCase(Locale.ROOT))
                .bind("stateCode", customer.stateCode())
                .bind("country", customer.country())
                .bind("addressLine1", customer.addressLine1())
                .bind("city", customer.city())
                .bind("pin", customer.pin())
                .bind("email", customer.email())
                .bind("phone", customer.phone())
                .bind("isKeyAccount", customer.isKeyAccount())
                .bind("creditLimit", customer.creditLimit())
                .bind("creditDays", customer.creditDays())
                .execute();
    }

    // Index: customers_pkey.
    private static final String SET_HOLD = """
            update customers
               set credit_hold = :hold, hold_reason = case when :hold then :reason end, version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and credit_hold <> :hold
            """;

    /** @return false: it was so before, or there is no such customer */
    boolean setHold(Tx tx, UUID id, boolean hold, Optional<String> reason) {
        return tx.handle()
                        .createUpdate(SET_HOLD)
                        .bind("tenant", tx.tenant())
                        .bind("id", id)
                        .bind("hold", hold)
                        .bind("reason", reason)
                        .execute()
                == 1;
    }

    // Index: customers_pkey. Locks the row, so that two documents of one customer are counted one after the other.
    private static final String EXPOSE = """
            update customers set exposure = exposure + :more, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            returning exposure
            """;

    /**
     * Counts a document in, or out again.
     *
     * @param more negative: it is less
     * @return what it is now
     */
    BigDecimal expose(Tx tx, UUID id, BigDecimal more) {
        return tx.handle()
                .createQuery(EXPOSE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("more", more)
                .map((row, context) -> decimal(row, "exposure", 2))
                .one();
    }
}
