package dev.millrace.server.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.Schema;
import dev.millrace.erp.Erp;
import dev.millrace.postgres.Roles;
import dev.millrace.server.Settings;
import dev.millrace.server.Settings.SignIn;
import dev.millrace.server.StartRefused;
import java.sql.Connection;
import java.sql.SQLException;

/** Brings the tables of a database up to date. */
public final class Migration {
    private Migration() {}

    /**
     * The command {@code migrate}: of the embedded database, or of another one by its owner.
     *
     * @return how many steps were applied
     * @throws StartRefused the database cannot be reached, or lacks what a person must give
     */
    public static int run(Settings settings) {
        if (settings.external().isPresent()
                && settings.external().get().migrating().isEmpty()) {
            throw new StartRefused("Set MILLRACE_MIGRATION_USER and MILLRACE_MIGRATION_PASSWORD to the role that owns"
                    + " the tables: the serving role must not change them.");
        }
        try (Database database = Database.open(settings)) {
            return database.migrate();
        }
    }

    /** For a database of others: makes the group roles that migrations grant to, then applies them. */
    static int prepareAndApply(String url, SignIn owner, String servingUser, boolean movableClock) {
        try (Connection connection = ExternalDatabase.connect(url, owner)) {
            switch (Roles.prepare(connection, servingUser)) {
                case Roles.Ready ready -> {}
                case Roles.NoSuchUser none ->
                    throw new StartRefused("There is no role " + none.user()
                            + " in the database: make it, or set MILLRACE_DATABASE_USER to the one that serves.");
                case Roles.Unfit unfit ->
                    throw new StartRefused("The role " + unfit.user() + " must not serve, because "
                            + String.join(" and ", unfit.reasons()) + ".");
                case Roles.NotAllowed not ->
                    throw new StartRefused("The role " + owner.user() + " may not prepare the database ("
                            + not.message() + "). Somebody who may should run there:\n"
                            + String.join(";\n", not.statements()) + ";");
            }
        } catch (SQLException e) {
            throw new StartRefused("Cannot sign in to the database as " + owner.user() + ": " + e.getMessage()
                    + ". Check MILLRACE_MIGRATION_USER and MILLRACE_MIGRATION_PASSWORD.");
        }
        return apply(url, owner, movableClock);
    }

    static int apply(String url, SignIn owner, boolean movableClock) {
        var config = new HikariConfig();
        config.setPoolName("millrace-migration");
        config.setJdbcUrl(url);
        config.setUsername(owner.user());
        config.setPassword(owner.password());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        try (var owning = new HikariDataSource(config)) {
            int applied = Schema.migrate(owning, Erp.MIGRATIONS);
            if (movableClock) {
                Schema.makeClockMovable(owning);
            }
            return applied;
        }
    }
}
