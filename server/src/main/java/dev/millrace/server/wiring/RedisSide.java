package dev.millrace.server.wiring;

import dev.millrace.engine.Engine;
import dev.millrace.engine.HintChannel;
import dev.millrace.erp.Erp;
import dev.millrace.server.redis.EventStream;
import dev.millrace.server.redis.LifecyclePublisher;
import dev.millrace.server.redis.Redis;
import dev.millrace.server.redis.RedisHints;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What this node does with Redis: tells, listens, takes events in. */
final class RedisSide implements AutoCloseable {
    /** A node takes an event in within seconds, or it is dead. */
    private static final Duration CLAIM_AFTER = Duration.ofSeconds(60);

    private final Redis redis;
    private final HintChannel hints;
    private Optional<EventStream> events = Optional.empty();

    RedisSide(String url) {
        this.redis = new Redis(url);
        this.hints = new RedisHints(redis);
    }

    HintChannel hints() {
        return hints;
    }

    /** @param works whether it takes events in: what they start then runs here */
    void attach(Engine engine, Erp erp, UUID node, boolean works) {
        engine.relay(LifecyclePublisher.NAME, new LifecyclePublisher(redis));
        if (works) {
            events = Optional.of(new EventStream(redis, engine, erp.members()::company, node.toString(), CLAIM_AFTER));
        }
    }

    void start() {
        events.ifPresent(EventStream::start);
    }

    void stopReading() {
        events.ifPresent(EventStream::close);
    }

    @Override
    public void close() {
        redis.close();
    }
}
