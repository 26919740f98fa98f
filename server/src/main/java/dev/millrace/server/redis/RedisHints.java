package dev.millrace.server.redis;

import dev.millrace.engine.HintChannel;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hints by publish and subscribe, which spares the database's connections and its one queue of notifications. */
public final class RedisHints implements HintChannel {
    private static final String CHANNEL = "millrace:hints";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(RedisHints.class);

    private final Redis redis;
    private final CountDownLatch closed = new CountDownLatch(1);

    public RedisHints(Redis redis) {
        this.redis = redis;
    }

    @Override
    public void send(String hint) {
        redis.shared().sync().publish(CHANNEL, hint);
    }

    /** The connection, once made, subscribes again by itself whenever it was lost. */
    @Override
    public void listen(Ear ear) {
        Thread.ofPlatform().name("millrace-redis-hints").daemon().start(() -> {
            while (!isSubscribed(ear) && !isClosedAfterPause()) {
                log.debug("Redis is not there yet");
            }
        });
    }

    private boolean isSubscribed(Ear ear) {
        try {
            StatefulRedisPubSubConnection<String, String> connection = redis.subscribing();
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String hint) {
                    ear.heard(hint);
                }

                @Override
                public void subscribed(String channel, long count) {
                    ear.missed();
                }
            });
            connection.sync().subscribe(CHANNEL);
            return true;
        } catch (RedisException e) {
            log.warn("hints of other nodes are not heard, for Redis cannot be reached ({})", e.getMessage());
            return false;
        }
    }

    private boolean isClosedAfterPause() {
        try {
            return closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
