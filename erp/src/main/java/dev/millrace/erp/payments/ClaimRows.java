package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.ExpenseClaim.Person;
import dev.millrace.erp.ExpenseClaim.Status;
import dev.millrace.erp.core.Columns;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code expense_claims} and {@code expense_claim_lines}. */
public final class ClaimRows {
    private static final int DECIMALS = 2;

    private static final String SELECT = """
            select c.id, c.number, c.employee_id, e.name as employee_name, e.email as employee_email, c.manager_id,
                   m.name as manager_name, m.email as manager_email, c.submitted_by, c.category, c.currency, c.rate,
                   c.amount, c.approved_amount, c.open_amount, c.has_all_receipts, c.status, c.journal_id,
                   c.reject_reason, c.created_at,
                   (select min(l.date) from expense_claim_lines l
                     where l.tenant_id = c.tenant_id and l.claim_id = c.id) as oldest
              from expense_claims c
              join members e on e.tenant_id = c.tenant_id and e.id = c.employee_id
              left join members m on m.tenant_id = c.tenant_id and m.id = c.manager_id
             where c.tenant_id = :tenant
            """;

    // Index: expense_claims_pkey.
    private static final String BY_ID = SELECT + " and c.id = :id";

    public Optional<ExpenseClaim> find(Tx tx, UUID id) {
        return find(tx, BY_ID, id);
    }

    // Index: expense_claims_pkey.
    private static final String HOLD = BY_ID + " for update of c";

    public Optional<ExpenseClaim> hold(Tx tx, UUID id) {
        return find(tx, HOLD, id);
    }

    private static Optional<ExpenseClaim> find(Tx tx, String sql, UUID id) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> claim(row, lines(tx, id)))
                .findOne();
    }

    // Index: expense_claims_pkey, backwards, or expense_claims_employee.
    private static final String PAGE = SELECT + """
               and (:status::text is null or c.status = :status)
               and (:employee::uuid is null or c.employee_id = :employee)
               and (:before::uuid is null or c.id < :before)
             order by c.id desc
             limit :limit
            """;

    /** Newest first, without their lines. */
    public List<ExpenseClaim> page(
            Tx tx, Optional<Status> status, Optional<UUID> employee, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("status", status.map(PaymentRows::text))
                .bind("employee", employee)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> claim(row, List.of()))
                .list();
    }

    // Index: expense_claim_lines_pkey.
    private static final String LINES = """
            select line_no, date, description, amount, has_receipt
              from expense_claim_lines
             where tenant_id = :tenant and claim_id = :id
             order by line_no
            """;

    private static List<ExpenseClaim.Line> lines(Tx tx, UUID claim) {
        return tx.handle()
                .createQuery(LINES)
                .bind("tenant", tx.tenant())
                .bind("id", claim)
                .map(ClaimRows::line)
                .list();
    }

    private static ExpenseClaim.Line line(ResultSet row, StatementContext context) throws SQLException {
        return new ExpenseClaim.Line(
                row.getInt("line_no"),
                row.getObject("date", LocalDate.class),
                row.getString("description"),
                Columns.decimal(row, "amount", DECIMALS),
                row.getBoolean("has_receipt"));
    }

    private static ExpenseClaim claim(ResultSet row, List<ExpenseClaim.Line> lines) throws SQLException {
        Optional<BigDecimal> approved = row.getBigDecimal("approved_amount") == null
                ? Optional.empty()
                : Optional.of(Columns.decimal(row, "approved_amount", DECIMALS));
        UUID manager = row.getObject("manager_id", UUID.class);
        return new ExpenseClaim(
                row.getObject("id", UUID.class),
                row.getString("number"),
                new Person(
                        row.getObject("employee_id", UUID.class),
                        row.getString("employee_name"),
                        row.getString("employee_email")),
                manager == null
                        ? Optional.empty()
                        : Optional.of(
                                new Person(manager, row.getString("manager_name"), row.getString("manager_email"))),
                row.getObject("submitted_by", UUID.class),
                row.getString("category"),
                row.getString("currency"),
                Columns.decimal(row, "rate", 0),
                Columns.decimal(row, "amount", DECIMALS),
                approved,
                Columns.decimal(row, "open_amount", DECIMALS),
                row.getBoolean("has_all_receipts"),
                row.getObject("oldest", LocalDate.class),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getObject("journal_id", UUID.class)),
                Optional.ofNullable(row.getString("reject_reason")),
                Columns.instant(row, "created_at").orElseThrow(),
                lines);
    }

    // Index: expense_claims_submitted.
    private static final String SUBMITTED = """
            select count(*) from expense_claims
             where tenant_id = :tenant and status = 'submitted' and submitted_on between :from and :to
            """;

    int submitted(Tx tx, LocalDate from, LocalDate to) {
        return tx.handle()
                .createQuery(SUBMITTED)
                .bind("tenant", tx.tenant())
                .bind("from", from)
                .bind("to", to)
                .mapTo(Integer.class)
                .one();
    }

    // Index: expense_claims_pkey.
    private static final String DUE = """
            select id from expense_claims
             where tenant_id = :tenant and status = 'approved' and open_amount > 0 and currency = :currency
             order by id
             limit 1000
            """;

    List<UUID> due(Tx tx, String currency) {
        return tx.handle()
                .createQuery(DUE)
                .bind("tenant", tx.tenant())
                .bind("currency", currency)
                .mapTo(UUID.class)
                .list();
    }
}
