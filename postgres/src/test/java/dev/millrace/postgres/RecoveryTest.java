package dev.millrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of what an earlier one left behind. */
class RecoveryTest {
    private static final Options OPTIONS = Options.standard().withBinaries(EmbeddedPostgresTest.BINARIES);

    @TempDir
    Path folder;

    Path home;

    @BeforeEach
    void prepare() throws IOException {
        home = folder.resolve("home");
        PreparedHome.copyTo(home);
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(home, OPTIONS);
    }

    private ServerProcess startProcess() throws IOException {
        return ServerProcess.start(
                List.of(),
                System.getProperty("java.class.path"),
                home,
                EmbeddedPostgresTest.BINARIES,
                folder.resolve("server.out"));
    }

    private Path pidFile() {
        return home.resolve("data/postmaster.pid");
    }

    private List<Long> living() throws IOException {
        return new Processes(Home.in(home), new RunAs.Same()).living();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile()).getFirst());
    }

    private static void insert(PostgresAddress owner) throws SQLException {
        Sql.run(owner, "create table if not exists kept (x int)", "insert into kept values (1)");
    }

    private static String rows(EmbeddedPostgres server) throws SQLException {
        return Sql.value(server.owner(), "select count(*) from kept");
    }

    @Test
    void a_restart_keeps_data_port_and_passwords() throws SQLException {
        PostgresAddress before;
        String password;
        try (var server = start()) {
            before = server.serving();
            password = before.password();
            insert(server.owner());
        }

        try (var server = start()) {
            assertThat(rows(server)).isEqualTo("1");
            assertThat(server.serving()).isEqualTo(before);
            assertThat(server.serving().password()).isEqualTo(password);
        }
    }

    @Test
    void a_closed_server_leaves_no_process_and_closes_twice() throws IOException {
        var server = start();

        server.close();
        server.close();

        assertThat(living()).isEmpty();
        assertThat(EmbeddedPostgres.look(home).running()).isFalse();
    }

    @Test
    void an_interrupted_thread_closes_it_too() throws IOException {
        var server = start();

        Thread.currentThread().interrupt();
        server.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(living()).isEmpty();
    }

    @Test
    void the_orphan_of_a_killed_server_is_stopped_and_its_commits_are_there() throws Exception {
        var killed = startProcess();
        killed.awaitReady();
        var orphan = postmaster();
        var owner = EmbeddedPostgres.look(home).owner().orElseThrow();
        insert(owner);
        try (var busy = owner.connect();
                var statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("insert into kept values (2)");
            killed.kill();
            assertThat(ProcessHandle.of(orphan)).as("the orphan lives on").isPresent();

            try (var server = start()) {
                assertThat(rows(server)).isEqualTo("1");
                assertThat(postmaster()).isNotEqualTo(orphan);
                assertThat(living()).doesNotContain(orphan);
            }
        }
    }

    @Test
    void an_orphan_can_be_stopped_without_a_new_start() throws Exception {
        var killed = startProcess();
        killed.awaitReady();
        killed.kill();

        EmbeddedPostgres.stopOrphan(home, OPTIONS);

        assertThat(EmbeddedPostgres.look(home).running()).isFalse();
    }

    @Test
    void a_killed_postmaster_loses_no_commit() throws Exception {
        try (var server = start()) {
            insert(server.owner());
            var pid = postmaster();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            Awaitility.await().until(() -> !EmbeddedPostgres.look(home).running());
            assertThat(pidFile()).exists();
        }

        try (var server = start()) {
            assertThat(rows(server)).isEqualTo("1");
        }
    }

    @Test
    void a_child_that_outlives_its_postmaster_is_ended_before_a_new_one_starts() throws Exception {
        var killed = startProcess();
        killed.awaitReady();
        var owner = EmbeddedPostgres.look(home).owner().orElseThrow();
        insert(owner);
        try (var busy = owner.connect();
                var statement = busy.createStatement()) {
            var pid = Long.parseLong(Sql.value(owner, "select pg_backend_pid()"));
            assertThat(pid).isPositive();
            var endless = Thread.ofVirtual().start(() -> {
                try {
                    // Computes without waiting, so it does not notice that its postmaster is gone.
                    statement.execute("select count(*) from generate_series(1, 1000000000000)");
                } catch (SQLException expected) {
                    assertThat(expected.getSQLState()).isNotEmpty();
                }
            });
            Awaitility.await()
                    .until(() -> Sql.value(
                                    owner,
                                    "select count(*) from pg_stat_activity where state = 'active'"
                                            + " and query like '%1000000000000%' and pid <> pg_backend_pid()")
                            .equals("1"));
            killed.kill();
            ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();

            try (var server = start()) {
                assertThat(rows(server)).isEqualTo("1");
            }
            endless.join(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_stale_pid_file_of_a_dead_process_is_removed() throws Exception {
        try (var server = start()) {
            insert(server.owner());
        }
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        writePid(gone.pid());

        try (var server = start()) {
            assertThat(rows(server)).isEqualTo("1");
        }
    }

    @Test
    void a_pid_file_whose_number_another_program_has_now_is_removed_and_that_program_lives() throws Exception {
        try (var server = start()) {
            insert(server.owner());
        }
        var other = new ProcessBuilder("sleep", "300").start();
        writePid(other.pid());

        try (var server = start()) {
            assertThat(rows(server)).isEqualTo("1");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    private void writePid(long pid) throws IOException {
        Files.writeString(pidFile(), pid + "\n" + home.resolve("data") + "\n1700000000\n5432\n\n127.0.0.1\n");
    }

    @Test
    void a_torn_first_start_is_made_anew() throws Exception {
        Files.delete(home.resolve("initdb.ok"));
        Home.deleteTree(home.resolve("data/pg_wal"));
        Files.delete(home.resolve("data/postmaster.opts"));
        Home.deleteTree(largestDatabase());

        try (var server = start()) {
            assertThat(Sql.value(server.serving(), "select 1")).isEqualTo("1");
        }
    }

    /** The database "millrace", which a torn initdb would not have. */
    private Path largestDatabase() throws IOException {
        try (var databases = Files.list(home.resolve("data/base"))) {
            return databases
                    .filter(path -> path.getFileName().toString().length() > 1)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void data_without_our_marker_is_never_wiped() throws Exception {
        Files.delete(home.resolve("initdb.ok"));

        assertThatThrownBy(this::start)
                .isInstanceOf(DataFolderRefused.class)
                .hasMessageContaining("a server has run on it")
                .hasMessageContaining("It was not touched");
        Files.delete(home.resolve("data/postmaster.opts"));
        assertThatThrownBy(this::start)
                .isInstanceOf(DataFolderRefused.class)
                .hasMessageContaining("which a fresh one has not");

        Files.writeString(home.resolve("initdb.ok"), "");
        try (var server = start()) {
            assertThat(server.databaseExists("millrace")).isTrue();
        }
    }

    @Test
    void a_folder_with_other_peoples_files_is_never_wiped() throws Exception {
        home = folder.resolve("other");
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data/thesis.txt"), "years of work");

        assertThatThrownBy(this::start).isInstanceOf(DataFolderRefused.class).hasMessageContaining("no PG_VERSION");
        assertThat(home.resolve("data/thesis.txt")).exists();
    }

    @Test
    void a_lost_data_folder_is_not_replaced_by_an_empty_one() throws Exception {
        Home.deleteTree(home.resolve("data"));

        assertThatThrownBy(this::start).isInstanceOf(DataFolderRefused.class).hasMessageContaining("backup");
    }

    @Test
    void lost_password_files_of_the_sign_ins_are_made_anew_that_of_the_superuser_is_asked_for() throws Exception {
        Files.delete(home.resolve("millrace.password"));
        try (var server = start()) {
            assertThat(Sql.value(server.serving(), "select current_user")).isEqualTo("millrace");
        }
        Files.delete(home.resolve("postgres.password"));

        assertThatThrownBy(this::start)
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining("postgres.password is missing");
        assertThat(EmbeddedPostgres.look(home).running()).isFalse();
    }

    @Test
    void a_port_that_another_program_took_is_replaced() throws Exception {
        int before;
        try (var server = start()) {
            before = server.owner().port();
        }
        try (var taken = new ServerSocket(before, 1, InetAddress.getLoopbackAddress());
                var server = start()) {
            assertThat(server.owner().port()).isNotEqualTo(taken.getLocalPort());
            assertThat(Files.readString(home.resolve("postgres.port")).strip())
                    .isEqualTo(String.valueOf(server.owner().port()));
        }
    }

    @Test
    void a_server_that_cannot_start_shows_its_log() throws Exception {
        Files.writeString(home.resolve("data/postgresql.auto.conf"), "shared_preload_libraries = 'no_such_library'\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining("no_such_library")
                .hasMessageContaining("postgres.log");
        Files.writeString(home.resolve("data/postgresql.auto.conf"), "");
        start().close();
    }

    @Test
    void half_unpacked_binaries_are_unpacked_again() throws Exception {
        var own = Options.forTests();
        Files.createDirectories(home.resolve("unpacking-1/bin"));
        EmbeddedPostgres.start(home, own).close();
        Path unpacked;
        try (var entries = Files.list(home)) {
            unpacked = entries.filter(path -> Files.exists(path.resolve("bin/postgres")))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(unpacked.resolve("bin/initdb"), "");

        EmbeddedPostgres.start(home, own).close();

        assertThat(Files.size(unpacked.resolve("bin/initdb"))).isPositive();
        try (var entries = Files.list(home)) {
            assertThat(entries.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.contains("unpacking"));
        }
    }

    @Test
    void a_path_with_spaces_and_apostrophes_works_one_that_the_shell_would_change_is_refused() throws SQLException {
        home = folder.resolve("it's a home (ä)");
        try (var server = start()) {
            assertThat(Sql.value(server.serving(), "select 1")).isEqualTo("1");
        }
        home = folder.resolve("costs $HOME");

        assertThatThrownBy(this::start).isInstanceOf(PostgresUnavailable.class).hasMessageContaining("MILLRACE_HOME");
    }
}
