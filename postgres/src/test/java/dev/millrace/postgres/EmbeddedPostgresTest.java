package dev.millrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One running, durable server: settings, users, databases. */
class EmbeddedPostgresTest {
    static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

    @TempDir
    static Path folder;

    static EmbeddedPostgres server;

    @BeforeAll
    static void start() {
        server = EmbeddedPostgres.start(
                folder.resolve("home"), Options.standard().withBinaries(BINARIES));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static PostgresAddress superuser() {
        var owner = server.owner();
        return new PostgresAddress(
                owner.host(), owner.port(), "millrace", "postgres", folder.resolve("home/postgres.password"));
    }

    @Test
    void the_settings_that_make_a_commit_durable_are_on() throws SQLException {
        for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
            assertThat(Sql.value(server.serving(), "show " + setting))
                    .as(setting)
                    .isEqualTo("on");
        }
        assertThat(Sql.value(server.serving(), "show server_version")).startsWith("18");
        assertThat(Sql.value(server.serving(), "show server_encoding")).isEqualTo("UTF8");
        assertThat(Sql.value(server.serving(), "select datlocale from pg_database where datname = 'millrace'"))
                .isEqualTo("C.UTF-8");
        assertThat(Sql.value(
                        server.serving(), "select upper('ä') || current_setting('client_connection_check_interval')"))
                .isEqualTo("Ä10s");
    }

    @Test
    void it_listens_on_the_loopback_address_only_and_on_no_unix_socket() throws SQLException {
        assertThat(Sql.value(server.serving(), "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(Sql.value(superuser(), "show unix_socket_directories")).isEmpty();
    }

    @Test
    void a_wrong_password_is_refused() {
        var url = server.serving().jdbcUrl();

        for (var user : List.of("postgres", "millrace_owner", "millrace")) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection(url, user, "guess").close())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void the_passwords_differ_and_only_their_owner_can_read_them() throws IOException {
        var home = folder.resolve("home");

        for (var user : List.of("postgres", "millrace_owner", "millrace")) {
            var mode = Files.getPosixFilePermissions(home.resolve(user + ".password"));
            assertThat(PosixFilePermissions.toString(mode)).as(user).isEqualTo("rw-------");
        }
        assertThat(server.owner().password())
                .hasSize(32)
                .isNotEqualTo(server.serving().password());
        assertThat(home.resolve("initdb.password")).doesNotExist();
        assertThat(server.serving().toString()).doesNotContain(server.serving().password());
    }

    @Test
    void the_passwords_are_not_in_the_log_of_the_server() throws IOException {
        var log = Files.readString(folder.resolve("home/postgres.log"));

        assertThat(log)
                .contains("ready to accept connections")
                .doesNotContain(server.owner().password());
    }

    @Test
    void a_second_server_on_the_same_folder_is_refused_and_the_first_is_unharmed() throws Exception {
        var home = folder.resolve("home");

        assertThatThrownBy(() -> EmbeddedPostgres.start(home, Options.standard().withBinaries(BINARIES)))
                .isInstanceOf(HomeInUse.class)
                .hasMessageContaining("using the folder " + home.toRealPath())
                .hasMessageContaining("MILLRACE_HOME");
        var other = ServerProcess.start(
                List.of(), System.getProperty("java.class.path"), home, BINARIES, folder.resolve("second.out"));

        assertThat(other.process().waitFor()).isEqualTo(3);
        assertThat(other.said())
                .contains("process " + ProcessHandle.current().pid())
                .contains("MILLRACE_HOME");
        assertThat(Sql.value(server.serving(), "select 1")).isEqualTo("1");
    }

    @Test
    void the_serving_user_is_neither_owner_nor_superuser() throws SQLException {
        assertThat(
                        Sql.value(
                                superuser(),
                                "select string_agg(rolname || ':' || rolsuper || rolbypassrls || rolcreaterole || rolcreatedb"
                                        + ", ' ' order by rolname) from pg_roles where rolname in ('millrace', 'millrace_owner')"))
                .isEqualTo("millrace:falsefalsefalsefalse millrace_owner:falsefalsefalsefalse");
        assertThatThrownBy(() -> Sql.run(server.serving(), "create table mine (x int)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void the_owner_grants_to_the_group_and_hands_functions_to_the_lookup_role() throws SQLException {
        Sql.run(
                server.owner(),
                "create table given (x int)",
                "insert into given values (7)",
                "grant select on given to millrace_app",
                "grant select on given to millrace_lookup",
                "create function seen() returns int language sql security definer set search_path = ''"
                        + " as 'select x from public.given'",
                "alter function seen() owner to millrace_lookup",
                // A later migration replaces it although another role owns it.
                "create or replace function seen() returns int language sql security definer set search_path = ''"
                        + " as 'select x + 1 from public.given'");

        assertThat(Sql.value(server.serving(), "select x from given")).isEqualTo("7");
        assertThat(Sql.value(server.serving(), "select seen()")).isEqualTo("8");
        assertThatThrownBy(() -> Sql.run(server.serving(), "insert into given values (1)"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void databases_are_made_copied_kept_replaced_and_dropped() throws SQLException {
        server.createDatabase("model");
        server.createDatabase("model");
        Sql.run(
                server.owner("model"),
                "create table t (x int)",
                "insert into t values (1)",
                "grant all on t to millrace_app");

        server.createDatabaseFromTemplate("copy", "model", EmbeddedPostgres.Existing.KEEP);
        Sql.run(server.serving("copy"), "insert into t values (2)");
        server.createDatabaseFromTemplate("copy", "model", EmbeddedPostgres.Existing.KEEP);
        assertThat(Sql.value(server.serving("copy"), "select count(*) from t")).isEqualTo("2");
        assertThat(Sql.value(server.owner("model"), "select count(*) from t")).isEqualTo("1");

        try (var open = server.serving("copy").connect()) {
            server.createDatabaseFromTemplate("copy", "model", EmbeddedPostgres.Existing.REPLACE);
            assertThat(open.isClosed()).isFalse();
        }
        assertThat(Sql.value(server.owner("copy"), "select count(*) from t")).isEqualTo("1");

        server.dropDatabase("copy");
        server.dropDatabase("copy");
        assertThat(server.databaseExists("copy")).isFalse();
        assertThat(server.databaseExists("model")).isTrue();
    }

    @Test
    void a_copy_of_a_template_that_is_not_there_says_so() {
        assertThatThrownBy(() -> server.createDatabaseFromTemplate("orphan", "nowhere", EmbeddedPostgres.Existing.KEEP))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining("copy the database nowhere to orphan")
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> server.createDatabase("a\"; drop")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_look_from_outside_finds_the_running_server() throws IOException {
        var report = EmbeddedPostgres.look(folder.resolve("home"));

        assertThat(report.running()).isTrue();
        assertThat(report.owner()).contains(server.owner());
        assertThat(report.dataFolder()).isEqualTo(folder.resolve("home/data").toRealPath());
        assertThat(EmbeddedPostgres.look(folder.resolve("nothing")).running()).isFalse();
    }
}
