package dev.millrace.trials.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.SessionLimitRows;

/** Pools as a node of the product has them. */
final class Connections {
    private Connections() {}

    /**
     * @param name what the session calls itself: the watch of a trial knows nodes by it
     * @param limits whether sessions have the product's limits
     */
    static HikariDataSource pool(String url, String user, String password, String name, int size, boolean limits) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", name);
        // On the server of a trial commits are not durable by default; what a session says holds.
        config.addDataSourceProperty(
                "options", "-c synchronous_commit=on" + (limits ? " " + SessionLimitRows.options() : ""));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "60");
        return new HikariDataSource(config);
    }
}
