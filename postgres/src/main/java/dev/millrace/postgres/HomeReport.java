package dev.millrace.postgres;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a home folder of the embedded PostgreSQL says about itself.
 *
 * @param dataFolder where the data is, or would be
 * @param running whether a server process works on it now
 * @param owner how to sign in as the owner; empty before the first start
 */
public record HomeReport(Path dataFolder, boolean running, Optional<PostgresAddress> owner) {}
