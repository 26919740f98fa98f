package dev.millrace.erp;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.imports.CsvFile;
import dev.millrace.erp.imports.ImportRows;
import dev.millrace.erp.imports.KindImport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Files of master data: asked for, and how far they are. {@link ImportRunner} does them. Joins the caller's transaction. Who
 * may call what is the caller's business.
 */
public final class Imports {
    /** Most that one page of a list holds. */
    public static final int PAGE_MOST = 500;

    /** Longest file, in bytes. */
    public static final int BYTES_MOST = 10 * 1024 * 1024;

    /** Most data rows of a file. */
    public static final int ROWS_MOST = 50_000;

    private final Supplier<UUID> ids;
    private final Map<ImportKind, KindImport> kinds;
    private final ImportRows rows = new ImportRows();

    Imports(Supplier<UUID> ids, Map<ImportKind, KindImport> kinds) {
        this.ids = ids;
        this.kinds = Map.copyOf(kinds);
    }

    /**
     * Keeps a file to be imported soon. Its form is looked at here; what its rows say, later.
     *
     * @param file comma- or semicolon-separated values in UTF-8, with a header
     */
    public ImportStart start(Tx tx, NewImport wanted, byte[] file, Member member) {
        return switch (CsvFile.open(file, kind(wanted.kind()).columns(), ROWS_MOST)) {
            case CsvFile.Opened.Faulty faulty -> new ImportStart.Refused(faulty.problems());
            case CsvFile.Opened.Sound sound -> {
                UUID id = ids.get();
                rows.insert(tx, id, wanted, sound.file(), member.id());
                yield new ImportStart.Started(rows.find(tx, id).orElseThrow());
            }
        };
    }

    private KindImport kind(ImportKind kind) {
        return Optional.ofNullable(kinds.get(kind)).orElseThrow();
    }

    public Optional<ImportJob> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /**
     * Newest first.
     *
     * @param kinds only of these
     * @param before the id of the last one seen
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<ImportJob> list(Tx tx, Collection<ImportKind> kinds, Optional<UUID> before, int limit) {
        return rows.page(tx, kinds, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    /**
     * What is wrong with the rows, in their order; the first thousand are kept.
     *
     * @param after how many of them were seen
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<ImportJob.Fault> faults(Tx tx, UUID id, int after, int limit) {
        return rows.faults(tx, id, after, Math.clamp(limit, 1, PAGE_MOST));
    }
}
