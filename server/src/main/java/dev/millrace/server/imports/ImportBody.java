package dev.millrace.server.imports;

import dev.millrace.erp.ImportJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An import, as it is answered.
 *
 * @param kind as in the path: {@code opening-stock}
 * @param rowsDone created, updated, unchanged or skipped
 * @param skipped rows with errors, which are left out
 * @param errors how much is wrong with the rows, all together
 * @param ignoredColumns columns of the file that mean nothing here
 * @param rowErrors the first hundred of the errors; null in a list
 */
record ImportBody(
        UUID id,
        String kind,
        String fileName,
        ImportJob.Mode mode,
        boolean dryRun,
        ImportJob.Status status,
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
        Optional<Instant> finishedAt,
        Optional<List<ImportJob.Fault>> rowErrors) {

    static ImportBody of(ImportJob job, List<ImportJob.Fault> faults) {
        return of(job, Optional.of(faults));
    }

    static ImportBody listed(ImportJob job) {
        return of(job, Optional.empty());
    }

    private static ImportBody of(ImportJob job, Optional<List<ImportJob.Fault>> faults) {
        return new ImportBody(
                job.id(),
                job.kind().path(),
                job.fileName(),
                job.mode(),
                job.dryRun(),
                job.status(),
                job.rowsTotal(),
                job.rowsDone(),
                job.created(),
                job.updated(),
                job.unchanged(),
                job.skipped(),
                job.errors(),
                job.ignoredColumns(),
                job.askedBy(),
                job.askedByName(),
                job.createdAt(),
                job.finishedAt(),
                faults);
    }
}
