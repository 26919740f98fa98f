package dev.millrace.erp.core;

import dev.millrace.engine.Tx;
import java.util.Optional;

/** The table {@code tenant_keys}. */
final class TenantKeyRows {
    /**
     * A data key.
     *
     * @param wrapped encrypted, in base64
     * @param master the name of the master key that opens it
     */
    record Wrapped(int version, String wrapped, String master) {}

    // Index: tenant_keys_pkey, read backwards.
    private static final String NEWEST = """
            select version, wrapped, master from tenant_keys where tenant_id = :tenant order by version desc limit 1
            """;

    Optional<Wrapped> newest(Tx tx) {
        return tx.handle()
                .createQuery(NEWEST)
                .bind("tenant", tx.tenant())
                .map((row, context) ->
                        new Wrapped(row.getInt("version"), row.getString("wrapped"), row.getString("master")))
                .findOne();
    }

    // Index: tenant_keys_pkey.
    private static final String FIND = """
            select version, wrapped, master from tenant_keys where tenant_id = :tenant and version = :version
            """;

    Optional<Wrapped> find(Tx tx, int version) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .bind("version", version)
                .map((row, context) ->
                        new Wrapped(row.getInt("version"), row.getString("wrapped"), row.getString("master")))
                .findOne();
    }

    private static final String INSERT = """
            insert into tenant_keys (tenant_id, version, wrapped, master)
            values (:tenant, :version, :wrapped, :master)
                on conflict (tenant_id, version) do nothing
            """;

    /** Leaves a key of that version that somebody else wrote in the meantime. */
    void insert(Tx tx, Wrapped key) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("version", key.version())
                .bind("wrapped", key.wrapped())
                .bind("master", key.master())
                .execute();
    }

    // Index: tenant_keys_pkey.
    private static final String REWRAP = """
            update tenant_keys set wrapped = :wrapped, master = :master, updated_at = millrace_now()
             where tenant_id = :tenant and version = :version
            """;

    void rewrap(Tx tx, Wrapped key) {
        tx.handle()
                .createUpdate(REWRAP)
                .bind("tenant", tx.tenant())
                .bind("version", key.version())
                .bind("wrapped", key.wrapped())
                .bind("master", key.master())
                .execute();
    }
}
