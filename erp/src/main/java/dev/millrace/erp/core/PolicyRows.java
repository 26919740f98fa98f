package dev.millrace.erp.core;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Versioned;
import dev.millrace.language.Policies;

/** The table {@code company_policies}. */
public final class PolicyRows {
    // Index: company_policies_pkey.
    private static final String FIND = """
            select policies::text as policies, version from company_policies where tenant_id = :tenant
            """;

    /** The defaults, at version 0, where the company has set none. */
    public Versioned<Policies> get(Tx tx) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .map((row, context) -> new Versioned<>(read(row.getString("policies")), row.getInt("version")))
                .findOne()
                .orElse(new Versioned<>(Policies.DEFAULT, 0));
    }

    private static Policies read(String json) {
        return switch (Policies.of(Json.read(json))) {
            case Policies.Read.Good good -> good.policies();
            case Policies.Read.Bad bad ->
                throw new IllegalStateException("the policies of a company cannot be read: " + bad.misfits());
        };
    }

    // Index: company_policies_pkey.
    private static final String PUT = """
            insert into company_policies (tenant_id, policies, version, updated_by)
            values (:tenant, :policies::json, 1, :by)
                on conflict (tenant_id) do update
                   set policies = excluded.policies, version = company_policies.version + 1,
                       updated_by = excluded.updated_by, updated_at = millrace_now()
            """;

    public void put(Tx tx, Policies policies, String by) {
        tx.handle()
                .createUpdate(PUT)
                .bind("tenant", tx.tenant())
                .bind("policies", Json.write(policies.toJson()))
                .bind("by", by)
                .execute();
    }
}
