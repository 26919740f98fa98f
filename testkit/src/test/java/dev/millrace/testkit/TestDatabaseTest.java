package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDatabaseTest {
    private static final AtomicInteger MIGRATIONS = new AtomicInteger();
    private static final TestTemplate TEMPLATE = TestDatabase.template("notes", dataSource -> {
        MIGRATIONS.incrementAndGet();
        run(dataSource, "create table notes (text text not null)");
        run(dataSource, "grant select, insert on notes to millrace_app");
        run(dataSource, "insert into notes values ('from the template')");
    });

    private static void run(DataSource dataSource, String sql) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long notes(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from notes")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void a_template_is_migrated_once_and_copies_are_apart() throws SQLException {
        try (var one = TEMPLATE.fresh();
                var other = TEMPLATE.fresh()) {
            run(one.app(), "insert into notes values ('mine')");

            assertThat(notes(one.owner())).isEqualTo(2);
            assertThat(notes(other.app())).isEqualTo(1);
            assertThat(notes(TEMPLATE.shared().app())).isEqualTo(1);
            assertThat(MIGRATIONS).hasValue(1);
        }
    }

    @Test
    void the_shared_copy_is_the_same_for_all_and_a_template_of_the_same_name_too() {
        var again = TestDatabase.template("notes", dataSource -> MIGRATIONS.incrementAndGet());

        assertThat(again.shared()).isSameAs(TEMPLATE.shared());
        assertThat(MIGRATIONS).hasValue(1);
    }

    @Test
    void the_application_has_only_what_was_granted() {
        assertThatThrownBy(() -> run(TEMPLATE.shared().app(), "delete from notes"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void a_closed_copy_is_gone_even_with_somebody_connected() throws SQLException {
        var copy = TEMPLATE.fresh(new TestDatabase.Pools(1, 1));
        var name = copy.name();
        try (var outside = copy.appAddress().connect()) {
            copy.close();
            copy.close();

            assertThat(TestCluster.server().databaseExists(name)).isFalse();
            assertThat(outside.isValid(5)).isFalse();
        }
    }

    @Test
    void copies_can_be_taken_at_the_same_time() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var names =
                    threads
                            .invokeAll(IntStream.range(0, 6)
                                    .<Callable<String>>mapToObj(i -> this::takeOne)
                                    .toList())
                            .stream()
                            .map(future -> future.resultNow())
                            .collect(Collectors.toSet());

            assertThat(names).hasSize(6);
        }
    }

    private String takeOne() throws SQLException {
        try (var copy = TEMPLATE.fresh()) {
            assertThat(notes(copy.app())).isEqualTo(1);
            return copy.name();
        }
    }

    @Test
    void a_migration_that_failed_is_tried_anew_on_an_empty_database() throws SQLException {
        var tries = new AtomicInteger();
        var template = TestDatabase.template("flaky", dataSource -> {
            run(dataSource, "create table notes (text text)");
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time");
            }
        });

        assertThatThrownBy(template::fresh).hasMessage("the first time");
        try (var copy = template.fresh()) {
            assertThat(notes(copy.owner())).isZero();
        }
    }

    @Test
    void the_folder_of_a_dead_build_is_swept_and_that_of_a_living_one_is_not(@TempDir Path parent) throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        var abandoned =
                Files.createDirectory(parent.resolve("millrace-testkit-cluster-" + dead.pid() + "-1700000000000"));
        var living = Files.createDirectory(
                parent.resolve("millrace-testkit-cluster-" + TestCluster.mark(ProcessHandle.current())));
        var foreign = Files.createDirectory(parent.resolve("classes"));

        assertThat(TestCluster.sweep(parent)).containsExactly(abandoned);

        assertThat(abandoned).doesNotExist();
        assertThat(living).exists();
        assertThat(foreign).exists();
    }
}
