package dev.millrace.server.wiring;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the database answers: part of being ready, not of being alive, for a restart would not mend it. */
@Component("databaseHealthIndicator")
public class DatabaseHealth implements HealthIndicator {
    private static final int SECONDS_MOST = 2;

    private final Pools pools;

    public DatabaseHealth(Pools pools) {
        this.pools = pools;
    }

    @Override
    public Health health() {
        try (Connection connection = pools.serving().getConnection()) {
            return connection.isValid(SECONDS_MOST)
                    ? Health.up().build()
                    : Health.down().build();
        } catch (SQLException e) {
            return Health.down().build();
        }
    }
}
