package dev.millrace.engine.execution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows sent as arrays by one statement, in the two forms in which it is sent: prepared on a connection under a name and executed with
 * everything in its text, so that it can stand among others in one round trip; or with parameters of the driver.
 */
final class ArrayRows {
    private final String name;
    private final String prepare;
    private final String bound;

    /**
     * @param sql with {@code %s} where a parameter stands
     * @param types of the parameters in that order, with spaces between them
     */
    ArrayRows(String name, String sql, String types) {
        List<String> each = List.of(types.split(" "));
        this.name = name;
        this.prepare = "prepare " + name + " (" + String.join(", ", each) + ") as "
                + sql.formatted(IntStream.rangeClosed(1, each.size())
                        .mapToObj(n -> "$" + n)
                        .toArray());
        this.bound = sql.formatted(each.stream().map(type -> "?::" + type).toArray());
    }

    /** Run once for each connection on which {@link #execute} is sent. */
    String prepare() {
        return prepare;
    }

    /** @param values of the parameters, as text */
    String execute(List<String> values) {
        var text = new StringBuilder("execute ").append(name);
        String before = " ('";
        for (String value : values) {
            // Standard-conforming strings: a quote is the only character that means something.
            text.append(before).append(value.replace("'", "''")).append('\'');
            before = ", '";
        }
        return text.append(')').toString();
    }

    /**
     * Its first result is nothing, the second what the statement gives.
     *
     * @param values of the parameters, as text
     * @param behind sent behind the statement in the same round trip; may be empty
     */
    PreparedStatement bind(Connection connection, List<String> values, String behind) throws SQLException {
        // Planned for the very values it would be planned anew each time, which takes longer than all the rest.
        PreparedStatement statement =
                connection.prepareStatement("set local plan_cache_mode = force_generic_plan; " + bound + behind);
        int next = 1;
        for (String value : values) {
            statement.setString(next++, value);
        }
        return statement;
    }
}
