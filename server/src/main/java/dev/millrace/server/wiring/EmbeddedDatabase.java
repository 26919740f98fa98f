package dev.millrace.server.wiring;

import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.Options;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.postgres.PostgresUnavailable;
import dev.millrace.server.Settings;
import dev.millrace.server.Settings.SignIn;
import dev.millrace.server.StartRefused;
import java.util.Optional;

/** The PostgreSQL under {@code MILLRACE_HOME}. */
record EmbeddedDatabase(EmbeddedPostgres postgres, String name, boolean demo) implements Database {

    static EmbeddedDatabase start(Settings settings) {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(settings.home(), Options.standard());
            postgres.createDatabase(settings.databaseName());
            return new EmbeddedDatabase(postgres, settings.databaseName(), settings.demo());
        } catch (PostgresUnavailable e) {
            throw new StartRefused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String url() {
        return postgres.serving(name).jdbcUrl();
    }

    @Override
    public SignIn serving() {
        return signIn(postgres.serving(name));
    }

    @Override
    public Optional<SignIn> migrating() {
        return Optional.of(signIn(postgres.owner(name)));
    }

    private static SignIn signIn(PostgresAddress address) {
        return new SignIn(address.user(), address.password());
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public int migrate() {
        return Migration.apply(url(), signIn(postgres.owner(name)), demo);
    }

    @Override
    public void close() {
        postgres.close();
    }
}
