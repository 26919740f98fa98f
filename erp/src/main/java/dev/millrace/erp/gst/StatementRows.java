package dev.millrace.erp.gst;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.ImportedStatement;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code gstr2b_imports} and {@code gstr2b_documents}: what suppliers reported about us. */
final class StatementRows {
    /** What an import of a period came to. */
    record Imported(String digest, int documents, BigDecimal itcAvailable) {}

    // Index: gstr2b_imports_pkey. Two imports of a period wait for each other.
    private static final String FIND = """
            select digest, documents, itc_available from gstr2b_imports
             where tenant_id = :tenant and period = :period for update
            """;

    Optional<Imported> hold(Tx tx, YearMonth period) {
        return imported(tx, FIND, period);
    }

    // Index: gstr2b_imports_pkey.
    private static final String READ = """
            select digest, documents, itc_available from gstr2b_imports where tenant_id = :tenant and period = :period
            """;

    Optional<Imported> find(Tx tx, YearMonth period) {
        return imported(tx, READ, period);
    }

    private static Optional<Imported> imported(Tx tx, String sql, YearMonth period) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("period", period.toString())
                .map((row, context) -> new Imported(
                        row.getString("digest"), row.getInt("documents"), decimal(row, "itc_available", 2)))
                .findOne();
    }

    // Index: gstr2b_imports_pkey, backwards.
    private static final String ALL = """
            select period, documents, itc_available, imported_by, imported_at from gstr2b_imports
             where tenant_id = :tenant
             order by period desc
            """;

    /** Newest period first; there is at most one of each month. */
    List<ImportedStatement> all(Tx tx) {
        return tx.handle()
                .createQuery(ALL)
                .bind("tenant", tx.tenant())
                .map((row, context) -> new ImportedStatement(
                        YearMonth.parse(row.getString("period")),
                        row.getInt("documents"),
                        decimal(row, "itc_available", 2),
                        row.getString("imported_by"),
                        instant(row, "imported_at").orElseThrow()))
                .list();
    }

    // Index: gstr2b_imports_pkey.
    private static final String IMPORT = """
            insert into gstr2b_imports (tenant_id, period, digest, documents, itc_available, imported_by, imported_at)
            values (:tenant, :period, :digest, :documents, :itc, :by, :at)
                on conflict (tenant_id, period)
                do update set digest = excluded.digest, documents = excluded.documents,
                              itc_available = excluded.itc_available, imported_by = excluded.imported_by,
                              imported_at = excluded.imported_at
            """;

    // Index: gstr2b_documents_tenant_id_period_supplier_gstin_doc_type_number__key.
    private static final String CLEAR = """
            delete from gstr2b_documents where tenant_id = :tenant and period = :period
            """;

    private static final String INSERT = """
            insert into gstr2b_documents
                   (tenant_id, id, period, supplier_gstin, trade_name, doc_type, number, number_norm, date, value, taxable,
                    igst, cgst, sgst, cess, pos, itc_available, reason, irn)
            values (:tenant, :id, :period, :gstin, :name, :section, :number, :normalized, :date, :value, :taxable, :igst,
                    :cgst, :sgst, :cess, :pos, :itcAvailable, :reason, :irn)
            """;

    /** In place of what was imported for the period before. */
    void put(Tx tx, YearMonth period, Imported imported, List<StatementDocument> documents, String by, Instant at) {
        tx.handle()
                .createUpdate(IMPORT)
                .bind("tenant", tx.tenant())
                .bind("period", period.toString())
                .bind("digest", imported.digest())
                .bind("documents", imported.documents())
                .bind("itc", imported.itcAvailable())
                .bind("by", by)
                .bind("at", at)
                .execute();
        tx.handle()
                .createUpdate(CLEAR)
                .bind("tenant", tx.tenant())
                .bind("period", period.toString())
                .execute();
        var batch = tx.handle().prepareBatch(INSERT);
        documents.forEach(document -> batch.bind("tenant", tx.tenant())
                .bind("id", document.id())
                .bind("period", period.toString())
                .bind("gstin", document.supplierGstin())
                .bind("name", document.tradeName())
                .bind("section", document.section())
                .bind("number", document.number())
                .bind("normalized", DocumentNumber.normalized(document.number()))
                .bind("date", document.date())
                .bind("value", document.value())
                .bind("taxable", document.taxable())
                .bind("igst", document.igst())
                .bind("cgst", document.cgst())
                .bind("sgst", document.sgst())
                .bind("cess", document.cess())
                .bind("pos", document.pos())
                .bind("itcAvailable", document.itcAvailable())
                .bind("reason", document.reason())
                .bind("irn", document.irn())
                .add());
        if (!documents.isEmpty()) {
            batch.execute();
        }
    }

    // Index: gstr2b_documents_tenant_id_period_supplier_gstin_doc_type_number__key.
    private static final String DOCUMENTS = """
            select id, supplier_gstin, trade_name, doc_type, number, date, value, taxable, igst, cgst, sgst, cess, pos,
                   itc_available, reason, irn
              from gstr2b_documents
             where tenant_id = :tenant and period between :from and :to
             order by period, supplier_gstin, doc_type, number_norm
            """;

    /** Of all these periods, both included. */
    List<StatementDocument> documents(Tx tx, YearMonth from, YearMonth to) {
        return tx.handle()
                .createQuery(DOCUMENTS)
                .bind("tenant", tx.tenant())
                .bind("from", from.toString())
                .bind("to", to.toString())
                .map(StatementRows::document)
                .list();
    }

    // Index: gstr2b_documents_pkey.
    private static final String MARK = """
            update gstr2b_documents set match_status = :status, matched_invoice_id = :invoice, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    /** What became of a document in the comparison. */
    record Mark(UUID document, String status, Optional<UUID> invoice) {}

    void mark(Tx tx, List<Mark> marks) {
        var batch = tx.handle().prepareBatch(MARK);
        marks.forEach(mark -> batch.bind("tenant", tx.tenant())
                .bind("id", mark.document())
                .bind("status", mark.status())
                .bind("invoice", mark.invoice())
                .add());
        if (!marks.isEmpty()) {
            batch.execute();
        }
    }

    private static StatementDocument document(ResultSet row, StatementContext context) throws SQLException {
        return new StatementDocument(
                row.getObject("id", UUID.class),
                row.getString("supplier_gstin"),
                row.getString("trade_name"),
                row.getString("doc_type"),
                row.getString("number"),
                row.getObject("date", LocalDate.class),
                decimal(row, "value", 2),
                decimal(row, "taxable", 2),
                decimal(row, "igst", 2),
                decimal(row, "cgst", 2),
                decimal(row, "sgst", 2),
                decimal(row, "cess", 2),
                Optional.ofNullable(row.getString("pos")),
                row.getBoolean("itc_available"),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("irn")));
    }
}
