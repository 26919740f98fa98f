package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PostedJournal;
import dev.millrace.erp.PostedJournal.Header;
import dev.millrace.erp.PostedJournal.Status;
import dev.millrace.erp.TrialBalance;
import dev.millrace.erp.core.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables of the ledger, as people read them. */
public final class LedgerRows {
    private static final int DECIMALS = 2;

    private static final String HEADER = """
            select j.id, j.number, j.date, j.period, j.narration, j.currency, j.rate, j.total, j.base_total, j.source_type,
                   j.source_id, j.reference, j.by_sub_ledger, j.status, j.reversal_of, j.posted_by, j.created_at,
                   (select array_agg(f.code order by f.line_no)
                      from (select a.code, min(l.line_no) as line_no
                              from journal_lines l
                              join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
                             where l.tenant_id = j.tenant_id and l.journal_id = j.id
                             group by a.code) as f) as accounts
              from journals j
             where j.tenant_id = :tenant
            """;

    // Index: journals_pkey.
    private static final String BY_ID = HEADER + " and j.id = :id";

    public Optional<PostedJournal> find(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(LedgerRows::header)
                .findOne()
                .map(header -> new PostedJournal(header, lines(tx, id)));
    }

    // Index: journals_pkey, backwards, or journals_period.
    private static final String PAGE = HEADER + """
               and (:period::text is null or j.period = :period)
               and (:before::uuid is null or j.id < :before)
             order by j.id desc
             limit :limit
            """;

    /** Newest first. */
    public List<Header> page(Tx tx, Optional<String> period, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("period", period)
                .bind("before", before)
                .bind("limit", limit)
                .map(LedgerRows::header)
                .list();
    }

    private static Header header(ResultSet row, StatementContext context) throws SQLException {
        return new Header(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("date", LocalDate.class),
                row.getString("period"),
                row.getString("narration"),
                row.getString("currency"),
                Columns.decimal(row, "rate", 0),
                Columns.decimal(row, "total", DECIMALS),
                Columns.decimal(row, "base_total", DECIMALS),
                row.getString("source_type"),
                Optional.ofNullable(row.getObject("source_id", UUID.class)),
                Optional.ofNullable(row.getString("reference")),
                !row.getBoolean("by_sub_ledger"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getObject("reversal_of", UUID.class)),
                row.getString("posted_by"),
                Columns.instant(row, "created_at").orElseThrow(),
                List.of((String[]) row.getArray("accounts").getArray()));
    }

    // Index: journal_lines_pkey.
    private static final String LINES = """
            select l.line_no, a.code, a.name, l.debit, l.credit, l.base_debit, l.base_credit, l.party_type, l.party_id,
                   l.cost_center, l.memo
              from journal_lines l
              join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
             where l.tenant_id = :tenant and l.journal_id = :journal
             order by l.line_no
            """;

    private static List<PostedJournal.Line> lines(Tx tx, UUID journal) {
        return tx.handle()
                .createQuery(LINES)
                .bind("tenant", tx.tenant())
                .bind("journal", journal)
                .map((row, context) -> new PostedJournal.Line(
                        row.getInt("line_no"),
                        row.getString("code"),
                        row.getString("name"),
                        Columns.decimal(row, "debit", DECIMALS),
                        Columns.decimal(row, "credit", DECIMALS),
                        Columns.decimal(row, "base_debit", DECIMALS),
                        Columns.decimal(row, "base_credit", DECIMALS),
                        Optional.ofNullable(row.getString("party_type")),
                        Optional.ofNullable(row.getObject("party_id", UUID.class)),
                        Optional.ofNullable(row.getString("cost_center")),
                        Optional.ofNullable(row.getString("memo"))))
                .list();
    }

    // Index: journals_period, journal_lines_pkey.
    private static final String TRIAL_BALANCE = """
            select a.code, a.name, a.type, sum(l.base_debit) as debit, sum(l.base_credit) as credit
              from journals j
              join journal_lines l on l.tenant_id = j.tenant_id and l.journal_id = j.id
              join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
             where j.tenant_id = :tenant and j.date <= :until
             group by a.code, a.name, a.type
             order by a.code
            """;

    /** Every account that was ever posted to, with all that was posted until the end of the day. */
    public List<TrialBalance.Line> trialBalance(Tx tx, LocalDate until) {
        return tx.handle()
                .createQuery(TRIAL_BALANCE)
                .bind("tenant", tx.tenant())
                .bind("until", until)
                .map((row, context) -> {
                    var debit = Columns.decimal(row, "debit", DECIMALS);
                    var credit = Columns.decimal(row, "credit", DECIMALS);
                    return new TrialBalance.Line(
                            row.getString("code"),
                            row.getString("name"),
                            row.getString("type"),
                            debit,
                            credit,
                            debit.subtract(credit));
                })
                .list();
    }
}
