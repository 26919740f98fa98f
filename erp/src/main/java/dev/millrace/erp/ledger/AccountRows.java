package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.erp.LedgerAccount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code accounts} and {@code account_roles}. */
public final class AccountRows {
    /**
     * An account.
     *
     * @param controlKind {@code party}, {@code stock} or {@code grni}: whose service alone posts to it
     * @param currency the only one that it is kept in
     */
    record Account(
            UUID id,
            String code,
            String name,
            String type,
            Optional<String> controlKind,
            Optional<String> currency,
            boolean active) {

        LedgerAccount seen() {
            return new LedgerAccount(id, code, name, type, controlKind, currency, active);
        }
    }

    /** The chart of a company, by what postings call its accounts. */
    record Chart(Map<UUID, Account> byId, Map<String, Account> byCode, Map<String, Account> byRole) {}

    // Index: accounts_pkey, account_roles_pkey. A chart has some dozens of accounts: all at once is one round trip.
    private static final String CHART = """
            select a.id, a.code, a.name, a.type, a.control_kind, a.currency, a.active, r.role
              from accounts a
              left join account_roles r on r.tenant_id = a.tenant_id and r.account_id = a.id
             where a.tenant_id = :tenant
             order by a.code
            """;

    Chart chart(Tx tx) {
        var chart = new Chart(new HashMap<>(), new HashMap<>(), new HashMap<>());
        tx.handle()
                .createQuery(CHART)
                .bind("tenant", tx.tenant())
                .map((row, context) -> {
                    Account account = account(row);
                    chart.byId().put(account.id(), account);
                    chart.byCode().put(account.code(), account);
                    Optional.ofNullable(row.getString("role"))
                            .ifPresent(role -> chart.byRole().put(role, account));
                    return account;
                })
                .list();
        return chart;
    }

    // Index: accounts_tenant_id_code_key.
    private static final String ALL = """
            select id, code, name, type, control_kind, currency, active
              from accounts
             where tenant_id = :tenant
             order by code
            """;

    /** The whole chart, by code. */
    public List<LedgerAccount> all(Tx tx) {
        return tx.handle()
                .createQuery(ALL)
                .bind("tenant", tx.tenant())
                .map((row, context) -> account(row).seen())
                .list();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                row.getString("type"),
                Optional.ofNullable(row.getString("control_kind")),
                Optional.ofNullable(row.getString("currency")),
                row.getBoolean("active"));
    }

    private static final String INSERT = """
            insert into accounts (tenant_id, id, code, name, type, control_kind)
            values (:tenant, :id, :code, :name, :type, :controlKind)
                on conflict (tenant_id, code) do nothing
            """;

    void insert(Tx tx, List<Account> accounts) {
        var batch = tx.handle().prepareBatch(INSERT);
        accounts.forEach(account -> batch.bind("tenant", tx.tenant())
                .bind("id", account.id())
                .bind("code", account.code())
                .bind("name", account.name())
                .bind("type", account.type())
                .bind("controlKind", account.controlKind())
                .add());
        batch.execute();
    }

    private static final String MAP_ROLE = """
            insert into account_roles (tenant_id, role, account_id)
            select a.tenant_id, :role, a.id from accounts a where a.tenant_id = :tenant and a.code = :code
                on conflict (tenant_id, role) do nothing
            """;

    /** Which code each role means, where the company has not said so yet. */
    void mapRoles(Tx tx, Map<String, String> codeByRole) {
        var batch = tx.handle().prepareBatch(MAP_ROLE);
        codeByRole.forEach((role, code) -> batch.bind("tenant", tx.tenant())
                .bind("role", role)
                .bind("code", code)
                .add());
        batch.execute();
    }
}
