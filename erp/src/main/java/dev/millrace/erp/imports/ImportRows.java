package dev.millrace.erp.imports;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.ImportJob;
import dev.millrace.erp.ImportJob.Fault;
import dev.millrace.erp.ImportKind;
import dev.millrace.erp.NewImport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code imports} and {@code import_errors}. */
public final class ImportRows {
    private static final String SELECT = """
            select i.id, i.kind, i.file_name, i.mode, i.dry_run, i.status, i.rows_total, i.rows_done, i.created, i.updated,
                   i.unchanged, i.skipped, i.errors, i.ignored_columns, i.asked_by, m.name as asked_by_name, i.created_at,
                   i.finished_at
              from imports i
              join members m on m.tenant_id = i.tenant_id and m.id = i.asked_by
             where i.tenant_id = :tenant
            """;

    private static final String INSERT = """
            insert into imports
                   (tenant_id, id, kind, file_name, mode, dry_run, content, status, rows_total, ignored_columns, asked_by)
            values (:tenant, :id, :kind, :fileName, :mode, :dryRun, :content, 'waiting', :rows, :ignored, :by)
            """;

    public void insert(Tx tx, UUID id, NewImport wanted, CsvFile file, UUID by) {
        tx.handle()
                .createUpdate(INSERT)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("kind", text(wanted.kind()))
                .bind("fileName", wanted.fileName())
                .bind("mode", text(wanted.mode()))
                .bind("dryRun", wanted.dryRun())
                .bind("content", file.bytes())
                .bind("rows", file.rows())
                .bindArray("ignored", String.class, file.ignored())
                .bind("by", by)
                .execute();
    }

    // Index: imports_pkey.
    private static final String BY_ID = SELECT + " and i.id = :id";

    public Optional<ImportJob> find(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(ImportRows::job)
                .findOne();
    }

    // Index: imports_pkey, backwards.
    private static final String PAGE = SELECT + """
               and i.kind = any(:kinds) and (:before::uuid is null or i.id < :before::uuid)
             order by i.id desc
             limit :limit
            """;

    /** Newest first. */
    public List<ImportJob> page(Tx tx, Collection<ImportKind> kinds, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bindArray(
                        "kinds",
                        String.class,
                        kinds.stream().map(ImportRows::text).toList())
                .bind("before", before)
                .bind("limit", limit)
                .map(ImportRows::job)
                .list();
    }

    // Index: import_errors_pkey.
    private static final String FAULTS = """
            select row_no, column_name, value, code, message from import_errors
             where tenant_id = :tenant and import_id = :id and seq > :after
             order by seq
             limit :limit
            """;

    public List<Fault> faults(Tx tx, UUID id, int after, int limit) {
        return tx.handle()
                .createQuery(FAULTS)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Fault(
                        row.getInt("row_no"),
                        row.getString("column_name"),
                        row.getString("value"),
                        row.getString("code"),
                        row.getString("message")))
                .list();
    }

    /** Companies with imports that are to be done. */
    public List<UUID> tenantsWaiting(Tx tx) {
        return tx.handle()
                .createQuery("select millrace_import_tenants()")
                .mapTo(UUID.class)
                .list();
    }

    // Index: imports_open.
    private static final String NEXT = SELECT + " and i.status in ('waiting', 'running') order by i.id limit 1";

    /** The oldest that is to be done. */
    public Optional<ImportJob> next(Tx tx) {
        return tx.handle()
                .createQuery(NEXT)
                .bind("tenant", tx.tenant())
                .map(ImportRows::job)
                .findOne();
    }

    // Index: imports_pkey.
    private static final String CONTENT = """
            select content from imports where tenant_id = :tenant and id = :id and content is not null
            """;

    /** The file; empty: the import is over. */
    public Optional<byte[]> content(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(CONTENT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    // Index: imports_pkey. Another node that has it is not waited for.
    private static final String HOLD = """
            select id from imports
             where tenant_id = :tenant and id = :id and status in ('waiting', 'running')
               for update skip locked
            """;

    /** It is to be done, and nobody else does it until the transaction ends. */
    public Optional<ImportJob> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .flatMap(held -> find(tx, held));
    }

    // Index: imports_pkey.
    private static final String SET = """
            update imports
               set status = :status, rows_done = :done, created = :created, updated = :updated, unchanged = :unchanged,
                   skipped = :skipped, errors = :errors, version = version + 1, updated_at = millrace_now(),
                   content = case when :over then null else content end,
                   finished_at = case when :over then millrace_now() end
             where tenant_id = :tenant and id = :id and status in ('waiting', 'running')
            """;

    /** How far it is; an import that is over has no file any more. */
    public void set(Tx tx, UUID id, ImportJob.Status status, Tally tally) {
        tx.handle()
                .createUpdate(SET)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("status", text(status))
                .bind("done", tally.done())
                .bind("created", tally.created())
                .bind("updated", tally.updated())
                .bind("unchanged", tally.unchanged())
                .bind("skipped", tally.skipped())
                .bind("errors", tally.errors())
                .bind("over", status == ImportJob.Status.COMPLETED || status == ImportJob.Status.FAILED)
                .execute();
    }

    private static final String INSERT_FAULT = """
            insert into import_errors (tenant_id, import_id, seq, row_no, column_name, value, code, message)
            values (:tenant, :id, :seq, :row, :column, :value, :code, :message)
            """;

    /**
     * @param seq of the first of them
     */
    public void addFaults(Tx tx, UUID id, int seq, List<Fault> faults) {
        var batch = tx.handle().prepareBatch(INSERT_FAULT);
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            batch.bind("tenant", tx.tenant())
                    .bind("id", id)
                    .bind("seq", seq + i)
                    .bind("row", fault.row())
                    .bind("column", fault.column())
                    .bind("value", fault.value())
                    .bind("code", fault.code())
                    .bind("message", fault.message())
                    .add();
        }
        if (!faults.isEmpty()) {
            batch.execute();
        }
    }

    // Index: import_errors_pkey.
    private static final String CLEAR_FAULTS = """
            delete from import_errors where tenant_id = :tenant and import_id = :id
            """;

    /** It begins anew. */
    public void clearFaults(Tx tx, UUID id) {
        tx.handle()
                .createUpdate(CLEAR_FAULTS)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
    }

    private static ImportJob job(ResultSet row, StatementContext context) throws SQLException {
        return new ImportJob(
                row.getObject("id", UUID.class),
                ImportKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("file_name"),
                ImportJob.Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                row.getBoolean("dry_run"),
                ImportJob.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getInt("rows_total"),
                row.getInt("rows_done"),
                row.getInt("created"),
                row.getInt("updated"),
                row.getInt("unchanged"),
                row.getInt("skipped"),
                row.getInt("errors"),
                List.of((String[]) row.getArray("ignored_columns").getArray()),
                row.getObject("asked_by", UUID.class),
                row.getString("asked_by_name"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "finished_at"));
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
