package dev.millrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that somebody else runs: here a bare cluster with roles of other names. */
class RolesTest {
    @TempDir
    Path folder;

    EmbeddedPostgres server;
    PostgresAddress superuser;

    @BeforeEach
    void start() throws Exception {
        PreparedHome.copyTo(folder.resolve("home"));
        server = EmbeddedPostgres.start(
                folder.resolve("home"), Options.forTests().withBinaries(EmbeddedPostgresTest.BINARIES));
        var any = server.owner();
        superuser = new PostgresAddress(
                any.host(),
                any.port(),
                "postgres",
                "postgres",
                any.passwordFile().resolveSibling("postgres.password"));
        Sql.run(
                superuser,
                "drop database millrace with (force)",
                "drop owned by millrace_owner, millrace, millrace_app," + " millrace_lookup",
                "drop role millrace_app, millrace_lookup");
        Sql.run(
                superuser,
                "create role \"Admin\" login createrole password 'a'",
                "create role erp_migrations login password 'm'",
                "create role erp login password 'e'",
                "create database shared owner \"Admin\"");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Roles.Prepared prepare(String user, String password, String serving) throws SQLException {
        var url = "jdbc:postgresql://" + superuser.host() + ":" + superuser.port() + "/shared";
        try (var connection = DriverManager.getConnection(url, user, password)) {
            return Roles.prepare(connection, serving);
        }
    }

    private PostgresAddress shared() {
        return new PostgresAddress(superuser.host(), superuser.port(), "shared", "postgres", superuser.passwordFile());
    }

    @Test
    void a_role_that_may_create_roles_prepares_the_database_and_the_second_time_changes_nothing() throws SQLException {
        var first = prepare("Admin", "a", "erp");

        assertThat(first)
                .isInstanceOfSatisfying(
                        Roles.Ready.class, ready -> assertThat(ready.done()).hasSize(6));
        assertThat(prepare("Admin", "a", "erp"))
                .isInstanceOfSatisfying(
                        Roles.Ready.class, ready -> assertThat(ready.done()).isEmpty());
        assertThat(Sql.value(
                        shared(),
                        "select pg_has_role('erp', 'millrace_app', 'usage')"
                                + " and pg_has_role('Admin', 'millrace_lookup', 'set')"
                                + " and has_schema_privilege('millrace_lookup', 'public', 'create')"
                                + " and not has_schema_privilege('millrace_app', 'public', 'create')"))
                .isEqualTo("t");
    }

    @Test
    void the_migrating_user_can_hand_a_function_to_the_lookup_role() throws SQLException {
        prepare("Admin", "a", "erp");
        var url = "jdbc:postgresql://" + superuser.host() + ":" + superuser.port() + "/shared";

        try (var connection = DriverManager.getConnection(url, "Admin", "a");
                var statement = connection.createStatement()) {
            statement.execute("create function one() returns int language sql as 'select 1'");
            statement.execute("alter function one() owner to millrace_lookup");
        }

        assertThat(Sql.value(shared(), "select proowner::regrole from pg_proc where proname = 'one'"))
                .isEqualTo("millrace_lookup");
    }

    @Test
    void a_role_without_the_right_learns_what_somebody_else_must_run() throws SQLException {
        var denied = prepare("erp_migrations", "m", "erp");

        assertThat(denied).isInstanceOfSatisfying(Roles.NotAllowed.class, notAllowed -> {
            assertThat(notAllowed.message()).contains("permission denied");
            assertThat(notAllowed.statements()).anyMatch(sql -> sql.contains("grant millrace_app to \"erp\""));
        });
        Sql.run(shared(), ((Roles.NotAllowed) denied).statements().toArray(String[]::new));
        assertThat(prepare("erp_migrations", "m", "erp")).isInstanceOf(Roles.Ready.class);
    }

    @Test
    void a_serving_user_who_could_pass_by_row_level_security_is_refused() throws SQLException {
        Sql.run(superuser, "create role loose login bypassrls");

        assertThat(prepare("Admin", "a", "loose")).isEqualTo(new Roles.Unfit("loose", List.of("it has BYPASSRLS")));
        assertThat(prepare("Admin", "a", "postgres")).isInstanceOf(Roles.Unfit.class);
        assertThat(prepare("Admin", "a", "Admin")).isInstanceOf(Roles.Unfit.class);
        assertThat(prepare("Admin", "a", "ghost")).isEqualTo(new Roles.NoSuchUser("ghost"));
        assertThat(Sql.value(superuser, "select count(*) from pg_roles where rolname like 'millrace\\_%'"))
                .isEqualTo("1");
    }
}
