package dev.millrace.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** Brings a database to the tables that this version needs. */
public final class Schema {
    private static final String ENGINE = "classpath:db/engine";

    private Schema() {}

    /**
     * Applies what is missing, in one order over all locations; safe to call from two nodes at once.
     *
     * @param owner connects as the role that owns the schema, never as the serving role
     * @param locations of further modules, {@code classpath:db/erp}
     * @return how many migrations were applied
     */
    public static int migrate(DataSource owner, List<String> locations) {
        var all = Stream.concat(Stream.of(ENGINE), locations.stream()).toArray(String[]::new);
        return Flyway.configure()
                .dataSource(owner)
                .locations(all)
                .validateMigrationNaming(true)
                // The engine's numbers lie below those of the modules, whichever came to this database first.
                .outOfOrder(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /** Replaces the engine's clock by one that can be moved forward: for the demo and for tests. Idempotent. */
    public static void makeClockMovable(DataSource owner) {
        Jdbi.create(owner)
                .useHandle(h -> h.createScript(read("/db/movable-clock.sql")).execute());
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
