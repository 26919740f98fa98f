package dev.millrace.postgres;

/**
 * The data folder is not one that a first start of ours left behind, and holds more than a fresh cluster: it may be
 * somebody's data, so it is neither used nor wiped.
 */
public final class DataFolderRefused extends PostgresUnavailable {
    DataFolderRefused(String message) {
        super(message);
    }
}
