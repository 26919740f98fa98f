package dev.millrace.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What every session of a node asks of PostgreSQL. The engine is not right without it: a client that dies without a word
 * leaves a session behind that keeps its row locks, {@code skip locked} passes over those rows, and the end of a lease
 * helps nobody as long as the row is not seen.
 */
public final class SessionLimitRows {
    /** In the unit in which PostgreSQL keeps each: milliseconds, seconds for the two times of the keep-alives. */
    private static final Map<String, Long> LIMITS = new TreeMap<>(Map.of(
            "statement_timeout", 30_000L,
            "lock_timeout", 5_000L,
            "idle_in_transaction_session_timeout", 10_000L,
            "client_connection_check_interval", 5_000L,
            "tcp_keepalives_idle", 10L,
            "tcp_keepalives_interval", 5L,
            "tcp_keepalives_count", 3L));

    private SessionLimitRows() {}

    /** The limits as the value of the driver's property {@code options}. */
    public static String options() {
        return LIMITS.entrySet().stream()
                .map(limit -> "-c " + limit.getKey() + "=" + limit.getValue())
                .collect(Collectors.joining(" "));
    }

    private static final String ACTUAL = """
            select name, setting from pg_settings where name = any(?)""";

    /**
     * What the session keeps instead, for each limit that it does not keep: a pooler between us and the database may
     * drop what a session asks for when it begins.
     *
     * @return sentences, empty if all is well
     */
    public static List<String> broken(Connection connection) throws SQLException {
        Map<String, Long> actual = new LinkedHashMap<>();
        try (var statement = connection.prepareStatement(ACTUAL)) {
            statement.setArray(
                    1, connection.createArrayOf("text", LIMITS.keySet().toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    actual.put(rows.getString("name"), rows.getLong("setting"));
                }
            }
        }
        return LIMITS.entrySet().stream()
                .filter(limit -> !limit.getValue().equals(actual.get(limit.getKey())))
                .map(limit -> "expected " + limit.getKey() + " to be " + limit.getValue() + ", but the session has "
                        + actual.get(limit.getKey()))
                .toList();
    }
}
