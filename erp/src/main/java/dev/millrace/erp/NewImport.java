package dev.millrace.erp;

/**
 * What is to become of a file.
 *
 * @param fileName for people and the journal
 * @param dryRun say what would become of it, and write nothing
 */
public record NewImport(ImportKind kind, String fileName, ImportJob.Mode mode, boolean dryRun) {}
