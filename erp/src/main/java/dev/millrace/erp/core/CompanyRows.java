package dev.millrace.erp.core;

import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Company.Unrouted;
import dev.millrace.erp.NewCompany;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code companies}, {@code company_modules} and {@code roles}. */
public final class CompanyRows {
    // Index: companies_pkey.
    private static final String FIND = """
            select tenant_id, slug, name, legal_name, base_currency, country, time_zone, tax_regime, gstin, state_code,
                   fiscal_year_start_month, unrouted_orders
              from companies
             where tenant_id = :tenant
            """;

    /** The company of the transaction's tenant. */
    public Company get(Tx tx) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .map(CompanyRows::company)
                .findOne()
                .orElseThrow(() -> new IllegalStateException("there is no company for tenant " + tx.tenant()));
    }

    private static Company company(ResultSet row, StatementContext context) throws SQLException {
        return new Company(
                new TenantInfo(
                        row.getObject("tenant_id", UUID.class),
                        row.getString("slug"),
                        row.getString("name"),
                        row.getString("base_currency"),
                        row.getString("country"),
                        ZoneId.of(row.getString("time_zone")),
                        row.getString("tax_regime")),
                row.getString("legal_name"),
                Optional.ofNullable(row.getString("gstin")),
                Optional.ofNullable(row.getString("state_code")),
                row.getInt("fiscal_year_start_month"),
                Unrouted.valueOf(row.getString("unrouted_orders").toUpperCase(Locale.ROOT)));
    }

    // Index: companies_pkey. Weaker than an update's lock, so that rows that refer to the company may still be written.
    private static final String HOLD = """
            select tenant_id from companies where tenant_id = :tenant for no key update
            """;

    /** Its settings are changed by one transaction at a time. */
    public void hold(Tx tx) {
        tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .mapTo(UUID.class)
                .one();
    }

    // Index: companies_slug_key. Across tenants: gives the id only.
    private static final String BY_SLUG = """
            select millrace_tenant_by_slug(:slug)
            """;

    /** Whether the transaction's tenant is a company. */
    public boolean exists(Tx tx) {
        return tx.handle()
                .createQuery("select exists (select from companies where tenant_id = :tenant)")
                .bind("tenant", tx.tenant())
                .mapTo(Boolean.class)
                .one();
    }

    public Optional<UUID> bySlug(Tx tx, String slug) {
        return tx.handle()
                .createQuery(BY_SLUG)
                .bind("slug", slug)
                .map((row, context) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .one();
    }

    private static final String INSERT = """
            insert into companies
                   (tenant_id, slug, name, legal_name, base_currency, country, time_zone, tax_regime, gstin, state_code,
                    address_line1, city, pin, fiscal_year_start_month)
            values (:tenant, :slug, :name, :legalName, :baseCurrency, :country, :timeZone, :taxRegime, :gstin, :stateCode,
                    :addressLine1, :city, :pin, :fiscalYearStartMonth)
            """;

    public void insert(Tx tx, NewCompany company) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("slug", company.slug())
                .bind("name", company.name())
                .bind("legalName", company.legalName())
                .bind("baseCurrency", company.baseCurrency())
                .bind("country", company.country())
                .bind("timeZone", company.timeZone().getId())
                .bind("taxRegime", company.taxRegime())
                .bind("gstin", company.gstin())
                .bind("stateCode", company.stateCode())
                .bind("addressLine1", company.addressLine1())
                .bind("city", company.city())
                .bind("pin", company.pin())
                .bind("fiscalYearStartMonth", company.fiscalYearStartMonth())
                .execute();
    }

    // Index: companies_pkey.
    private static final String SET_UNROUTED = """
            update companies set unrouted_orders = :to, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and unrouted_orders <> :to
            """;

    /**
     * @return it was another one before
     */
    public boolean setUnrouted(Tx tx, Unrouted to) {
        return tx.handle()
                        .createUpdate(SET_UNROUTED)
                        .bind("tenant", tx.tenant())
                        .bind("to", to.name().toLowerCase(Locale.ROOT))
                        .execute()
                == 1;
    }

    // Index: companies_pkey.
    private static final String LOCK_DATE = """
            select lock_date from companies where tenant_id = :tenant
            """;

    /** The last day on which nothing is posted any more. */
    public Optional<LocalDate> lockDate(Tx tx) {
        return tx.handle()
                .createQuery(LOCK_DATE)
                .bind("tenant", tx.tenant())
                .map((row, context) -> Optional.ofNullable(row.getObject("lock_date", LocalDate.class)))
                .one();
    }

    // Index: companies_pkey.
    private static final String SET_LOCK_DATE = """
            update companies set lock_date = :to, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and lock_date is distinct from :to
            """;

    /**
     * @return it was another one before
     */
    public boolean setLockDate(Tx tx, Optional<LocalDate> to) {
        return tx.handle()
                        .createUpdate(SET_LOCK_DATE)
                        .bind("tenant", tx.tenant())
                        .bind("to", to)
                        .execute()
                == 1;
    }

    private static final String ADD_MODULE = """
            insert into company_modules (tenant_id, module) values (:tenant, :name)
                on conflict (tenant_id, module) do nothing
            """;

    public void addModules(Tx tx, Collection<String> modules) {
        addAll(tx, ADD_MODULE, modules);
    }

    // Index: company_modules_pkey.
    private static final String REMOVE_MODULE = """
            delete from company_modules where tenant_id = :tenant and module = :name
            """;

    public void removeModule(Tx tx, String module) {
        tx.handle()
                .createUpdate(REMOVE_MODULE)
                .bind("tenant", tx.tenant())
                .bind("name", module)
                .execute();
    }

    private static final String ADD_ROLE = """
            insert into roles (tenant_id, name) values (:tenant, :name) on conflict (tenant_id, name) do nothing
            """;

    public void addRoles(Tx tx, Collection<String> roles) {
        addAll(tx, ADD_ROLE, roles);
    }

    private static void addAll(Tx tx, String sql, Collection<String> names) {
        var batch = tx.handle().prepareBatch(sql);
        names.forEach(
                name -> batch.bind("tenant", tx.tenant()).bind("name", name).add());
        batch.execute();
    }

    // Index: company_modules_pkey.
    private static final String MODULES = """
            select module from company_modules where tenant_id = :tenant
            """;

    public Set<String> modules(Tx tx) {
        return tx.handle()
                .createQuery(MODULES)
                .bind("tenant", tx.tenant())
                .mapTo(String.class)
                .set();
    }
}
