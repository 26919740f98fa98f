package dev.millrace.erp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The import of a file, and how far it is.
 *
 * @param rowsTotal data rows of the file
 * @param rowsDone those that were looked at: created, updated, unchanged or skipped
 * @param skipped rows with errors, which were left out
 * @param errors how much is wrong with the rows, all together
 * @param ignoredColumns columns of the file that mean nothing here
 */
public record ImportJob(
        UUID id,
        ImportKind kind,
        String fileName,
        Mode mode,
        boolean dryRun,
        Status status,
        int rowsTotal,
        int rowsDone,
        int created,
        int updated,
        int unchanged,
        int skipped,
        int errors,
        List<String> ignoredColumns,
        UUID askedBy,
        String askedByName,
        Instant createdAt,
        Optional<Instant> finishedAt) {
    public ImportJob {
        ignoredColumns = List.copyOf(ignoredColumns);
    }

    /** What becomes of the sound rows where others have errors. */
    public enum Mode {
        /** Nothing is written. */
        ALL_OR_NOTHING,
        /** They are written, and the others left out. */
        SKIP
    }

    public enum Status {
        WAITING,
        RUNNING,
        COMPLETED,
        /** Nothing was written: there were errors, and it was to be all or nothing. */
        FAILED
    }

    /**
     * Something wrong with a row.
     *
     * @param row as a spreadsheet counts: the header is row 1
     * @param column the header of the cell
     * @param value of the cell, shortened
     * @param message what was expected, what there is, what to do
     */
    public record Fault(int row, String column, String value, String code, String message) {}
}
