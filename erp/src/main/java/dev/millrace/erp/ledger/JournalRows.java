package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PostedJournal.Status;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code journals} and {@code journal_lines}, as they are written. */
public final class JournalRows {
    /**
     * What stands above the lines.
     *
     * @param total of the debit side
     * @param baseTotal the same in the company's currency
     */
    record Head(
            UUID id,
            String number,
            LocalDate date,
            String period,
            String narration,
            String currency,
            BigDecimal rate,
            BigDecimal total,
            BigDecimal baseTotal,
            int lineCount,
            Posting.Source source,
            boolean bySubLedger,
            Optional<UUID> reversalOf,
            String postedBy) {}

    // Index: journals_source.
    private static final String SOURCE_TAKEN = """
            select number
              from journals
             where tenant_id = :tenant and source_type = :type and source_id is not distinct from :id
               and reference = :reference
            """;

    /** The number of the journal that was posted for this already. */
    Optional<String> posted(Tx tx, Posting.Source source) {
        return source.reference()
                .flatMap(reference -> tx.handle()
                        .createQuery(SOURCE_TAKEN)
                        .bind("tenant", tx.tenant())
                        .bind("type", source.type())
                        .bind("id", source.id())
                        .bind("reference", reference)
                        .mapTo(String.class)
                        .findOne());
    }

    private static final String INSERT = """
            insert into journals
                   (tenant_id, id, number, date, period, narration, currency, rate, total, base_total, line_count,
                    source_type, source_id, reference, by_sub_ledger, status, reversal_of, posted_by)
            values (:tenant, :id, :number, :date, :period, :narration, :currency, :rate, :total, :baseTotal, :lineCount,
                    :sourceType, :sourceId, :reference, :bySubLedger, 'posted', :reversalOf, :postedBy)
                on conflict (tenant_id, source_type, source_id, reference) where reference is not null do nothing
            """;

    /**
     * @return false: somebody else posted for the same source meanwhile
     */
    boolean insert(Tx tx, Head head) {
        return tx.handle()
                        .createUpdate(INSERT)
                        .bind("tenant", tx.tenant())
                        .bind("id", head.id())
                        .bind("number", head.number())
                        .bind("date", head.date())
                        .bind("period", head.period())
                        .bind("narration", head.narration())
                        .bind("currency", head.currency())
                        .bind("rate", head.rate())
                        .bind("total", head.total())
                        .bind("baseTotal", head.baseTotal())
                        .bind("lineCount", head.lineCount())
                        .bind("sourceType", head.source().type())
                        .bind("sourceId", head.source().id())
                        .bind("reference", head.source().reference())
                        .bind("bySubLedger", head.bySubLedger())
                        .bind("reversalOf", head.reversalOf())
                        .bind("postedBy", head.postedBy())
                        .execute()
                == 1;
    }

    private static final String INSERT_LINE = """
            insert into journal_lines
                   (tenant_id, journal_id, line_no, account_id, debit, credit, base_debit, base_credit, party_type,
                    party_id, cost_center, memo)
            values (:tenant, :journal, :lineNo, :account, :debit, :credit, :baseDebit, :baseCredit, :partyType,
                    :partyId, :costCenter, :memo)
            """;

    void insertLines(Tx tx, UUID journal, List<Booked> lines) {
        var batch = tx.handle().prepareBatch(INSERT_LINE);
        for (int i = 0; i < lines.size(); i++) {
            Booked line = lines.get(i);
            batch.bind("tenant", tx.tenant())
                    .bind("journal", journal)
                    .bind("lineNo", i + 1)
                    .bind("account", line.account())
                    .bind("debit", line.debit())
                    .bind("credit", line.credit())
                    .bind("baseDebit", line.baseDebit())
                    .bind("baseCredit", line.baseCredit())
                    .bind("partyType", line.party().map(Posting.Party::type))
                    .bind("partyId", line.party().map(Posting.Party::id))
                    .bind("costCenter", line.costCenter())
                    .bind("memo", line.memo())
                    .add();
        }
        batch.execute();
    }

    /** What is undone by a reversal. */
    record Standing(
            UUID id,
            String number,
            Status status,
            String currency,
            BigDecimal rate,
            Posting.Source source,
            boolean bySubLedger,
            Optional<UUID> reversalOf) {}

    // Index: journals_pkey.
    private static final String HOLD = """
            select id, number, status, currency, rate, source_type, source_id, reference, by_sub_ledger, reversal_of
              from journals
             where tenant_id = :tenant and id = :id
               for update
            """;

    Optional<Standing> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(JournalRows::standing)
                .findOne();
    }

    private static Standing standing(ResultSet row, StatementContext context) throws SQLException {
        return new Standing(
                row.getObject("id", UUID.class),
                row.getString("number"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("currency"),
                row.getBigDecimal("rate"),
                new Posting.Source(
                        row.getString("source_type"),
                        Optional.ofNullable(row.getObject("source_id", UUID.class)),
                        Optional.ofNullable(row.getString("reference"))),
                row.getBoolean("by_sub_ledger"),
                Optional.ofNullable(row.getObject("reversal_of", UUID.class)));
    }

    // Index: journal_lines_pkey.
    private static final String LINES = """
            select l.account_id, a.code, l.debit, l.credit, l.base_debit, l.base_credit, l.party_type, l.party_id,
                   l.cost_center, l.memo
              from journal_lines l
              join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
             where l.tenant_id = :tenant and l.journal_id = :journal
             order by l.line_no
            """;

    List<Booked> lines(Tx tx, UUID journal) {
        return tx.handle()
                .createQuery(LINES)
                .bind("tenant", tx.tenant())
                .bind("journal", journal)
                .map(JournalRows::booked)
                .list();
    }

    private static Booked booked(ResultSet row, StatementContext context) throws SQLException {
        return new Booked(
                row.getObject("account_id", UUID.class),
                row.getString("code"),
                row.getBigDecimal("debit"),
                row.getBigDecimal("credit"),
                row.getBigDecimal("base_debit"),
                row.getBigDecimal("base_credit"),
                Optional.ofNullable(row.getObject("party_id", UUID.class))
                        .map(id -> new Posting.Party(text(row, "party_type"), id)),
                Optional.ofNullable(row.getString("cost_center")),
                Optional.ofNullable(row.getString("memo")));
    }

    private static String text(ResultSet row, String column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read " + column, e);
        }
    }

    // Index: journals_pkey.
    private static final String MARK_REVERSED = """
            update journals set status = 'reversed', version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('posted')
            returning id
            """;

    void markReversed(Tx tx, UUID id) {
        tx.handle()
                .createQuery(MARK_REVERSED)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(UUID.class)
                .one();
    }
}
