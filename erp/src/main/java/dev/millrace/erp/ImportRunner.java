package dev.millrace.erp;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.imports.CsvFile;
import dev.millrace.erp.imports.ImportRows;
import dev.millrace.erp.imports.ImportRun;
import dev.millrace.erp.imports.KindImport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Does the imports that were asked for, one after the other of a company. Safe to call on several nodes at once. */
public final class ImportRunner {
    /** For the look-up by a security-definer function, which does not ask for the tenant. */
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final Transactions transactions;
    private final Trail trail;
    private final Map<ImportKind, KindImport> kinds;
    private final ImportRows rows = new ImportRows();

    ImportRunner(Transactions transactions, Trail trail, Map<ImportKind, KindImport> kinds) {
        this.transactions = transactions;
        this.trail = trail;
        this.kinds = Map.copyOf(kinds);
    }

    /** Companies with imports that are to be done. */
    public List<UUID> tenantsWaiting() {
        return transactions.run(NO_TENANT, rows::tenantsWaiting);
    }

    /**
     * Does the oldest import of a company, or goes on with it after a crash.
     *
     * @return false: there was none
     */
    public boolean runOnce(UUID tenant) {
        Optional<ImportRun> next = transactions.run(tenant, tx -> rows.next(tx).flatMap(job -> runOf(tx, job)));
        next.ifPresent(ImportRun::run);
        return next.isPresent();
    }

    private Optional<ImportRun> runOf(Tx tx, ImportJob job) {
        KindImport kind = Optional.ofNullable(kinds.get(job.kind())).orElseThrow();
        return rows.content(tx, job.id())
                .map(content -> switch (CsvFile.open(content, kind.columns(), Imports.ROWS_MOST)) {
                    case CsvFile.Opened.Sound sound ->
                        new ImportRun(transactions, tx.tenant(), job.id(), kind, sound.file(), trail);
                    case CsvFile.Opened.Faulty faulty ->
                        throw new IllegalStateException("import " + job.id()
                                + " was a file when it was sent in, and is none now: " + faulty.problems());
                });
    }
}
