package dev.millrace.server.demo;

import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.EmbeddedPostgres.Existing;
import dev.millrace.postgres.Options;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.postgres.PostgresUnavailable;
import java.nio.file.Path;

/**
 * The demo's database, made anew on each run: a copy of a template that was migrated and seeded once. The template is
 * made by the server itself, so that the demo shows what a user gets.
 */
final class DemoDatabase {
    static final String NAME = "demo";

    /** Where the server migrates and seeds; becomes a template only when that has come to its end. */
    private static final String SEEDING = "demo_seeding";

    private DemoDatabase() {}

    /**
     * Makes it, and the template if there is none for these migrations and seeds.
     *
     * @param screen is told when it takes longer than a moment
     */
    static void renew(ServerProcess.Launch launch, Screen screen) {
        String template = TemplateName.ofClassPath();
        if (!copy(launch.home(), template)) {
            screen.note("Making the two companies, acme and globex (the first time only)");
            seed(launch);
            keep(launch.home(), template);
        }
    }

    /** As the role that serves; while the server runs. */
    static PostgresAddress address(Path home) {
        PostgresAddress owner = EmbeddedPostgres.look(home)
                .owner()
                .orElseThrow(() -> new DemoFailed("There is no database in " + home));
        return new PostgresAddress(owner.host(), owner.port(), NAME, "millrace", home.resolve("millrace.password"));
    }

    /** False, and an empty database to be seeded, if there is no such template. */
    private static boolean copy(Path home, String template) {
        try (var postgres = start(home)) {
            if (postgres.databaseExists(template)) {
                postgres.createDatabaseFromTemplate(NAME, template, Existing.REPLACE);
                return true;
            }
            postgres.dropDatabase(SEEDING);
            postgres.createDatabase(SEEDING);
            return false;
        }
    }

    private static void seed(ServerProcess.Launch launch) {
        try (var server = ServerProcess.start(launch, SEEDING)) {
            server.awaitReady();
        }
    }

    private static void keep(Path home, String template) {
        try (var postgres = start(home)) {
            postgres.createDatabaseFromTemplate(template, SEEDING, Existing.REPLACE);
            postgres.createDatabaseFromTemplate(NAME, template, Existing.REPLACE);
            postgres.dropDatabase(SEEDING);
        }
    }

    private static EmbeddedPostgres start(Path home) {
        try {
            var postgres = EmbeddedPostgres.start(home, Options.standard());
            // Ctrl-C ends the demo without unwinding.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(postgres::close));
            return postgres;
        } catch (PostgresUnavailable e) {
            throw new DemoFailed(String.valueOf(e.getMessage()), e);
        }
    }
}
