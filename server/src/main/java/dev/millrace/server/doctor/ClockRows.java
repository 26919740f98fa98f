package dev.millrace.server.doctor;

import dev.millrace.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The clocks of a database. */
final class ClockRows {
    private ClockRows() {}

    /** @param demoAhead zero where no demo moved it, and where there is no such clock */
    record Times(Instant now, Duration demoAhead) {}

    private static final String NOW = "select clock_timestamp()";

    private static final String HAS_CLOCK = "select to_regprocedure('millrace_now()') is not null";

    private static final String AHEAD = "select extract(epoch from millrace_now() - statement_timestamp())::bigint";

    static Times read(PostgresAddress address) throws SQLException {
        try (Connection connection = address.connect();
                var statement = connection.createStatement()) {
            Instant now;
            try (var row = statement.executeQuery(NOW)) {
                row.next();
                now = row.getObject(1, OffsetDateTime.class).toInstant();
            }
            boolean hasClock;
            try (var row = statement.executeQuery(HAS_CLOCK)) {
                row.next();
                hasClock = row.getBoolean(1);
            }
            if (!hasClock) {
                return new Times(now, Duration.ZERO);
            }
            try (var row = statement.executeQuery(AHEAD)) {
                row.next();
                return new Times(now, Duration.ofSeconds(row.getLong(1)));
            }
        }
    }
}
