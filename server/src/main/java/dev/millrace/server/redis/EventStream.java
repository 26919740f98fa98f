package dev.millrace.server.redis;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Engine;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.EventRefused;
import dev.millrace.engine.Json;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes events from the Redis Stream {@code millrace:events}, as one of the group {@code millrace}. An entry is
 * acknowledged after its event has been committed; the event's id makes a second delivery harmless. What can never be
 * taken goes to {@code millrace:events:refused} with the reason. What a node that died had in hand is claimed by another.
 */
public final class EventStream implements AutoCloseable {
    public static final String KEY = "millrace:events";
    public static final String REFUSED = "millrace:events:refused";
    public static final String GROUP = "millrace";

    private static final int ENTRIES_MAX = 50;
    private static final long REFUSED_MAX = 10_000;

    /** How long one wait for entries takes. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final Redis redis;
    private final Engine engine;
    private final Function<String, Optional<UUID>> tenantBySlug;
    private final String consumer;
    private final Duration claimAfter;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param consumer this node's name in the group
     * @param claimAfter how long an entry may be in the hands of a node before another takes it over
     */
    public EventStream(
            Redis redis,
            Engine engine,
            Function<String, Optional<UUID>> tenantBySlug,
            String consumer,
            Duration claimAfter) {
        this.redis = redis;
        this.engine = engine;
        this.tenantBySlug = tenantBySlug;
        this.consumer = consumer;
        this.claimAfter = claimAfter;
    }

    public void start() {
        Thread.ofPlatform().name("millrace-redis-events").daemon().start(this::readUntilClosed);
    }

    private void readUntilClosed() {
        do {
            try (StatefulRedisConnection<String, String> connection = redis.own()) {
                makeGroup(connection.sync());
                while (!isClosed()) {
                    readOnce(connection.sync());
                }
            } catch (RedisException e) {
                if (!isClosed()) {
                    log.warn("no events come from Redis ({}); trying again in {} s", e.getMessage(), PAUSE.toSeconds());
                }
            }
        } while (!isClosedAfterPause());
    }

    private static void makeGroup(RedisCommands<String, String> commands) {
        try {
            commands.xgroupCreate(StreamOffset.from(KEY, "0"), GROUP, XGroupCreateArgs.Builder.mkstream());
        } catch (RedisBusyException e) {
            log.debug("the group is there already");
        }
    }

    @SuppressWarnings("unchecked") // an array of one
    private void readOnce(RedisCommands<String, String> commands) {
        Consumer<String> self = Consumer.from(GROUP, consumer);
        commands.xautoclaim(
                        KEY,
                        XAutoClaimArgs.Builder.<String>xautoclaim(self, claimAfter, "0-0")
                                .count(ENTRIES_MAX))
                .getMessages()
                .forEach(entry -> take(commands, entry));
        List<StreamMessage<String, String>> entries = commands.xreadgroup(
                self, XReadArgs.Builder.block(WAIT.toMillis()).count(ENTRIES_MAX), StreamOffset.lastConsumed(KEY));
        entries.forEach(entry -> take(commands, entry));
    }

    /** What this reader of an entry made of it. */
    private sealed interface Taken {
        record Published() implements Taken {}

        record Refused(String reason) implements Taken {}

        /** The database did not take it now: it stays in hand and is claimed again. */
        record Later() implements Taken {}
    }

    private void take(RedisCommands<String, String> commands, StreamMessage<String, String> entry) {
        switch (taken(entry)) {
            case Taken.Published published -> commands.xack(KEY, GROUP, entry.getId());
            case Taken.Refused refused -> {
                var fields = new HashMap<>(body(entry));
                fields.put("entry", entry.getId());
                fields.put("reason", refused.reason());
                commands.xadd(REFUSED, XAddArgs.Builder.maxlen(REFUSED_MAX).approximateTrimming(), fields);
                commands.xack(KEY, GROUP, entry.getId());
                log.warn("entry {} of {} was refused: {}", entry.getId(), KEY, refused.reason());
            }
            case Taken.Later later -> log.debug("entry {} is tried again", entry.getId());
        }
    }

    private static Map<String, String> body(StreamMessage<String, String> entry) {
        return Optional.ofNullable(entry.getBody()).orElse(Map.of());
    }

    private Taken taken(StreamMessage<String, String> entry) {
        Map<String, String> body = body(entry);
        for (String field : List.of("tenant", "event", "event_id", "payload")) {
            if (body.getOrDefault(field, "").isBlank()) {
                return new Taken.Refused(
                        "Expected the fields tenant, event, event_id and payload, but " + field + " is missing");
            }
        }
        if (body.getOrDefault("event_id", "").length() > 200) {
            return new Taken.Refused("Expected an event_id of 200 characters at most");
        }
        Optional<ObjectNode> payload = payload(body.getOrDefault("payload", ""));
        if (payload.isEmpty()) {
            return new Taken.Refused("Expected payload to be a JSON object");
        }
        try {
            Optional<UUID> tenant = tenant(body.getOrDefault("tenant", ""));
            if (tenant.isEmpty()) {
                return new Taken.Refused("There is no company '" + body.get("tenant") + "'");
            }
            publish(tenant.get(), body, payload.get());
            return new Taken.Published();
        } catch (EventRefused e) {
            return new Taken.Refused(e.code() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            log.warn("entry {} of {} could not be taken; it is tried again", entry.getId(), KEY, e);
            return new Taken.Later();
        }
    }

    private void publish(UUID tenant, Map<String, String> body, ObjectNode payload) {
        var by = new Actor("system", Optional.of("redis"), "Redis");
        var event =
                new NewEvent(Optional.ofNullable(body.get("event_id")), body.getOrDefault("event", ""), payload, by, 0);
        engine.run(tenant, tx -> engine.events().publish(tx, event));
    }

    private Optional<UUID> tenant(String slugOrId) {
        return tenantBySlug.apply(slugOrId);
    }

    private static Optional<ObjectNode> payload(String text) {
        try {
            return Json.read(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
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
