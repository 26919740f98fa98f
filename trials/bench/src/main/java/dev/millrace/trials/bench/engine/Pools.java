package dev.millrace.trials.bench.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.postgres.PostgresAddress;

/** Connections for whoever is measured: all of the same kind. */
final class Pools {
    private Pools() {}

    static HikariDataSource open(PostgresAddress database, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }
}
