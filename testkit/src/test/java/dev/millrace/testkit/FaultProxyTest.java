package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final TestTemplate TEMPLATE = TestDatabase.template("lost", dataSource -> {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table notes (text text not null)");
            statement.execute("grant select, insert on notes to millrace_app");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    });

    private final TestDatabase database = TEMPLATE.fresh();
    private final FaultProxy proxy = FaultProxy.before(database.appAddress());

    @AfterEach
    void close() {
        proxy.close();
        database.close();
    }

    @Test
    void the_answer_to_a_commit_is_lost_and_what_was_committed_is_there() throws SQLException {
        try (Connection connection = proxy.address().connect()) {
            connection.setAutoCommit(false);
            insert(connection, "kept");
            var commits = new AtomicInteger();
            proxy.loseCommits(() -> commits.incrementAndGet() == 1);

            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }

        assertThat(proxy.lostCommits()).isEqualTo(1);
        assertThat(notes()).isEqualTo(1);
        try (Connection again = proxy.address().connect()) {
            insert(again, "passes");
        }
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void connections_that_are_cut_fail_and_new_ones_pass() throws SQLException {
        try (Connection connection = proxy.address().connect()) {
            proxy.cutAll();

            assertThatThrownBy(() -> insert(connection, "lost")).isInstanceOf(SQLException.class);
        }
        try (Connection again = proxy.address().connect()) {
            insert(again, "passes");
        }
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void a_frozen_connection_looks_open_and_answers_nothing_until_it_thaws() throws Exception {
        try (Connection connection = proxy.address().connect()) {
            proxy.freeze();
            var waiting = CompletableFuture.runAsync(() -> {
                try {
                    insert(connection, "late");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(notes()).isZero();
            assertThat(waiting).isNotDone();

            proxy.thaw();

            waiting.get(20, TimeUnit.SECONDS);
            assertThat(notes()).isEqualTo(1);
        }
    }

    private static void insert(Connection connection, String text) throws SQLException {
        try (var statement = connection.prepareStatement("insert into notes values (?)")) {
            statement.setString(1, text);
            statement.executeUpdate();
        }
    }

    private long notes() throws SQLException {
        try (var connection = database.owner().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from notes")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
