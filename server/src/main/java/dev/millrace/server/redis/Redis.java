package dev.millrace.server.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The connection to Redis. It may be away when the server starts and at any time later: who asks meanwhile gets an
 * exception and tries again, and once it is back the connection comes back by itself.
 */
public final class Redis implements AutoCloseable {
    /** No command takes longer; so none holds up who waits for it. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);

    private final ClientResources resources;
    private final RedisClient client;
    private Optional<StatefulRedisConnection<String, String>> shared = Optional.empty();

    /** @param url {@code redis://:password@host:6379/0}, {@code rediss://…} with TLS */
    public Redis(String url) {
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(ANSWER_MAX);
        this.client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_MAX)
                        .keepAlive(true)
                        .build())
                .build());
    }

    /**
     * For short commands of any thread.
     *
     * @throws io.lettuce.core.RedisException it cannot be reached
     */
    synchronized StatefulRedisConnection<String, String> shared() {
        if (shared.isEmpty()) {
            shared = Optional.of(client.connect());
        }
        return shared.get();
    }

    /**
     * For who waits for something there.
     *
     * @throws io.lettuce.core.RedisException it cannot be reached
     */
    StatefulRedisConnection<String, String> own() {
        return client.connect();
    }

    /** @throws io.lettuce.core.RedisException it cannot be reached */
    StatefulRedisPubSubConnection<String, String> subscribing() {
        return client.connectPubSub();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}
