package dev.millrace.erp;

/**
 * A file to bring in.
 *
 * @param fileName for people and the journal
 * @param file comma- or semicolon-separated values in UTF-8, with a header
 * @param dryRun say what would become of it, and write nothing
 */
public record NewImport(ImportKind kind, String fileName, byte[] file, ImportJob.Mode mode, boolean dryRun) {
    public NewImport {
        file = file.clone();
    }

    @Override
    public byte[] file() {
        return file.clone();
    }
}
