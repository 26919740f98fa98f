package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Columns;
import dev.millrace.erp.payments.Payee;
import java.util.Optional;
import java.util.UUID;

/** The table {@code suppliers}: what is to be known before one of them is paid. */
final class SupplierPayeeRows {
    // Index: suppliers_pkey. A share lock: a change of bank data waits for who is paying, and who pays for the change.
    private static final String HOLD = """
            select name, email, status in ('blocked', 'rejected') as blocked, bank_verified, bank_changed_at,
                   msme in ('micro', 'small') as msme
              from suppliers
             where tenant_id = :tenant and id = :id
               for share
            """;

    Optional<Payee.Facts> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> new Payee.Facts(
                        row.getString("name"),
                        Optional.ofNullable(row.getString("email")),
                        row.getBoolean("blocked"),
                        row.getBoolean("bank_verified"),
                        Columns.instant(row, "bank_changed_at"),
                        row.getBoolean("msme")))
                .findOne();
    }
}
