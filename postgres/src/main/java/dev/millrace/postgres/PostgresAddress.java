package dev.millrace.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where one database is, and as whom to sign in. Safe to print: it holds the place of the password, not the password.
 *
 * @param host name or address
 * @param port TCP port, 1 to 65535
 * @param database name of the database
 * @param user name of the role
 * @param passwordFile file whose first line is the password, readable by its owner only
 */
public record PostgresAddress(String host, int port, String database, String user, Path passwordFile) {

    /** The URL without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /**
     * The password, read anew from its file on each call.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the password of '" + user + "' from " + passwordFile, e);
        }
    }

    /** A connection of its own, outside any pool; the caller closes it. */
    public Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password());
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection(jdbcUrl(), properties);
    }
}
