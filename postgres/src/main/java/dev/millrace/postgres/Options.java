package dev.millrace.postgres;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the embedded PostgreSQL is to run.
 *
 * @param durable true: a commit survives a power cut (PostgreSQL's own defaults). False: fsync, synchronous_commit and
 *     full_page_writes are off, for clusters that are thrown away after a test
 * @param maxConnections 10 to 1000 connections, all roles together
 * @param database the database to make on the first start: lower case letters, digits and underscores
 * @param binaries folder in which the binaries are unpacked and shared by several homes; empty: in the home itself
 */
public record Options(boolean durable, int maxConnections, String database, Optional<Path> binaries) {
    public Options {
        if (maxConnections < 10 || maxConnections > 1000) {
            throw new IllegalArgumentException("maxConnections must be 10 to 1000, but is " + maxConnections);
        }
        Names.requireName(database);
    }

    /** For a system of record: durable, 100 connections, database {@code millrace}. */
    public static Options standard() {
        return new Options(true, 100, "millrace", Optional.empty());
    }

    /** For tests: quick and not durable, else as {@link #standard()}. */
    public static Options forTests() {
        return new Options(false, 100, "millrace", Optional.empty());
    }

    /** The same with the binaries unpacked in {@code folder}, which several homes may share. */
    public Options withBinaries(Path folder) {
        return new Options(durable, maxConnections, database, Optional.of(folder));
    }

    /** The same with another limit of connections. */
    public Options withMaxConnections(int limit) {
        return new Options(durable, limit, database, binaries);
    }
}
