package dev.millrace.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The roles that Millrace needs in a database, embedded or somebody else's. {@value #APP} has the rights on tables that
 * migrations grant; {@value #LOOKUP} owns the few functions that read across tenants. Nobody signs in as either.
 */
public final class Roles {
    /** Group of the serving user; migrations grant to it. */
    public static final String APP = "millrace_app";

    /** Owner of the functions that read across tenants; the migrating user is a member, so that it may hand them over. */
    public static final String LOOKUP = "millrace_lookup";

    private static final String NOT_ALLOWED = "42501";

    private Roles() {}

    /** How {@link #prepare} ended. */
    public sealed interface Prepared permits Ready, NoSuchUser, Unfit, NotAllowed {}

    /** All is there. {@code done} are the statements that were missing until now; empty if none was. */
    public record Ready(List<String> done) implements Prepared {}

    /** The serving user does not exist; nothing was changed. */
    public record NoSuchUser(String user) implements Prepared {}

    /** The serving user could pass by row-level security, for these reasons; nothing was changed. */
    public record Unfit(String user, List<String> reasons) implements Prepared {}

    /** The signed-in user may not do it. Somebody who may must run the statements, in this database. */
    public record NotAllowed(String message, List<String> statements) implements Prepared {}

    /**
     * Makes the group roles if they are missing, makes {@code servingUser} a member of {@value #APP} and the signed-in
     * user one of {@value #LOOKUP}, and gives both groups the schema public of the connected database. Changes only what
     * is missing, so it may be called on each start, also by a user without privileges once all is there. Needs
     * PostgreSQL 15 or newer. Joins the caller's transaction; with auto-commit each statement is one of its own.
     *
     * @param privileged signed in as the user that runs the migrations
     * @param servingUser an existing user who is neither superuser nor owner of the database
     * @throws SQLException if the database fails for another reason than a missing right
     */
    public static Prepared prepare(Connection privileged, String servingUser) throws SQLException {
        var reasons = new ArrayList<String>();
        if (!examine(privileged, servingUser, reasons)) {
            return new NoSuchUser(servingUser);
        }
        if (!reasons.isEmpty()) {
            return new Unfit(servingUser, List.copyOf(reasons));
        }
        var migrating = text(privileged, "select current_user");
        var missing = missing(privileged, servingUser, migrating);
        try {
            run(privileged, missing);
        } catch (SQLException e) {
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                return new NotAllowed(String.valueOf(e.getMessage()), missing);
            }
            throw e;
        }
        return new Ready(missing);
    }

    private static boolean examine(Connection connection, String user, List<String> reasons) throws SQLException {
        var sql = """
                select r.rolsuper, r.rolbypassrls, r.oid = d.datdba or r.rolname = current_user as owner
                from pg_roles r, pg_database d
                where r.rolname = ? and d.datname = current_database()
                """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, user);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return false;
                }
                addIf(reasons, rows.getBoolean("rolsuper"), "it is a superuser");
                addIf(reasons, rows.getBoolean("rolbypassrls"), "it has BYPASSRLS");
                addIf(reasons, rows.getBoolean("owner"), "it owns the database or runs the migrations");
                return true;
            }
        }
    }

    /** The statements that are missing until both users have what they need. */
    static List<String> missing(Connection connection, String serving, String migrating) throws SQLException {
        var missing = new ArrayList<String>();
        for (var group : List.of(APP, LOOKUP)) {
            addIf(missing, !exists(connection, group), createGroup(group));
        }
        addIf(missing, !isMember(connection, serving, APP), grant(APP, serving));
        addIf(missing, !isMember(connection, migrating, LOOKUP), grant(LOOKUP, migrating));
        addIf(missing, !mayUsePublic(connection, APP, "usage"), "grant usage on schema public to " + APP);
        // To own a function one must be allowed to create in its schema.
        addIf(
                missing,
                !mayUsePublic(connection, LOOKUP, "create"),
                "grant usage, create on schema public to " + LOOKUP);
        return List.copyOf(missing);
    }

    static void run(Connection connection, List<String> statements) throws SQLException {
        for (var sql : statements) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    static boolean exists(Connection connection, String role) throws SQLException {
        return holds(connection, "select exists (select from pg_roles where rolname = ?)", role);
    }

    /** Two nodes may migrate at once: who comes second finds the role there, which is as well. */
    private static String createGroup(String name) {
        return "do $$ begin create role %s nologin; exception when duplicate_object or unique_violation then null; end $$"
                .formatted(name);
    }

    private static String grant(String group, String user) {
        return "grant " + group + " to " + Names.quoted(user);
    }

    private static boolean isMember(Connection connection, String user, String group) throws SQLException {
        return holds(connection, """
                select exists (
                  select from pg_roles u, pg_roles g
                  where u.rolname = ? and g.rolname = ? and pg_has_role(u.oid, g.oid, 'usage'))
                """, user, group);
    }

    private static boolean mayUsePublic(Connection connection, String role, String right) throws SQLException {
        return holds(
                connection,
                "select exists (select from pg_roles where rolname = ? and has_schema_privilege(oid, 'public', ?))",
                role,
                right);
    }

    private static boolean holds(Connection connection, String question, String... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static String text(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void addIf(List<String> list, boolean condition, String item) {
        if (condition) {
            list.add(item);
        }
    }
}
