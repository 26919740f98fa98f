package dev.millrace.erp.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.NewOrder;
import dev.millrace.erp.Sight;
import dev.millrace.erp.Step;
import dev.millrace.erp.World;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A filter finds the rows for which its expression holds when it is evaluated on each of them. */
class FilterProperties {
    private static final int ORDERS = 40;
    private static final int FILTERS = 1_500;
    private static final List<String> PLACES = List.of("A", "a", "Ä", "zz", "Süd 'O'", "😀", "Z-1", "2026-12-01");

    private final World world = new World();
    private final Step step = new Step(world);
    private final Instant now = world.run(Tx::now);

    @Test
    void random_filters_over_random_rows_find_what_the_expression_says() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        Actor requester = world.requester();
        for (int i = 0; i < ORDERS; i++) {
            NewOrder order = order(random);
            World.created(world.run(tx -> world.orders.create(tx, order, requester)));
        }
        ObjectNode trigger = Json.object();
        trigger.putNull("nothing");
        step.seeing(new Sight(Map.of("trigger", trigger), now));
        List<Map<String, JsonNode>> rows = list(Optional.empty()).items();
        assertThat(rows).hasSize(ORDERS);
        List<Field> fields = dev.millrace.erp.procurement.ProcurementEntityRows.ALL
                .getFirst()
                .entity()
                .fields()
                .fields();
        var filters = new RandomFilters(random, fields, rows);
        int hits = 0;
        for (int i = 0; i < FILTERS; i++) {
            String where = filters.next();
            Set<String> expected = new HashSet<>();
            Set<String> unanswered = new HashSet<>();
            for (Map<String, JsonNode> row : rows) {
                String id = row.getOrDefault("id", trigger).asString();
                try {
                    if (parsed(where).holds(new Sight(Map.of("trigger", trigger, "row", Json.tree(row)), now))) {
                        expected.add(id);
                    }
                } catch (EvaluationException lacksAValue) {
                    unanswered.add(id);
                }
            }
            if (unanswered.size() == rows.size()) {
                continue;
            }
            Set<String> found = new HashSet<>();
            ListEntities.Output output = list(Optional.of(where));
            output.items()
                    .forEach(row -> found.add(row.getOrDefault("id", trigger).asString()));
            assertThat(output.total()).as(where).isEqualTo(found.size());
            found.removeAll(unanswered);
            assertThat(found).as("seed %d: %s", seed, where).isEqualTo(expected);
            hits += expected.isEmpty() ? 0 : 1;
        }
        assertThat(hits).as("filters that find something").isGreaterThan(FILTERS / 5);
    }

    private NewOrder order(Random random) {
        var lines = new ArrayList<NewOrder.Line>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            lines.add(NewOrder.Line.of(
                    random.nextBoolean() ? "BOLT" : "FREIGHT",
                    BigDecimal.valueOf(1 + random.nextInt(5)),
                    BigDecimal.valueOf(random.nextInt(400), 2),
                    new BigDecimal("18")));
        }
        return new NewOrder(
                Optional.empty(),
                Optional.of(random.nextBoolean() ? "S1" : "S2"),
                Optional.empty(),
                Optional.empty(),
                maybe(random, PLACES.get(random.nextInt(PLACES.size()))),
                maybe(random, PLACES.get(random.nextInt(PLACES.size()))),
                maybe(random, LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1 + random.nextInt(30))),
                lines);
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value);
    }

    private static Expression parsed(String text) {
        return switch (Expressions.expression(text)) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad ->
                throw new AssertionError(text + ": " + bad.faults().getFirst());
        };
    }

    private ListEntities.Output list(Optional<String> where) {
        var config = new ListEntities.Config(
                "purchase_order", where, Optional.empty(), Optional.of(1_000), Optional.empty());
        return world.run(tx -> step.action(ListEntities.class).run(tx, step, config));
    }
}
