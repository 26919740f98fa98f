package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The table {@code customers}, many rows at a time. */
public final class CustomerImportRows {
    // Index: customers_pkey. All of the company's are held against two hashed lists: that takes the same time also in a
    // transaction that has just added thousands of them, of which the planner knows nothing.
    private static final String FIND =
            CustomerRows.SELECT + " and (code in (select unnest(:codes)) or gstin in (select unnest(:gstins)))";

    /** Those with one of the codes or one of the tax numbers. */
    public List<Customer> find(Tx tx, Collection<String> codes, Collection<String> gstins) {
        return tx.handle()
                .createQuery(FIND)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bindArray("codes", String.class, List.copyOf(codes))
                .bindArray("gstins", String.class, List.copyOf(gstins))
                .map(CustomerRows::customer)
                .list();
    }

    // Index: customers_pkey.
    private static final String UPDATE = """
            update customers
               set name = :name, gstin = :gstin, gst_treatment = :treatment, state_code = :stateCode, country = :country,
                   address_line1 = :addressLine1, city = :city, pin = :pin, email = :email, phone = :phone,
                   is_key_account = :isKeyAccount, credit_limit = :creditLimit, credit_days = :creditDays,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    /** All but code, hold and exposure. */
    public void update(Tx tx, List<Customer> customers) {
        var batch = tx.handle().prepareBatch(UPDATE);
        customers.forEach(customer -> batch.bind("tenant", tx.tenant())
                .bind("id", customer.id())
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
        if (!customers.isEmpty()) {
            batch.execute();
        }
    }
}
