package dev.millrace.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Engine;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.HintChannel;
import dev.millrace.engine.Json;
import dev.millrace.engine.Limits;
import dev.millrace.engine.RetentionSettings;
import dev.millrace.engine.Saved;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.server.Outside;
import dev.millrace.server.Settings;
import dev.millrace.server.Settings.External;
import dev.millrace.server.Settings.NodeRole;
import dev.millrace.server.Settings.SignIn;
import dev.millrace.server.redis.EventStream;
import dev.millrace.server.redis.Redis;
import dev.millrace.server.redis.RedisHints;
import dev.millrace.testkit.TestDatabase;
import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node with a real Redis beside it. */
class RedisTest {
    private static final String WORKFLOW = """
            workflow:
              name: told
              trigger: { event: test.happened }
              steps:
                - { id: note, action: core.set, config: { values: { amount: "{{ trigger.amount }}" } } }
            """;

    @TempDir
    static Path folder;

    private static RedisServer server;
    private static TestDatabase database;
    private static Pools pools;
    private static Node node;
    private static Engine engine;
    private static UUID tenant;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    @BeforeAll
    static void start() {
        server = new RedisServer(folder);
        database = TestDatabase.template("redis", owner -> {}).fresh();
        Settings settings = new Settings(
                0,
                folder,
                Optional.of(new External(
                        database.appAddress().jdbcUrl(),
                        signIn(database.appAddress()),
                        Optional.of(signIn(database.ownerAddress())))),
                "millrace",
                NodeRole.ALL,
                true,
                "127.0.0.1",
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                Limits.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(server.url()),
                RetentionSettings.USUAL,
                Outside.NONE);
        Database at = Database.open(settings);
        at.migrate();
        pools = Pools.open(at);
        node = Node.assemble(settings, pools);
        Seeding.ofDemo(node);
        engine = node.engine();
        engine.eventTypes()
                .register(new EventType(
                        "test.happened",
                        "procurement",
                        "Something happened.",
                        Shape.of(Field.required("amount", Scalar.DECIMAL, "How much"))));
        tenant = node.erp().members().companyBySlug("acme").orElseThrow();
        Saved saved = engine.run(
                tenant, tx -> engine.definitions().save(tx, WORKFLOW, Optional.of(true), "person", Actor.SYSTEM));
        assertThat(saved).isInstanceOf(Saved.Done.class);
        node.start();
        client = RedisClient.create(server.url());
        redis = client.connect().sync();
    }

    @AfterAll
    static void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        node.close();
        pools.close();
        database.close();
        server.close();
    }

    private static SignIn signIn(PostgresAddress address) {
        return new SignIn(address.user(), address.password());
    }

    private static Map<String, String> event(String id, String payload) {
        return Map.of("tenant", "acme", "event", "test.happened", "event_id", id, "payload", payload);
    }

    private static long executionsOf(String eventId) {
        return engine.run(
                tenant,
                tx -> tx.handle()
                        .createQuery("""
                                select count(*) from workflow_executions
                                 where tenant_id = :tenant and event_id = :event and status = 'completed'""")
                        .bind("tenant", tenant)
                        .bind("event", eventId)
                        .mapTo(Long.class)
                        .one());
    }

    private static long pending() {
        return redis.xpending(EventStream.KEY, EventStream.GROUP).getCount();
    }

    @Test
    void an_event_of_the_stream_starts_what_it_should_and_what_happens_is_published_in_order() {
        var published = new CopyOnWriteArrayList<JsonNode>();
        var subscriber = client.connectPubSub();
        subscriber.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                published.add(Json.read(message));
            }
        });
        subscriber.sync().subscribe("millrace:" + tenant + ":lifecycle");

        redis.xadd(EventStream.KEY, event("first", "{\"amount\": 12.50}"));
        redis.xadd(EventStream.KEY, event("first", "{\"amount\": 12.50}"));
        await().atMost(Duration.ofSeconds(30)).until(() -> executionsOf("first") == 1 && pending() == 0);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> published.stream()
                        .anyMatch(e -> e.path("type").asString("").equals("workflow.completed")));

        assertThat(executionsOf("first")).isEqualTo(1);
        List<JsonNode> ours = published.stream()
                .filter(e -> e.path("workflow_name").asString("").equals("told"))
                .toList();
        assertThat(ours)
                .extracting(e -> e.path("type").asString(""))
                .containsSubsequence("workflow.started", "workflow.step_completed", "workflow.completed");
        assertThat(ours).extracting(e -> e.path("seq").asLong()).isSorted();
        assertThat(ours.getFirst().propertyNames())
                .containsExactly(
                        "seq",
                        "type",
                        "at",
                        "execution_id",
                        "workflow_name",
                        "step_id",
                        "approval_id",
                        "status",
                        "document");
    }

    @Test
    void what_can_never_be_taken_is_put_aside_with_the_reason() {
        redis.xadd(EventStream.KEY, Map.of("tenant", "acme", "event", "test.happened", "payload", "{}"));
        redis.xadd(EventStream.KEY, event("no-json", "{amount"));
        redis.xadd(EventStream.KEY, event("no-fit", "{\"amount\": \"much\"}"));
        redis.xadd(
                EventStream.KEY,
                Map.of("tenant", "nowhere", "event", "test.happened", "event_id", "x", "payload", "{\"amount\": 1}"));
        redis.xadd(
                EventStream.KEY,
                Map.of("tenant", "acme", "event", "no.such", "event_id", "y", "payload", "{\"amount\": 1}"));

        await().atMost(Duration.ofSeconds(30)).until(() -> refusals().size() >= 5 && pending() == 0);

        assertThat(refusals())
                .extracting(e -> e.getBody().getOrDefault("reason", ""))
                .anyMatch(r -> r.contains("event_id is missing"))
                .anyMatch(r -> r.contains("JSON object"))
                .anyMatch(r -> r.contains("payload_invalid"))
                .anyMatch(r -> r.contains("There is no company 'nowhere'"))
                .anyMatch(r -> r.contains("unknown_event"));
        assertThat(refusals()).allMatch(e -> e.getBody().containsKey("entry"));
    }

    private static List<StreamMessage<String, String>> refusals() {
        return redis.xrange(EventStream.REFUSED, Range.unbounded());
    }

    @Test
    @SuppressWarnings("unchecked") // an array of one
    void what_a_dead_node_had_in_hand_is_taken_over() {
        // A stream of its own, so that the node of the other tests does not take the entry first.
        try (var own = new RedisServer(folder.resolve("own").toFile().mkdir() ? folder.resolve("own") : folder);
                var link = new Redis(own.url())) {
            RedisClient bystander = RedisClient.create(own.url());
            RedisCommands<String, String> commands = bystander.connect().sync();
            commands.xgroupCreate(
                    StreamOffset.from(EventStream.KEY, "0"), EventStream.GROUP, XGroupCreateArgs.Builder.mkstream());
            commands.xadd(EventStream.KEY, event("orphan", "{\"amount\": 3}"));
            assertThat(commands.xreadgroup(
                            Consumer.from(EventStream.GROUP, "dead"), StreamOffset.lastConsumed(EventStream.KEY)))
                    .hasSize(1);

            try (var heir =
                    new EventStream(link, engine, node.erp().members()::company, "heir", Duration.ofMillis(50))) {
                heir.start();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> executionsOf("orphan") == 1
                                && commands.xpending(EventStream.KEY, EventStream.GROUP)
                                                .getCount()
                                        == 0);
            }
            bystander.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Test
    void while_redis_is_away_the_engine_goes_on_and_the_relay_later_goes_on_from_its_cursor() {
        server.kill();
        engine.run(
                tenant,
                tx -> engine.events()
                        .publish(
                                tx,
                                new NewEvent(
                                        Optional.of("without redis"),
                                        "test.happened",
                                        Json.readObject("{\"amount\": 1}"),
                                        Actor.SYSTEM,
                                        0)));
        await().atMost(Duration.ofSeconds(30)).until(() -> executionsOf("without redis") == 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> head() > cursor());

        server.startAgain();

        await().atMost(Duration.ofSeconds(60)).until(() -> head() == cursor());
        redis.xadd(EventStream.KEY, event("back", "{\"amount\": 2}"));
        await().atMost(Duration.ofSeconds(60)).until(() -> executionsOf("back") == 1);
    }

    private static long head() {
        return engine.run(tenant, tx -> engine.journal().head(tx)).seq();
    }

    private static long cursor() {
        return engine.run(
                tenant,
                tx -> tx.handle()
                        .createQuery("select seq from journal_cursors where tenant_id = :t and follower = 'redis'")
                        .bind("t", tenant)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    @Test
    void hints_go_from_node_to_node() {
        var heard = new CopyOnWriteArrayList<String>();
        try (var one = new Redis(server.url());
                var other = new Redis(server.url());
                var ear = new RedisHints(one);
                var mouth = new RedisHints(other)) {
            ear.listen(new HintChannel.Ear() {
                @Override
                public void heard(String hint) {
                    heard.add(hint);
                }

                @Override
                public void missed() {
                    heard.add("missed");
                }
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> heard.contains("missed"));
            mouth.send("look");
            await().atMost(Duration.ofSeconds(30)).until(() -> heard.contains("look"));
        }
    }
}
