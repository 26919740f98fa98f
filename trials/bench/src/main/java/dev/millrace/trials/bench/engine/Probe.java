package dev.millrace.trials.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.postgres.PostgresAddress;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads the counters from whose differences the figures come. */
final class Probe implements AutoCloseable {
    // Does not take a transaction id itself.
    private static final String COUNTERS = """
            select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as transactions,
                   pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as wal""";

    private final Connection connection;
    private final ServerCpu serverCpu;
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Probe(PostgresAddress database, ServerCpu serverCpu) throws SQLException {
        this.connection = database.connect();
        this.serverCpu = serverCpu;
    }

    Usage read() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNTERS)) {
            row.next();
            return new Usage(
                    System.nanoTime() / 1e9,
                    process.getProcessCpuTime() / 1e9,
                    serverCpu.seconds(),
                    row.getLong("transactions"),
                    row.getLong("wal"));
        }
    }

    // Also what failed and was rolled back, and reading ones.
    private static final String QUERIES = """
            select xact_commit + xact_rollback from pg_stat_database where datname = current_database()""";

    /** Transactions of this database so far, the reading ones too; told by sessions at the latest a second later. */
    long allTransactions() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERIES)) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Tells the planner what the tables hold by now, as autovacuum does within the first minute of a server's life: what
     * was planned on empty tables is planned anew.
     */
    void analyze() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze");
        }
    }

    /** Asks, as a node does at every poll, which companies have due work. */
    void dueTenants(int times) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int n = 0; n < times; n++) {
                statement.executeQuery("select millrace_due_tenants()").close();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
