package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.Supplier.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** Writes of the table {@code suppliers}. */
public final class SupplierWriteRows {
    private static final String INSERT = """
            insert into suppliers
                   (tenant_id, id, code, name, gstin, pan, state_code, country, address_line1, city, pin, email, phone,
                    currency, payment_terms_days, msme, udyam_no, category, expected_annual_spend, status, bank_verified,
                    requested_by)
            values (:tenant, :id, :code, :name, :gstin, :pan, :stateCode, :country, :addressLine1, :city, :pin, :email,
                    :phone, :currency, :paymentTermsDays, :msme, :udyamNo, :category, :expectedAnnualSpend, :status,
                    :bankVerified, :requestedBy)
            """;

    public void insert(Tx tx, List<Supplier> suppliers) {
        var batch = tx.handle().prepareBatch(INSERT);
        suppliers.forEach(supplier -> fields(batch, tx, supplier)
                .bind("code", supplier.code())
                .bind("status", SupplierRows.text(supplier.status()))
                .bind("bankVerified", supplier.bank().verified())
                .bind("requestedBy", supplier.requestedBy())
                .add());
        batch.execute();
    }

    // Index: suppliers_pkey.
    private static final String UPDATE = """
            update suppliers
               set name = :name, gstin = :gstin, pan = :pan, state_code = :stateCode, country = :country,
                   address_line1 = :addressLine1, city = :city, pin = :pin, email = :email, phone = :phone,
                   currency = :currency, payment_terms_days = :paymentTermsDays, msme = :msme, udyam_no = :udyamNo,
                   category = :category, expected_annual_spend = :expectedAnnualSpend, version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    /** Everything but its code, its state and its bank. */
    void update(Tx tx, Supplier supplier) {
        must(fields(tx.handle().createUpdate(UPDATE), tx, supplier), supplier.id());
    }

    private static <S extends SqlStatement<S>> S fields(S statement, Tx tx, Supplier supplier) {
        return statement
                .bind("tenant", tx.tenant())
                .bind("id", supplier.id())
                .bind("name", supplier.name())
                .bind("gstin", supplier.gstin())
                .bind("pan", supplier.pan())
                .bind("stateCode", supplier.stateCode())
                .bind("country", supplier.country())
                .bind("addressLine1", supplier.addressLine1())
                .bind("city", supplier.city())
                .bind("pin", supplier.pin())
                .bind("email", supplier.email())
                .bind("phone", supplier.phone())
                .bind("currency", supplier.currency())
                .bind("paymentTermsDays", supplier.paymentTermsDays())
                .bind("msme", supplier.msme())
                .bind("udyamNo", supplier.udyamNo())
                .bind("category", supplier.category())
                .bind("expectedAnnualSpend", supplier.expectedAnnualSpend());
    }

    // Index: suppliers_pkey.
    private static final String SET_STATUS = """
            update suppliers
               set status = :to, status_reason = :reason, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
               and (:to = 'active' and status in ('new', 'blocked')
                    or :to = 'blocked' and status in ('active')
                    or :to = 'rejected' and status in ('new'))
            returning id
            """;

    /**
     * @return false: it does not go there from where it is
     */
    boolean setStatus(Tx tx, UUID id, Status to, Optional<String> reason) {
        return tx.handle()
                .createQuery(SET_STATUS)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("to", SupplierRows.text(to))
                .bind("reason", reason)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    // Index: suppliers_pkey.
    private static final String SET_BANK = """
            update suppliers
               set bank = :bank, bank_last4 = :last4, bank_verified = false, bank_changed_at = millrace_now(),
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    void setBank(Tx tx, UUID id, byte[] sealed, String last4) {
        must(
                tx.handle()
                        .createUpdate(SET_BANK)
                        .bind("tenant", tx.tenant())
                        .bind("id", id)
                        .bind("bank", sealed)
                        .bind("last4", last4),
                id);
    }

    // Index: suppliers_pkey.
    private static final String VERIFY_BANK = """
            update suppliers
               set bank_verified = true, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and not bank_verified
            """;

    void verifyBank(Tx tx, UUID id) {
        must(tx.handle().createUpdate(VERIFY_BANK).bind("tenant", tx.tenant()).bind("id", id), id);
    }

    private static void must(Update update, UUID id) {
        if (update.execute() != 1) {
            throw new IllegalStateException("supplier " + id + " changed while its row was locked");
        }
    }
}
