package dev.millrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL refuses root; these ways round it are tried only when the build itself runs as root. */
class RunAsTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static void assumeRootCan(RunAs way) throws Exception {
        assumeTrue(RunAs.isRoot(), "not root");
        var ended = new ProcessBuilder(way.wrap(List.of("true"))).start().waitFor();
        assumeTrue(ended == 0, "this machine does not allow " + way);
    }

    /** Where any user may go, which is not so for a checkout in root's own folder. */
    private void open() throws IOException {
        for (var path : List.of(shared, folder)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    private EmbeddedPostgres start(RunAs way) {
        var options = Options.forTests().withBinaries(shared.resolve("binaries"));
        return EmbeddedPostgres.start(
                folder.resolve("home"),
                options,
                (home, binaries) -> RunAs.firstThatWorks(List.of(way), home, binaries));
    }

    private Object ownerOf(String path) throws IOException {
        return Files.getAttribute(folder.resolve(path), "unix:uid");
    }

    @Test
    void root_runs_it_in_a_user_namespace_and_keeps_the_files() throws Exception {
        assumeRootCan(new RunAs.Namespace());

        try (var server = start(new RunAs.Namespace())) {
            assertThat(Sql.value(server.serving(), "select 1")).isEqualTo("1");
            assertThat(ownerOf("home/data/base")).isEqualTo(0);
        }
    }

    @Test
    void root_runs_it_as_nobody_who_cannot_read_the_passwords() throws Exception {
        assumeRootCan(new RunAs.Nobody());
        open();

        try (var server = start(new RunAs.Nobody())) {
            assertThat(Sql.value(server.serving(), "select 1")).isEqualTo("1");
            assertThat(ownerOf("home/data/base")).isEqualTo(RunAs.NOBODY);
            assertThat(ownerOf("home/postgres.password")).isEqualTo(0);
        }
    }

    @Test
    void the_way_may_change_from_one_start_to_the_next() throws Exception {
        assumeRootCan(new RunAs.Nobody());
        assumeRootCan(new RunAs.Namespace());
        open();

        for (var way : List.of(new RunAs.Namespace(), new RunAs.Nobody(), new RunAs.Namespace())) {
            try (var server = start(way)) {
                Sql.run(server.owner(), "create table if not exists t (x int)", "insert into t values (1)");
            }
        }
        try (var server = start(new RunAs.Nobody())) {
            assertThat(Sql.value(server.owner(), "select count(*) from t")).isEqualTo("3");
        }
    }

    @Test
    void where_no_way_works_the_message_says_what_was_tried_and_what_to_do() {
        record Forbidden() implements RunAs {
            @Override
            public List<String> wrap(List<String> command) {
                return List.of("sh", "-c", "echo unshare failed: Operation not permitted; exit 1");
            }
        }

        assertThatThrownBy(() -> start(new Forbidden()))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining("unshare failed: Operation not permitted")
                .hasMessageContaining("ordinary user")
                .hasMessageContaining("MILLRACE_DATABASE_URL");
    }

    @Test
    void an_ordinary_user_runs_it_directly() throws Exception {
        assumeRootCan(new RunAs.Nobody());
        open();
        var words = new RunAs.Nobody().wrap(List.of("true"));
        var output = Files.createFile(folder.resolve("server.out"));

        var server = ServerProcess.start(
                words.subList(0, words.size() - 1),
                readableClassPath(),
                folder.resolve("home"),
                shared.resolve("binaries"),
                output);
        server.awaitReady();

        assertThat(ownerOf("home/data/base")).isEqualTo(RunAs.NOBODY);
        assertThat(ownerOf("home/postgres.password")).isEqualTo(RunAs.NOBODY);
        assertThat(server.stop()).isZero();
        assertThat(EmbeddedPostgres.look(folder.resolve("home")).running()).isFalse();
    }

    @Test
    void root_who_may_not_look_into_processes_as_in_a_container_still_finds_the_orphan() throws Exception {
        assumeRootCan(new RunAs.Nobody());
        open();
        var prefix = List.of("setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace");
        var killed = startAsNobody(prefix, "first.out");
        killed.awaitReady();
        var owner = EmbeddedPostgres.look(folder.resolve("home")).owner().orElseThrow();
        Sql.run(owner, "create table kept (x int)");
        killed.kill();
        var pid = Long.parseLong(
                Files.readAllLines(folder.resolve("home/data/postmaster.pid")).getFirst());

        var next = startAsNobody(prefix, "next.out");
        next.awaitReady();

        assertThat(next.said()).contains("left PostgreSQL " + pid);
        assertThat(new Processes(Home.in(folder.resolve("home")), new RunAs.Nobody()).living())
                .isNotEmpty()
                .doesNotContain(pid);
        owner = EmbeddedPostgres.look(folder.resolve("home")).owner().orElseThrow();
        assertThat(Sql.value(owner, "select count(*) from kept")).isEqualTo("0");
        assertThat(next.stop()).isZero();
    }

    private ServerProcess startAsNobody(List<String> prefix, String output) throws IOException {
        return ServerProcess.start(
                prefix,
                System.getProperty("java.class.path"),
                folder.resolve("home"),
                shared.resolve("binaries"),
                folder.resolve(output),
                ServerProcess.AS_NOBODY);
    }

    /** The class path copied to where any user may read: root's repository of jars is closed to others. */
    private String readableClassPath() throws IOException {
        var copies = Files.createDirectory(folder.resolve("classes"));
        int number = 0;
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var target = copies.resolve(String.valueOf(number++));
            try (var files = Files.exists(Path.of(entry)) ? Files.walk(Path.of(entry)) : Stream.<Path>of()) {
                for (var file : files.toList()) {
                    Files.copy(
                            file,
                            target.resolve(Path.of(entry).relativize(file)).normalize());
                }
            }
        }
        try (var all = Files.walk(copies)) {
            for (var path : all.toList()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        try (var entries = Files.list(copies)) {
            return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
