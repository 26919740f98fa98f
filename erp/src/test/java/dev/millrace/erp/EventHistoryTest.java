package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import dev.millrace.erp.EventWitnesses.Fact;
import dev.millrace.erp.EventWitnesses.Facts;
import dev.millrace.language.EventType;
import dev.millrace.language.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * After any history, some of it rolled back, an event is stored if and only if what it tells of happened, and it is what its
 * type declares.
 */
class EventHistoryTest {
    /** In each every act happens once, in any order. */
    private static final int ROUNDS = 11;

    private static final Acme ACME = new Acme("""
            workflow:
              name: idle
              trigger: { manual: true }
              steps:
                - { id: nothing, action: core.set, config: { values: { a: 1 } } }
            """);

    private static final String FACTS = EventWitnesses.facts().entrySet().stream()
            .map(fact -> "select '" + fact.getKey() + "' as name, f.* from (" + fact.getValue()
                    + ") as f (key, told, state)")
            .collect(Collectors.joining(" union all "));

    private final long seed = new Random().nextLong();
    private final Scene scene = new Scene(ACME, new Random(seed));

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void an_event_is_there_if_and_only_if_what_it_tells_of_happened() {
        List<Scene.Act> acts = Stream.of(
                        new PurchaseActs(scene).all(),
                        new SupplierInvoiceActs(scene).all(),
                        new StockActs(scene).all(),
                        new MoneyActs(scene).all(),
                        new SalesActs(scene).all(),
                        new TaxActs(scene).all(),
                        new DayActs(scene).all())
                .flatMap(List::stream)
                .toList();
        tightenLimits();
        var due = new HashMap<String, List<String>>();
        Facts before = facts();
        for (int round = 0; round < ROUNDS; round++) {
            for (Scene.Act act : scene.shuffled(acts)) {
                act.happen(scene.onceIn(3));
                Facts after = facts();
                addDue(due, before, after);
                before = after;
            }
        }

        Map<String, List<String>> told = told();
        SoftAssertions.assertSoftly(all -> EventWitnesses.ALL
                .keySet()
                .forEach(event -> all.assertThat(told.getOrDefault(event, List.of()))
                        .as("seed %d: %s", seed, event)
                        .containsExactlyInAnyOrderElementsOf(due.getOrDefault(event, List.of()))));
        // Enough of it happened to say so.
        assertThat(told.keySet()).as("seed %d", seed).hasSizeGreaterThan(28);
    }

    @Test
    void every_event_has_a_witness() {
        assertThat(EventWitnesses.ALL.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ErpCatalogue.events().stream().map(EventType::name).toList());
    }

    /** The first customers go over theirs with an order or two. */
    private void tightenLimits() {
        ACME.run(tx -> tx.handle()
                .createUpdate("update customers set credit_limit = 2500 where tenant_id = :tenant and code <= 'C0002'")
                .bind("tenant", ACME.tenant)
                .execute());
    }

    private static Facts facts() {
        var facts = new HashMap<String, Map<String, Fact>>();
        ACME.run(tx -> {
            tx.handle()
                    .createQuery(FACTS)
                    .bind("tenant", ACME.tenant)
                    .map((row, context) -> facts.computeIfAbsent(row.getString("name"), name -> new HashMap<>())
                            .put(
                                    row.getString("key"),
                                    new Fact(row.getString("told"), String.valueOf(row.getString("state")))))
                    .list();
            return 0;
        });
        return new Facts(facts);
    }

    private static void addDue(Map<String, List<String>> due, Facts before, Facts after) {
        EventWitnesses.ALL.forEach((event, witness) -> witness.due(event, before, after)
                .forEach(fact ->
                        due.computeIfAbsent(event, name -> new ArrayList<>()).add(fact.told())));
    }

    /** What the stored events tell of, each event held against its type. */
    private static Map<String, List<String>> told() {
        Map<String, EventType> types =
                ErpCatalogue.events().stream().collect(Collectors.toMap(EventType::name, Function.identity()));
        var told = new HashMap<String, List<String>>();
        List<JsonNode> events = ACME.run(tx -> tx.handle()
                .createQuery("""
                        select json_build_object('name', name, 'payload', payload)::text from workflow_events
                         where tenant_id = :tenant
                        """)
                .bind("tenant", ACME.tenant)
                .map((row, context) -> Json.read(row.getString(1)))
                .list());
        for (JsonNode event : events) {
            String name = event.path("name").asString();
            ObjectNode payload = (ObjectNode) event.path("payload");
            EventType type = Optional.ofNullable(types.get(name)).orElseThrow();
            assertThat(Shapes.fit(payload, type.payload()).misfits()).as(name).isEmpty();
            Optional.ofNullable(EventWitnesses.ALL.get(name))
                    .ifPresent(witness ->
                            told.computeIfAbsent(name, key -> new ArrayList<>()).add(witness.told(payload)));
        }
        return told;
    }
}
