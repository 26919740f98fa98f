package dev.millrace.postgres;

/**
 * The embedded PostgreSQL could not be started, or failed while it was asked to make or drop a database. The message is
 * written for a person: what happened, what was expected, what to do. A program that gets it prints the message and
 * exits 3.
 */
public sealed class PostgresUnavailable extends RuntimeException permits HomeInUse, DataFolderRefused {
    PostgresUnavailable(String message) {
        super(message);
    }

    PostgresUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
