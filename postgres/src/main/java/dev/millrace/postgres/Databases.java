package dev.millrace.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** The sign-ins and databases of the embedded server, made by its superuser. */
record Databases(Home home, int port) {
    static final String OWNER = "millrace_owner";
    static final String SERVING = "millrace";
    static final List<String> SIGN_INS = List.of(OWNER, SERVING);

    /** The database exists already; the second is what a race between two gives. */
    private static final Set<String> EXISTS = Set.of("42P04", "23505");

    PostgresAddress address(String database, String user) {
        return new PostgresAddress(Postmaster.HOST, port, database, user, home.passwordOf(user));
    }

    /** The sign-ins, and the one database that is there from the start. */
    void prepare(String database) throws SQLException, IOException {
        try (var connection = superuser("postgres")) {
            for (var user : SIGN_INS) {
                if (!Roles.exists(connection, user)) {
                    Roles.run(
                            connection,
                            List.of("create role " + user
                                    + " login nosuperuser nocreatedb nocreaterole noreplication nobypassrls"));
                }
                ensurePassword(connection, user);
            }
            create(connection, database);
        }
    }

    /** The file is written last: while it is there the role has that password, whenever a start was cut off. */
    private void ensurePassword(Connection connection, String user) throws SQLException, IOException {
        if (Files.exists(home.passwordOf(user))) {
            return;
        }
        var password = Passwords.random();
        // A failed statement is written to the server's log, and this one names the password.
        Roles.run(
                connection,
                List.of(
                        "set log_min_error_statement = panic",
                        "alter role " + user + " password '" + password + "'",
                        "reset log_min_error_statement"));
        Passwords.store(home, user, password);
    }

    void create(String name) throws SQLException {
        try (var connection = superuser("postgres")) {
            create(connection, name);
        }
    }

    private void create(Connection server, String name) throws SQLException {
        if (!exists(server, name)) {
            createUnlessThere(server, "create database " + name + " owner " + OWNER);
        }
        try (var connection = superuser(name)) {
            Roles.run(connection, List.of("alter schema public owner to " + OWNER));
            Roles.run(connection, Roles.missing(connection, SERVING, OWNER));
        }
    }

    void copy(String name, String template) throws SQLException {
        try (var connection = superuser("postgres")) {
            createUnlessThere(connection, "create database " + name + " template " + template + " owner " + OWNER);
        }
    }

    void drop(String name) throws SQLException {
        try (var connection = superuser("postgres")) {
            Roles.run(connection, List.of("drop database if exists " + name + " with (force)"));
        }
    }

    boolean exists(String name) throws SQLException {
        try (var connection = superuser("postgres")) {
            return exists(connection, name);
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("select from pg_database where datname = ?")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void createUnlessThere(Connection connection, String sql) throws SQLException {
        try {
            Roles.run(connection, List.of(sql));
        } catch (SQLException e) {
            if (!EXISTS.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
        }
    }

    private Connection superuser(String database) throws SQLException {
        return address(database, Passwords.SUPERUSER).connect();
    }
}
