package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.inventory.AdjustStock;
import dev.millrace.erp.procurement.CreatePurchaseOrder;
import dev.millrace.erp.receiving.ReorderDesk.Create;
import dev.millrace.erp.receiving.TriggerReorder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The actions that adjust stock, order what runs out, and create orders. */
class ReorderTest {
    private final Stores stores = new Stores();
    private final World world = stores.world;
    private final Step step = new Step(world);
    private final StockKey bolts = stores.key("BOLT");

    @Test
    void a_reorder_drafts_one_order_with_the_preferred_supplier_and_finds_it_again() {
        stores.watches(bolts, "10", "400");

        TriggerReorder.Output first = reorder(Optional.empty(), Optional.empty());
        TriggerReorder.Output again = reorder(Optional.of("7"), Optional.of(Create.SUBMITTED_PO));

        PurchaseOrder order = world.get(first.purchaseOrderId().orElseThrow());
        assertThat(order.status()).isEqualTo(Status.DRAFT);
        assertThat(order.header().supplierCode()).isEqualTo("S1");
        assertThat(order.lines()).hasSize(1);
        assertThat(order.lines().getFirst().quantity()).isEqualByComparingTo("400");
        assertThat(order.lines().getFirst().unitPrice()).isEqualByComparingTo("14.75");
        assertThat(order.lines().getFirst().warehouseId()).contains(stores.main.id());
        assertThat(first.estimatedAmount()).isEqualByComparingTo("5900");
        assertThat(first.alreadyOpen()).isFalse();
        assertThat(again.purchaseOrderId()).contains(order.id());
        assertThat(again.poNumber()).contains(order.number());
        assertThat(again.quantity()).isEqualByComparingTo("400");
        assertThat(again.alreadyOpen()).isTrue();
        assertThat(world.count("purchase_orders")).isEqualTo(1);
    }

    @Test
    void many_reorders_at_once_make_one_order() throws Exception {
        stores.watches(bolts, "10", "400");
        var go = new CountDownLatch(1);

        var answers = new ArrayList<TriggerReorder.Output>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<TriggerReorder.Output>>();
            for (int i = 0; i < 20; i++) {
                running.add(threads.submit(() -> {
                    go.await();
                    return reorder(Optional.empty(), Optional.empty());
                }));
            }
            go.countDown();
            for (Future<TriggerReorder.Output> one : running) {
                answers.add(one.get());
            }
        }

        assertThat(answers).filteredOn(answer -> !answer.alreadyOpen()).hasSize(1);
        assertThat(answers.stream().map(TriggerReorder.Output::purchaseOrderId).distinct())
                .hasSize(1);
    }

    @Test
    void an_order_that_was_approved_or_cancelled_is_open_no_more() {
        TriggerReorder.Output first = reorder(Optional.of("5"), Optional.of(Create.SUBMITTED_PO));
        assertThat(world.get(first.purchaseOrderId().orElseThrow()).status()).isEqualTo(Status.PENDING_APPROVAL);
        world.run(tx -> world.orders.cancel(tx, first.purchaseOrderId().orElseThrow(), "no", stores.keeper));

        TriggerReorder.Output second = reorder(Optional.of("6"), Optional.empty());

        assertThat(second.alreadyOpen()).isFalse();
        assertThat(second.purchaseOrderId()).isNotEqualTo(first.purchaseOrderId());
        assertThat(step.told).anyMatch(told -> told.startsWith("published purchase_order.created"));
    }

    @Test
    void a_request_is_a_task_and_open_until_it_is_done() {
        TriggerReorder.Output first = reorder(Optional.of("5"), Optional.of(Create.REQUEST));
        TriggerReorder.Output again = reorder(Optional.of("5"), Optional.empty());
        world.sql(
                "update tasks set status = 'done', done_at = millrace_now() where tenant_id = :tenant and entity_id = :id",
                bolts.item());
        TriggerReorder.Output order = reorder(Optional.of("5"), Optional.empty());

        assertThat(first.purchaseOrderId()).isEmpty();
        assertThat(first.alreadyOpen()).isFalse();
        assertThat(again.alreadyOpen()).isTrue();
        assertThat(again.purchaseOrderId()).isEmpty();
        assertThat(order.alreadyOpen()).isFalse();
        assertThat(order.purchaseOrderId()).isPresent();
    }

    @Test
    void a_reorder_fails_with_what_is_missing() {
        assertThat(failure(() -> reorder(Optional.empty(), Optional.empty()))).isEqualTo("out_of_range");
        world.sql("update items set standard_cost = 0 where tenant_id = :tenant and id = :id", bolts.item());
        assertThat(failure(() -> reorder(Optional.of("5"), Optional.empty()))).isEqualTo("price_missing");
        world.sql(
                "update suppliers set status = 'blocked' where tenant_id = :tenant and :id::uuid is not null",
                bolts.item());
        world.sql("update items set standard_cost = 9 where tenant_id = :tenant and id = :id", bolts.item());
        assertThat(failure(() -> reorder(Optional.of("5"), Optional.empty()))).isEqualTo("supplier_blocked");
        world.sql(
                "update suppliers set status = 'active', currency = 'EUR' where tenant_id = :tenant and :id::uuid is not null",
                bolts.item());
        assertThat(failure(() -> reorder(Optional.of("5"), Optional.empty())))
                .as("a cost in rupees is no price in euros")
                .isEqualTo("price_missing");
        UUID fresh = notAccepted();
        assertThat(failure(() -> reorder(bolts, Optional.of("5"), Optional.of(fresh), Optional.empty())))
                .isEqualTo("supplier_not_active");
        world.sql("update items set preferred_supplier_id = null where tenant_id = :tenant and id = :id", bolts.item());
        assertThat(failure(() -> reorder(Optional.of("5"), Optional.empty()))).isEqualTo("no_supplier");
        assertThat(failure(() -> reorder(stores.key("FREIGHT"), Optional.of("5"), Optional.empty())))
                .isEqualTo("not_a_stock_item");
        assertThat(failure(
                        () -> reorder(new StockKey(bolts.item(), new UUID(1, 1)), Optional.of("5"), Optional.empty())))
                .isEqualTo("warehouse_unknown");

        assertThat(world.count("purchase_orders")).isZero();
        assertThat(world.count("reorders")).isZero();
    }

    @Test
    void the_last_price_from_the_supplier_is_the_price_of_the_next_order() {
        world.locked();

        TriggerReorder.Output output = reorder(Optional.of("2"), Optional.empty());

        assertThat(output.estimatedAmount()).isEqualByComparingTo("500");
        assertThat(world.get(output.purchaseOrderId().orElseThrow()).header().net())
                .isEqualByComparingTo("500");
    }

    @Test
    void create_makes_a_draft_and_submits_it_where_asked() {
        UUID supplier = world.locked().header().supplierId();

        CreatePurchaseOrder.Output draft = create(supplier, bolts.item(), Optional.of("12.5"), false);
        CreatePurchaseOrder.Output submitted = create(supplier, bolts.item(), Optional.empty(), true);

        assertThat(world.get(draft.purchaseOrderId()).status()).isEqualTo(Status.DRAFT);
        assertThat(draft.totalAmount()).isEqualByComparingTo("44.26");
        assertThat(world.get(submitted.purchaseOrderId()).status()).isEqualTo(Status.PENDING_APPROVAL);
        assertThat(world.get(submitted.purchaseOrderId()).requester().name()).isEqualTo("Ravi Requester");
        assertThat(step.told).anyMatch(told -> told.startsWith("published purchase_order.created"));
    }

    @Test
    void create_fails_for_what_is_not_there_and_writes_nothing() {
        UUID supplier = world.draft().header().supplierId();
        assertThat(failure(() -> create(new UUID(1, 1), bolts.item(), Optional.empty(), false)))
                .isEqualTo("supplier_unknown");
        assertThat(failure(() -> create(supplier, new UUID(1, 1), Optional.of("1"), false)))
                .isEqualTo("item_unknown");
        world.sql("update suppliers set status = 'blocked' where tenant_id = :tenant and id = :id", supplier);
        assertThat(failure(() -> create(supplier, bolts.item(), Optional.empty(), false)))
                .isEqualTo("supplier_blocked");
        assertThat(failure(() -> create(notAccepted(), bolts.item(), Optional.empty(), false)))
                .isEqualTo("supplier_not_active");
        world.sql("update suppliers set status = 'active' where tenant_id = :tenant and id = :id", supplier);
        assertThat(failure(() -> create(supplier, bolts.item(), Optional.of("1"), Optional.of("JPY"), false)))
                .isEqualTo("currency_unknown");
        // What one of them is worth cannot be told here.
        assertThat(failure(() -> create(supplier, bolts.item(), Optional.of("1"), Optional.of("EUR"), false)))
                .isEqualTo("required");

        assertThat(world.count("purchase_orders")).isEqualTo(1);
    }

    @Test
    void adjust_moves_stock_and_says_what_it_is_worth() {
        AdjustStock.Output in = adjust(bolts, "10", Optional.of("5"));
        AdjustStock.Output out = adjust(bolts, "-4", Optional.empty());

        assertThat(in.value()).isEqualByComparingTo("50");
        assertThat(in.journalId()).isPresent();
        assertThat(out.quantityAfter()).isEqualByComparingTo("6");
        assertThat(out.value()).isEqualByComparingTo("-20");
        assertThat(step.told).anyMatch(told -> told.startsWith("published stock.adjusted"));
    }

    @Test
    void adjust_fails_with_a_code_for_each_reason() {
        assertThat(failure(() -> adjust(bolts, "1", Optional.empty()))).isEqualTo("cost_missing");
        assertThat(failure(() -> adjust(bolts, "-1", Optional.empty()))).isEqualTo("insufficient_stock");
        assertThat(failure(() -> adjust(bolts, "0", Optional.empty()))).isEqualTo("out_of_range");
        assertThat(failure(() -> adjust(stores.key("FREIGHT"), "1", Optional.of("1"))))
                .isEqualTo("item_unknown");
        assertThat(failure(() -> adjust(new StockKey(bolts.item(), new UUID(1, 1)), "1", Optional.of("1"))))
                .isEqualTo("warehouse_unknown");
        adjust(bolts, "10", Optional.of("5"));
        step.told.clear();
        world.sql(
                "update accounts set active = false where tenant_id = :tenant and code = '5110' and :id::uuid is not null",
                bolts.item());
        assertThat(failure(() -> adjust(bolts, "1", Optional.empty()))).isEqualTo("account_inactive");
        world.sql(
                "update accounts set active = true where tenant_id = :tenant and :id::uuid is not null", bolts.item());
        world.sql(
                "update fiscal_periods set status = 'closed' where tenant_id = :tenant and :id::uuid is not null",
                bolts.item());
        assertThat(failure(() -> adjust(bolts, "1", Optional.empty()))).isEqualTo("period_closed");
        assertThat(step.told).isEmpty();
        assertThat(adjusted()).isEqualByComparingTo("10");
    }

    private BigDecimal adjusted() {
        return world.run(tx -> tx.handle()
                .createQuery("select sum(quantity) from stock_movements where tenant_id = :tenant")
                .bind("tenant", world.tenant)
                .mapTo(BigDecimal.class)
                .one());
    }

    private TriggerReorder.Output reorder(Optional<String> quantity, Optional<Create> create) {
        return reorder(bolts, quantity, create);
    }

    private UUID notAccepted() {
        var suppliers = world.erp.suppliers(world.events, world.documents, world.trail());
        SupplierChange entered = world.run(tx ->
                suppliers.create(tx, SuppliersTest.wanted("NEW", Optional.empty()), Optional.empty(), stores.keeper));
        return ((SupplierChange.Done) entered).supplier().id();
    }

    private TriggerReorder.Output reorder(StockKey key, Optional<String> quantity, Optional<Create> create) {
        return reorder(key, quantity, Optional.empty(), create);
    }

    private TriggerReorder.Output reorder(
            StockKey key, Optional<String> quantity, Optional<UUID> supplier, Optional<Create> create) {
        return world.run(tx -> step.action(TriggerReorder.class)
                .run(
                        tx,
                        step,
                        new TriggerReorder.Config(
                                key.item(), key.warehouse(), quantity.map(BigDecimal::new), supplier, create)));
    }

    private CreatePurchaseOrder.Output create(UUID supplier, UUID item, Optional<String> price, boolean submit) {
        return create(supplier, item, price, Optional.empty(), submit);
    }

    private CreatePurchaseOrder.Output create(
            UUID supplier, UUID item, Optional<String> price, Optional<String> currency, boolean submit) {
        var line = new CreatePurchaseOrder.Line(
                item, new BigDecimal("3"), price.map(BigDecimal::new), Optional.empty(), Optional.empty());
        return world.run(tx -> step.action(CreatePurchaseOrder.class)
                .run(
                        tx,
                        step,
                        new CreatePurchaseOrder.Config(
                                supplier, List.of(line), currency, Optional.of(submit), Optional.of("test"))));
    }

    private AdjustStock.Output adjust(StockKey key, String quantity, Optional<String> cost) {
        return world.run(tx -> step.action(AdjustStock.class)
                .run(
                        tx,
                        step,
                        new AdjustStock.Config(
                                key.item(),
                                key.warehouse(),
                                new BigDecimal(quantity),
                                AdjustStock.Reason.COUNT,
                                cost.map(BigDecimal::new),
                                Optional.empty(),
                                Optional.empty())));
    }

    private static String failure(ThrowingCallable call) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, call);
        assertThat(failure).isNotNull();
        return failure.code();
    }
}
