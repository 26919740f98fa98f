package dev.millrace.erp.core;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code decision_links}. */
public final class DecisionLinkRows {
    private static final String INSERT = """
            insert into decision_links (tenant_id, hash, request_id, member_id)
            values (:tenant, :hash, :request, :member)
            """;

    public void insert(Tx tx, byte[] hash, UUID request, UUID member) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("hash", hash)
                .bind("request", request)
                .bind("member", member)
                .execute();
    }

    // Index: decision_links_hash. Across tenants: gives an id only.
    private static final String TENANT = """
            select millrace_decision_link(:hash)
            """;

    public Optional<UUID> tenantOf(Tx tx, byte[] hash) {
        return tx.handle()
                .createQuery(TENANT)
                .bind("hash", hash)
                .mapTo(UUID.class)
                .findFirst();
    }

    // Index: decision_links_pkey.
    private static final String FIND = """
            select request_id, member_id, used_at from decision_links where tenant_id = :tenant and hash = :hash
            """;

    public Optional<Found> find(Tx tx, byte[] hash) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .bind("hash", hash)
                .map((row, context) -> new Found(
                        row.getObject("request_id", UUID.class),
                        row.getObject("member_id", UUID.class),
                        instant(row, "used_at")))
                .findOne();
    }

    /** What a link is for. */
    public record Found(UUID request, UUID member, Optional<Instant> usedAt) {}

    // Index: decision_links_pkey.
    private static final String USE = """
            update decision_links set used_at = coalesce(used_at, millrace_now())
             where tenant_id = :tenant and hash = :hash
            """;

    /** The first use counts. */
    public void use(Tx tx, byte[] hash) {
        tx.handle()
                .createUpdate(USE)
                .bind("tenant", tx.tenant())
                .bind("hash", hash)
                .execute();
    }
}
