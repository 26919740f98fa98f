package dev.millrace.server.wiring;

import dev.millrace.server.Settings;
import dev.millrace.server.Settings.SignIn;
import dev.millrace.server.StartRefused;
import java.util.Optional;

/** Where the data is: a PostgreSQL of our own, or one that somebody else runs. */
public sealed interface Database extends AutoCloseable permits EmbeddedDatabase, ExternalDatabase {
    /**
     * Starts the embedded one, or waits until the other one is there.
     *
     * @throws StartRefused a person must mend something first
     */
    static Database open(Settings settings) {
        return settings.external()
                .<Database>map(external -> ExternalDatabase.await(external, settings.demo()))
                .orElseGet(() -> EmbeddedDatabase.start(settings));
    }

    /** For JDBC, without user and password. */
    String url();

    /** Neither owner of the tables nor superuser. */
    SignIn serving();

    /** Owns the tables; empty where only {@code ./millrace migrate} knows it. */
    Optional<SignIn> migrating();

    /** Nobody but this process uses it, so whoever held leases before is dead. */
    boolean isOurs();

    /**
     * Brings the tables up to date, as far as that is this server's business.
     *
     * @return how many steps were applied
     */
    int migrate();

    @Override
    void close();
}
