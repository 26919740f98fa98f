package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.ExpenseClaim.NewLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The tables {@code expense_claims} and {@code expense_claim_lines}, as they are written. */
final class ClaimWriteRows {
    private static final String INSERT = """
            insert into expense_claims
                   (tenant_id, id, number, employee_id, manager_id, submitted_by, category, currency, rate, amount,
                    has_all_receipts, submitted_on, status)
            values (:tenant, :id, :number, :employee, :manager, :submittedBy, :category, :currency, :rate, :amount,
                    :hasAllReceipts, :submittedOn, 'submitted')
            """;

    void insert(Tx tx, ExpenseClaim claim, LocalDate submittedOn) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", claim.id())
                .bind("number", claim.number())
                .bind("employee", claim.employee().id())
                .bind("manager", claim.manager().map(ExpenseClaim.Person::id))
                .bind("submittedBy", claim.submittedBy())
                .bind("category", claim.category())
                .bind("currency", claim.currency())
                .bind("rate", claim.rate())
                .bind("amount", claim.amount())
                .bind("hasAllReceipts", claim.hasAllReceipts())
                .bind("submittedOn", submittedOn)
                .execute();
    }

    private static final String INSERT_LINE = """
            insert into expense_claim_lines (tenant_id, claim_id, line_no, date, description, amount, has_receipt)
            values (:tenant, :claim, :lineNo, :date, :description, :amount, :hasReceipt)
            """;

    void insertLines(Tx tx, UUID claim, List<NewLine> lines) {
        var batch = tx.handle().prepareBatch(INSERT_LINE);
        for (int i = 0; i < lines.size(); i++) {
            NewLine line = lines.get(i);
            batch.bind("tenant", tx.tenant())
                    .bind("claim", claim)
                    .bind("lineNo", i + 1)
                    .bind("date", line.date())
                    .bind("description", line.description())
                    .bind("amount", line.amount())
                    .bind("hasReceipt", line.hasReceipt())
                    .add();
        }
        batch.execute();
    }

    // Index: expense_claims_pkey.
    private static final String APPROVE = """
            update expense_claims
               set status = 'approved', approved_amount = :amount, open_amount = :amount, journal_id = :journal,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('submitted')
            returning id
            """;

    void approve(Tx tx, UUID id, BigDecimal amount, UUID journal) {
        tx.handle()
                .createQuery(APPROVE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("amount", amount)
                .bind("journal", journal)
                .mapTo(UUID.class)
                .one();
    }

    // Index: expense_claims_pkey.
    private static final String REJECT = """
            update expense_claims
               set status = 'rejected', reject_reason = :reason, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('submitted')
            returning id
            """;

    void reject(Tx tx, UUID id, String reason) {
        tx.handle()
                .createQuery(REJECT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("reason", reason)
                .mapTo(UUID.class)
                .one();
    }

    // Index: expense_claims_pkey.
    private static final String TAKE = """
            update expense_claims
               set open_amount = open_amount - :amount, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and open_amount >= :amount
            returning id
            """;

    boolean take(Tx tx, UUID id, BigDecimal amount) {
        return tx.handle()
                .createQuery(TAKE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("amount", amount)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    // Index: expense_claims_pkey.
    private static final String GIVE_BACK = """
            update expense_claims
               set open_amount = open_amount + :amount, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            returning id
            """;

    void giveBack(Tx tx, UUID id, BigDecimal amount) {
        tx.handle()
                .createQuery(GIVE_BACK)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("amount", amount)
                .mapTo(UUID.class)
                .one();
    }

    // Index: expense_claims_pkey.
    private static final String SETTLE = """
            update expense_claims
               set status = case when :paid >= approved_amount then 'paid' else 'approved' end,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('approved', 'paid')
            """;

    void settle(Tx tx, UUID id, BigDecimal paid) {
        tx.handle()
                .createUpdate(SETTLE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("paid", paid)
                .execute();
    }
}
