package dev.millrace.trials.bench.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The least that a durable step can cost without sharing commits: one update and one insert into a journal, in one
 * statement, one round trip and one commit.
 */
final class Floor implements Contestant {
    private static final int ROWS = 1000;

    private static final String TABLES = """
            create table floor_execution (tenant_id uuid not null, id int not null, status int not null, due_at timestamptz,
                version int not null, primary key (tenant_id, id)) with (fillfactor = 85);
            create table floor_journal (tenant_id uuid not null, n bigint generated always as identity, at timestamptz not null,
                execution_id int not null, step text not null, type text not null, data json,
                primary key (tenant_id, n));
            insert into floor_execution
            select '00000000-0000-0000-0000-000000000001', n, 1, null, 0 from generate_series(0, 999) n""";

    private static final String TRANSITION = """
            with moved as (
                update floor_execution set version = version + 1, due_at = now() + interval '30 s'
                 where tenant_id = '00000000-0000-0000-0000-000000000001' and id = ? and status = 1
             returning tenant_id, id, version)
            insert into floor_journal (tenant_id, at, execution_id, step, type, data)
            select tenant_id, now(), id, 's1', 'step.completed', json_build_object('version', version) from moved""";

    private final HikariDataSource pool;

    Floor(PostgresAddress owner, int clients) throws SQLException {
        this.pool = Pools.open(owner, clients);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }

    @Override
    public void start(int number) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(TRANSITION)) {
            statement.setInt(1, ThreadLocalRandom.current().nextInt(ROWS));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Durable when its call returned. */
    @Override
    public void awaitAll(int started) {}

    @Override
    public int steps() {
        return 1;
    }

    @Override
    public void close() {
        pool.close();
    }
}
