package dev.millrace.erp.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.ErpCatalogue;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Sight;
import dev.millrace.erp.Step;
import dev.millrace.erp.World;
import dev.millrace.language.EntityType;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Field;
import dev.millrace.language.Shapes;
import dev.millrace.language.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows as definitions read them, and remarks about them. */
class EntityActionsTest {
    private final World world = new World();
    private final Step step = new Step(world);

    private ListEntities.Output list(
            String entity, String where, Optional<String> orderBy, int limit, List<String> fields) {
        var config = new ListEntities.Config(
                entity,
                Optional.of(where),
                orderBy,
                Optional.of(limit),
                Optional.of(fields).filter(names -> !names.isEmpty()));
        return world.run(tx -> step.action(ListEntities.class).run(tx, step, config));
    }

    private static JsonNode at(Map<String, JsonNode> row, String field) {
        return Optional.ofNullable(row.get(field)).orElseThrow();
    }

    private static String code(Runnable run) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, run::run);
        assertThat(failure).isNotNull();
        return failure.code();
    }

    private static List<EntityType> everyEntity() {
        return ErpCatalogue.ENTITIES;
    }

    private void switchOn(String... modules) {
        world.run(tx -> {
            for (String module : modules) {
                world.erp.modules(world.trail()).set(tx, module, true, Actor.SYSTEM);
            }
            return 0;
        });
    }

    @Test
    void the_largest_come_first_the_rest_is_counted_and_summed() {
        world.draft();
        world.draft();
        world.draft();

        ListEntities.Output found = list(
                "purchase_order",
                "row.status == 'draft'",
                Optional.of("-po_number"),
                2,
                List.of("po_number", "total_amount"));

        assertThat(found.items())
                .extracting(row -> at(row, "po_number").asString())
                .satisfies(numbers -> assertThat(numbers.get(0)).endsWith("00003"))
                .satisfies(numbers -> assertThat(numbers.get(1)).endsWith("00002"));
        assertThat(found.items().getFirst().keySet()).containsExactlyInAnyOrder("po_number", "total_amount");
        assertThat(at(found.items().getFirst(), "total_amount").asString()).isEqualTo("29500.00");
        assertThat(found.count()).isEqualTo(2);
        assertThat(found.total()).isEqualTo(3);
        assertThat(at(found.sums(), "total_amount").decimalValue()).isEqualByComparingTo("88500");
        ListEntities.Output none = list("purchase_order", "row.status == 'closed'", Optional.empty(), 2, List.of());
        assertThat(none.total()).isZero();
        assertThat(at(none.sums(), "total_amount").decimalValue()).isZero();
    }

    @Test
    void what_is_in_several_currencies_has_no_sum_but_in_the_companys() {
        world.draft();
        PurchaseOrder abroad = world.draft();
        world.sql(
                "update purchase_orders set currency = 'USD', rate = 80, amount_base = total * 80"
                        + " where tenant_id = :tenant and id = :id",
                abroad.id());

        Map<String, JsonNode> mixed = list("purchase_order", "true", Optional.empty(), 1, List.of("po_number"))
                .sums();
        assertThat(mixed).containsOnlyKeys("amount_base");
        assertThat(at(mixed, "amount_base").decimalValue()).isEqualByComparingTo("2389500");
        step.seeing(new Sight(Map.of("sums", Json.tree(mixed)), Instant.parse("2026-11-30T06:30:00Z")));
        assertThatThrownBy(() -> step.evaluate("sums.total_amount > 500000"))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("sums.total_amount is not there")
                .hasMessageContaining("amount_base");

        Map<String, JsonNode> dollars = list(
                        "purchase_order", "row.currency == 'USD'", Optional.empty(), 1, List.of("po_number"))
                .sums();
        assertThat(at(dollars, "total_amount").decimalValue()).isEqualByComparingTo("29500");
    }

    @Test
    void amounts_that_no_row_has_come_to_nothing() {
        switchOn("finance");
        Actor requester = world.requester();
        world.run(tx -> world.erp
                .expenseClaims(world.events, world.documents, world.trail())
                .submit(
                        tx,
                        new ExpenseClaim.Submission(
                                Optional.empty(),
                                Optional.empty(),
                                "travel",
                                Optional.empty(),
                                Optional.empty(),
                                List.of(new ExpenseClaim.NewLine(
                                        LocalDate.of(2026, 11, 3), "Taxi", new BigDecimal("120"), true))),
                        requester));

        Map<String, JsonNode> sums =
                list("expense_claim", "true", Optional.empty(), 1, List.of()).sums();
        assertThat(at(sums, "amount").decimalValue()).isEqualByComparingTo("120");
        assertThat(at(sums, "approved_amount").asString()).isEqualTo("0.00");
    }

    @ParameterizedTest
    @MethodSource("everyEntity")
    void every_entity_is_read_with_the_fields_that_it_declares(EntityType entity) {
        switchOn("finance", "inventory", "sales");
        PurchaseOrder pending = world.pending();

        ListEntities.Output found = list(entity.name(), "true", Optional.empty(), 100, List.of());

        for (Map<String, JsonNode> row : found.items()) {
            ObjectNode tree = Json.object();
            row.forEach(tree::set);
            assertThat(Shapes.fit(tree, entity.fields()).misfits()).isEmpty();
        }
        for (Field field : entity.fields().fields()) {
            if (!(field.type() instanceof ValueType.ListOf)) {
                list(entity.name(), "row." + field.name() + " is not none", Optional.of(field.name()), 1, List.of());
            }
        }
        assertThat(pending.status()).isEqualTo(PurchaseOrder.Status.PENDING_APPROVAL);
    }

    @Test
    void what_is_compared_with_is_never_read_as_sql() {
        world.draft();
        ObjectNode trigger = Json.object().put("text", "x' or 'a' = 'a").put("quoted", "\"; drop table items; --");
        step.seeing(new Sight(Map.of("trigger", trigger), Instant.parse("2026-11-30T06:30:00Z")));

        assertThat(list("purchase_order", "row.po_number == trigger.text", Optional.empty(), 10, List.of())
                        .total())
                .isZero();
        assertThat(list("purchase_order", "row.po_number in [trigger.quoted]", Optional.empty(), 10, List.of())
                        .total())
                .isZero();
        assertThat(list("purchase_order", "row.po_number != trigger.quoted", Optional.empty(), 10, List.of())
                        .total())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "row.total_amount * 2 > 5",
                "row.po_number | upper == 'A'",
                "row.po_number | length > 3",
                "row.nothing == 1",
                "row.lines == []",
                "row.total_amount > 'abc'",
                "row.needed_by < none",
                "row.status in 'draft'",
                "row.created_at | add_days(1) < now",
                "row.needed_by | add_working_days(2) < now",
                "row.line_count if row.supplier_is_new else 1",
                "row == 1",
                "row.status ==",
                "row.status == trigger.absent"
            })
    void what_a_database_cannot_be_asked_is_refused(String where) {
        assertThat(code(() -> list("purchase_order", where, Optional.empty(), 10, List.of())))
                .isEqualTo("filter_invalid");
    }

    @Test
    void fields_that_are_not_there_are_refused_wherever_they_are_named() {
        assertThat(code(() -> list("purchase_order", "true", Optional.of("nothing"), 10, List.of())))
                .isEqualTo("filter_invalid");
        assertThat(code(() -> list("purchase_order", "true", Optional.of("lines"), 10, List.of())))
                .isEqualTo("filter_invalid");
        assertThat(code(() -> list("purchase_order", "true", Optional.empty(), 10, List.of("id\" from members --"))))
                .isEqualTo("filter_invalid");
    }

    @Test
    void what_the_company_does_not_have_is_not_available() {
        assertThat(code(() -> list("journal", "true", Optional.empty(), 10, List.of())))
                .isEqualTo("entity_not_available");
        assertThat(code(() -> list("spaceship", "true", Optional.empty(), 10, List.of())))
                .isEqualTo("entity_not_available");
        switchOn("finance");
        assertThat(list("gst_period", "true", Optional.empty(), 10, List.of()).total())
                .isZero();
        world.run(tx -> tx.handle()
                .createUpdate("update companies set tax_regime = 'none', gstin = null where tenant_id = :tenant")
                .bind("tenant", world.tenant)
                .execute());
        assertThat(code(() -> list("gst_period", "true", Optional.empty(), 10, List.of())))
                .isEqualTo("entity_not_available");
    }

    @Test
    void another_companys_rows_are_not_there() {
        PurchaseOrder theirs = new World().draft();

        assertThat(list("purchase_order", "true", Optional.empty(), 10, List.of())
                        .total())
                .isZero();
        assertThat(code(() -> get("purchase_order", Optional.of(theirs.id()), Optional.empty())))
                .isEqualTo("not_found");
    }

    private Map<String, JsonNode> get(String entity, Optional<UUID> id, Optional<String> number) {
        var config = new GetEntity.Config(entity, id, number);
        return world.run(tx -> step.action(GetEntity.class).run(tx, step, config))
                .row();
    }

    @Test
    void one_is_read_by_its_id_or_its_number() {
        PurchaseOrder order = world.draft();

        assertThat(at(get("purchase_order", Optional.of(order.id()), Optional.empty()), "po_number")
                        .asString())
                .isEqualTo(order.number());
        assertThat(at(get("purchase_order", Optional.empty(), Optional.of(order.number())), "id")
                        .asString())
                .isEqualTo(order.id().toString());
        assertThat(at(get("supplier", Optional.empty(), Optional.of("S2")), "name")
                        .asString())
                .isEqualTo("Supplier S2");
        assertThat(code(() -> get("purchase_order", Optional.empty(), Optional.of("PO/0"))))
                .isEqualTo("not_found");
        assertThat(code(() -> get("stock", Optional.empty(), Optional.of("BOLT"))))
                .isEqualTo("entity_not_available");
        switchOn("inventory");
        assertThat(code(() -> get("stock", Optional.of(order.id()), Optional.empty())))
                .isEqualTo("not_found");
    }

    private UUID note(String entity, UUID id) {
        var config = new WriteNote.Config(entity, id, "Rung up the supplier");
        return world.run(tx -> step.action(WriteNote.class).run(tx, step, config))
                .journalId();
    }

    @Test
    void a_remark_is_in_the_journal_under_the_id_that_is_given() {
        PurchaseOrder order = world.draft();

        UUID entry = note("purchase_order", order.id());

        assertThat(entry).isEqualTo(new UUID(8, 1));
        assertThat(step.told).containsExactly("journal document.noted - -: Rung up the supplier");
    }

    @Test
    void a_remark_about_what_is_not_there_is_refused() {
        assertThat(code(() -> note("purchase_order", new UUID(1, 2)))).isEqualTo("not_found");
        assertThat(code(() -> note("journal", new UUID(1, 2)))).isEqualTo("entity_not_available");
        assertThat(step.told).isEmpty();
    }
}
