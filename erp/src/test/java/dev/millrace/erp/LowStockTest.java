package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.Member;
import dev.millrace.erp.MessageTemplate.Approved;
import dev.millrace.erp.MessageTemplate.Text;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.StockMovement.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template {@code low-stock-reorder-alert} on the real engine: what becomes of an item that runs out. */
class LowStockTest {
    private static final Acme ACME =
            new Acme(new SeededTemplates.Seeded("low-stock-reorder-alert", Set.of("inventory")).yaml());

    private final Course course = new Course(ACME);
    private final Stock stock = ACME.erp.stock(ACME.engine.events(), ACME.trail);

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void the_warehouse_is_warned_one_order_is_drafted_and_purchasing_checks_it() {
        StockKey valves = key("VLV-BALL-50");

        takeOut(valves, toTheLevel(valves));
        ExecutionView execution = finished(valves);

        assertThat(execution.outcome()).contains("succeeded");
        PurchaseOrder order = orders(valves).getFirst();
        assertThat(order.status()).isEqualTo(Status.DRAFT);
        assertThat(order.lines().getFirst().quantity()).isEqualByComparingTo("60");
        assertThat(order.requester().name()).isEqualTo("Imran Sheikh");
        assertThat(messages()).anyMatch(body -> body.equals("VLV-BALL-50 in Pune main store: 20 NOS left, level 20"));
        assertThat(tasks()).contains("Check and send " + order.number() + " (60 x VLV-BALL-50)");
    }

    @Test
    void the_next_fall_finds_the_order_that_is_drafted_already() {
        StockKey bearings = key("BRG-6205");
        takeOut(bearings, toTheLevel(bearings));
        finished(bearings);
        put(bearings, "1");

        takeOut(bearings, BigDecimal.ONE);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> finishedOnes(bearings).size() == 2);

        assertThat(orders(bearings)).hasSize(1);
        assertThat(tasks().stream().filter(title -> title.contains("BRG-6205"))).hasSize(1);
    }

    @Test
    void without_a_supplier_purchasing_are_to_find_one() {
        StockKey meters = key("INS-FLOW-DN");
        ACME.run(tx -> tx.handle()
                .createUpdate("update items set preferred_supplier_id = null where tenant_id = :tenant and id = :id")
                .bind("tenant", ACME.tenant)
                .bind("id", meters.item())
                .execute());

        takeOut(meters, toTheLevel(meters));
        ExecutionView execution = finished(meters);

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(orders(meters)).isEmpty();
        assertThat(tasks()).anyMatch(title -> title.startsWith("Find a supplier for INS-FLOW-DN: "));
    }

    @Test
    void a_critical_item_is_told_to_the_procurement_manager_by_whatsapp_and_any_other_is_not() {
        sql("update members set phone = '+919820012345' where tenant_id = :tenant and email = 'procurement@acme.test'");
        putTemplate();
        StockKey critical = key("PNT-SYN-20L");
        sql("update items set is_critical = true where tenant_id = :tenant and code = 'PNT-SYN-20L'");
        StockKey other = key("PMP-CENT-5H");

        takeOut(critical, toTheLevel(critical));
        takeOut(other, toTheLevel(other));

        assertThat(course.step(finished(critical), "alert_critical").status()).isEqualTo("completed");
        assertThat(course.step(finished(other), "alert_critical").skipReason()).contains("condition");
        assertThat(ACME.run(tx -> ACME.erp.inbox().outbox(tx, Optional.empty(), 100)).stream()
                        .filter(message -> message.channel().equals("whatsapp")))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.address()).contains("+919820012345");
                    assertThat(message.template()).contains("stock_critical");
                });
    }

    @Test
    void warnings_that_reach_nobody_do_not_keep_the_order_from_being_drafted() {
        sql("update members set phone = null where tenant_id = :tenant and email = 'procurement@acme.test'");
        sql("update items set is_critical = true where tenant_id = :tenant and code = 'CHM-NAOH-50'");
        StockKey thinner = key("CHM-NAOH-50");
        Actor keeper = ACME.actor("warehouse");
        ACME.appoint("warehouse", false, Permissions.WAREHOUSE_MANAGER);
        try {
            takeOut(keeper, thinner, toTheLevel(thinner));
            ExecutionView execution = finished(thinner);

            assertThat(execution.outcome()).contains("succeeded");
            assertThat(course.step(execution, "alert").status()).isEqualTo("failed");
            assertThat(course.step(execution, "alert_critical").status()).isEqualTo("failed");
            assertThat(orders(thinner)).hasSize(1);
            assertThat(tasks()).anyMatch(title -> title.contains("x CHM-NAOH-50"));
        } finally {
            ACME.appoint("warehouse", true, Permissions.WAREHOUSE_MANAGER);
        }
    }

    private static void putTemplate() {
        Actor admin = ACME.actor("admin");
        ACME.run(tx -> ACME.erp
                .messageTemplates(ACME.trail)
                .put(
                        tx,
                        "stock_critical",
                        new Text(
                                List.of("item", "left", "unit"),
                                Optional.empty(),
                                "{{ item }}: {{ left }} {{ unit }} left",
                                Optional.of(new Approved(
                                        "stock_critical", "en", List.of("{{ item }}", "{{ left }}", "{{ unit }}")))),
                        admin));
    }

    private static void sql(String statement) {
        ACME.run(tx ->
                tx.handle().createUpdate(statement).bind("tenant", tx.tenant()).execute());
    }

    private StockKey key(String code) {
        return ACME.run(tx -> stock.levels(tx, Optional.empty(), false, Stock.After.START, 500)).stream()
                .filter(level -> level.itemCode().equals(code))
                .map(StockLevel::key)
                .findFirst()
                .orElseThrow();
    }

    private BigDecimal toTheLevel(StockKey key) {
        StockLevel level = ACME.run(tx -> stock.level(tx, key)).orElseThrow();
        return level.projected().subtract(level.reorderLevel());
    }

    private void takeOut(StockKey key, BigDecimal quantity) {
        put(key, quantity.negate().toPlainString());
    }

    private void takeOut(Actor keeper, StockKey key, BigDecimal quantity) {
        put(keeper, key, quantity.negate().toPlainString());
    }

    private void put(StockKey key, String quantity) {
        put(ACME.actor("warehouse"), key, quantity);
    }

    private void put(Actor keeper, StockKey key, String quantity) {
        Adjusting adjusting = ACME.run(tx -> stock.adjust(
                tx,
                new Adjustment(key, new BigDecimal(quantity), Reason.COUNT, Optional.empty(), true, Optional.empty()),
                keeper));
        assertThat(adjusting).isInstanceOf(Adjusting.Adjusted.class);
    }

    private ExecutionView finished(StockKey key) {
        await().atMost(Duration.ofSeconds(60)).until(() -> !finishedOnes(key).isEmpty());
        return finishedOnes(key).getFirst();
    }

    private static List<ExecutionView> finishedOnes(StockKey key) {
        return ACME.run(tx -> ACME.engine.executions().list(tx, ExecutionFilter.ALL, Optional.empty(), 100)).stream()
                .filter(execution -> execution.completedAt().isPresent())
                .filter(execution -> execution
                        .trigger()
                        .path("item_id")
                        .asString("")
                        .equals(key.item().toString()))
                .toList();
    }

    private static List<PurchaseOrder> orders(StockKey key) {
        return ACME.run(tx -> ACME.orders.list(tx, Optional.empty(), Optional.empty(), Optional.empty(), 100).stream()
                .flatMap(listed -> ACME.orders.get(tx, listed.header().id()).stream())
                .filter(order -> order.lines().getFirst().itemId().equals(key.item()))
                .toList());
    }

    private static List<String> messages() {
        return ACME.run(tx -> ACME.erp.inbox().outbox(tx, Optional.empty(), 100)).stream()
                .flatMap(message -> message.body().stream())
                .toList();
    }

    private static List<String> tasks() {
        Member purchasing = ACME.person("procurement");
        return ACME.run(tx -> ACME.erp.inbox().tasks(tx, purchasing, Optional.empty(), 100)).stream()
                .map(Task::title)
                .toList();
    }
}
