package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.testkit.FaultProxy.Direction;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final TestTemplate TEMPLATE = TestDatabase.template("proxied", owner -> {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table notes (text text not null); grant select, insert on notes to millrace_app");
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

    private Connection connect(String name, String... more) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", proxy.address().user());
        properties.setProperty("password", proxy.address().password());
        properties.setProperty("ApplicationName", name);
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return DriverManager.getConnection(proxy.address().jdbcUrl(), properties);
    }

    private static void note(Connection connection, String text) throws SQLException {
        try (var insert = connection.prepareStatement("insert into notes values (?)")) {
            insert.setString(1, text);
            insert.executeUpdate();
        }
    }

    private long count(String sql) {
        try (var connection = database.owner().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long notes() {
        return count("select count(*) from notes");
    }

    @Test
    void passes_on_what_is_said_also_at_length() throws SQLException {
        try (var connection = connect("plain");
                var statement = connection.prepareStatement("select repeat(?, 3)")) {
            statement.setString(1, "x".repeat(1_000_000));
            try (var rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getString(1)).hasSize(3_000_000);
            }
        }
    }

    @Test
    void a_connection_cut_at_the_answer_to_COMMIT_leaves_the_rows_and_a_client_who_does_not_know() throws SQLException {
        try (var connection = connect("cut")) {
            connection.setAutoCommit(false);
            note(connection, "there");
            var commits = new AtomicInteger();
            proxy.loseCommits(() -> commits.incrementAndGet() == 1);

            assertThatThrownBy(connection::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        }

        assertThat(proxy.lostCommits()).isEqualTo(1);
        assertThat(notes()).isEqualTo(1);
        try (var connection = connect("after")) {
            connection.setAutoCommit(false);
            note(connection, "too");
            connection.commit();
        }
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void a_rollback_is_never_cut() throws SQLException {
        try (var connection = connect("cut")) {
            connection.setAutoCommit(false);
            note(connection, "gone");
            proxy.loseCommits(() -> true);
            connection.rollback();
        }

        assertThat(proxy.lostCommits()).isZero();
    }

    @Test
    void the_server_is_not_told_of_a_close_that_is_swallowed_and_its_own_time_out_ends_the_session()
            throws SQLException {
        var connection = connect("half-open", "options", "-c idle_in_transaction_session_timeout=500");
        connection.setAutoCommit(false);
        note(connection, "never seen");
        proxy.swallowCloses(true);
        long open = count("select count(*) from pg_stat_activity where application_name = 'half-open'");
        connection.abort(Runnable::run);

        await().until(() -> proxy.closesSwallowed() == 1);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> count("select count(*) from pg_stat_activity where application_name = 'half-open'") == 0);
        assertThat(open).isEqualTo(1);
        assertThat(notes()).isZero();
    }

    @Test
    void a_frozen_connection_looks_open_and_answers_nothing_until_it_thaws() throws Exception {
        try (var connection = connect("stalled")) {
            proxy.freeze();
            var inserting = CompletableFuture.runAsync(() -> {
                try {
                    note(connection, "late");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(notes()).isZero();

            proxy.thaw();
            inserting.join();
        }

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void a_client_whose_answers_are_lost_is_saved_by_its_time_out() throws SQLException {
        try (var connection = connect("deaf", "socketTimeout", "1")) {
            proxy.blackhole(Direction.TO_CLIENT, true);

            assertThatThrownBy(() -> note(connection, "unknown")).isInstanceOf(SQLException.class);
        }

        await().until(() -> notes() == 1);
    }

    @Test
    void cutting_all_breaks_what_is_open_and_nothing_that_comes_later() throws SQLException {
        try (var connection = connect("reset")) {
            proxy.cutAll();

            assertThatThrownBy(() -> note(connection, "no")).isInstanceOf(SQLException.class);
        }
        try (var connection = connect("later")) {
            note(connection, "yes");
        }

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void delay_is_added_to_what_goes_in_its_direction() throws SQLException {
        try (var connection = connect("slow")) {
            proxy.delay(Direction.TO_SERVER, Duration.ofMillis(300));
            long began = System.nanoTime();
            note(connection, "slowly");

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }
}
