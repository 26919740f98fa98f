package dev.millrace.server.wiring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the database says of the session that asks. */
final class SessionRows {
    private static final String ROLE = """
            select r.rolsuper, r.rolbypassrls,
                   exists (select from pg_class c
                            where c.relnamespace = to_regnamespace('public') and c.relkind in ('r', 'p')
                              and pg_has_role(r.oid, c.relowner, 'usage')) as owns
              from pg_roles r
             where r.rolname = current_user""";

    private SessionRows() {}

    /** Why the signed-in role must not serve: row-level security would not hold it. Empty if it may. */
    static List<String> unfitness(Connection connection) throws SQLException {
        var reasons = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(ROLE)) {
            while (rows.next()) {
                add(reasons, rows.getBoolean("rolsuper"), "it is a superuser");
                add(reasons, rows.getBoolean("rolbypassrls"), "it has BYPASSRLS");
                add(reasons, rows.getBoolean("owns") && !rows.getBoolean("rolsuper"), "it owns the tables");
            }
        }
        return reasons;
    }

    private static void add(List<String> reasons, boolean holds, String reason) {
        if (holds) {
            reasons.add(reason);
        }
    }
}
