package dev.millrace.erp.webhook;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.WebhookSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code webhook_secrets}. */
public final class WebhookSecretRows {
    private static final String INSERT = """
            insert into webhook_secrets (tenant_id, name, id, secret, updated_by)
            values (:tenant, :name, :id, :secret, :by)
                on conflict (tenant_id, name) do nothing
            """;

    /**
     * @return false: there is one of that name
     */
    public boolean insert(Tx tx, UUID id, String name, byte[] sealed, String by) {
        return tx.handle()
                        .createUpdate(INSERT)
                        .bind("tenant", tx.tenant())
                        .bind("name", name)
                        .bind("id", id)
                        .bind("secret", sealed)
                        .bind("by", by)
                        .execute()
                == 1;
    }

    // Index: webhook_secrets_pkey.
    private static final String REPLACE = """
            update webhook_secrets
               set previous = secret, previous_until = :until, secret = :secret, version = version + 1,
                   updated_by = :by, updated_at = millrace_now()
             where tenant_id = :tenant and name = :name
            """;

    /** The one before goes on signing until {@code until}. */
    public void replace(Tx tx, String name, byte[] sealed, Instant until, String by) {
        tx.handle()
                .createUpdate(REPLACE)
                .bind("tenant", tx.tenant())
                .bind("name", name)
                .bind("secret", sealed)
                .bind("until", until)
                .bind("by", by)
                .execute();
    }

    // Index: webhook_secrets_pkey.
    private static final String DELETE = """
            delete from webhook_secrets where tenant_id = :tenant and name = :name
            """;

    public void delete(Tx tx, String name) {
        tx.handle()
                .createUpdate(DELETE)
                .bind("tenant", tx.tenant())
                .bind("name", name)
                .execute();
    }

    private static final String SELECT = """
            select id, name, previous_until, version, updated_by, created_at, updated_at
              from webhook_secrets
             where tenant_id = :tenant
            """;

    // Index: webhook_secrets_pkey.
    private static final String LIST = SELECT + " order by name";

    public List<WebhookSecret> list(Tx tx) {
        return tx.handle()
                .createQuery(LIST)
                .bind("tenant", tx.tenant())
                .map(WebhookSecretRows::secret)
                .list();
    }

    // Index: webhook_secrets_pkey.
    private static final String HOLD = SELECT + " and name = :name for update";

    /** Nobody else changes it until the transaction ends. */
    public Optional<WebhookSecret> hold(Tx tx, String name) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("name", name)
                .map(WebhookSecretRows::secret)
                .findOne();
    }

    private static WebhookSecret secret(ResultSet row, StatementContext context) throws SQLException {
        return new WebhookSecret(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("version"),
                instant(row, "previous_until"),
                row.getString("updated_by"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "updated_at").orElseThrow());
    }

    // Index: webhook_secrets_pkey.
    private static final String SEALED = """
            select secret, case when previous_until > millrace_now() then previous end as previous
              from webhook_secrets
             where tenant_id = :tenant and name = :name
            """;

    /** What signs now, encrypted: the newest first. Empty: there is none of that name. */
    public List<byte[]> sealed(Tx tx, String name) {
        return tx.handle()
                .createQuery(SEALED)
                .bind("tenant", tx.tenant())
                .bind("name", name)
                .map((row, context) -> {
                    byte[] previous = row.getBytes("previous");
                    return previous == null
                            ? List.of(row.getBytes("secret"))
                            : List.of(row.getBytes("secret"), previous);
                })
                .findOne()
                .orElse(List.of());
    }
}
