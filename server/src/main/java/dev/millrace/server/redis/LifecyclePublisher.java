package dev.millrace.server.redis;

import dev.millrace.engine.Json;
import dev.millrace.engine.LifecycleEvent;
import dev.millrace.engine.LifecycleListener;
import java.util.UUID;

/** Publishes lifecycle events on {@code millrace:<tenant id>:lifecycle}, as JSON. */
public final class LifecyclePublisher implements LifecycleListener {
    /** Names its cursor in the database. */
    public static final String NAME = "redis";

    private final Redis redis;

    public LifecyclePublisher(Redis redis) {
        this.redis = redis;
    }

    @Override
    public void on(UUID tenant, LifecycleEvent event) {
        redis.shared().sync().publish("millrace:" + tenant + ":lifecycle", Json.write(Json.tree(event)));
    }
}
