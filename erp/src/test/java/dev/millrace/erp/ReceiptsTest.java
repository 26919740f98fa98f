package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.StockMovement.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goods that come for orders: what they make of stock, of the order, and of what is awaited. */
class ReceiptsTest {
    private final Stores stores = new Stores();
    private final World world = stores.world;
    private final StockKey bolts = stores.key("BOLT");

    @Test
    void approved_orders_are_awaited_and_cancelled_ones_are_not() {
        PurchaseOrder pending = world.pending();
        assertThat(world.run(tx -> stores.stock.level(tx, bolts)).isEmpty()).isTrue();

        world.approve(pending.id());
        assertThat(stores.level(bolts).onOrder()).isEqualByComparingTo("100");
        world.approve(pending.id());
        assertThat(stores.level(bolts).onOrder()).isEqualByComparingTo("100");
        world.run(tx -> world.orders.cancel(tx, pending.id(), "not needed", stores.keeper));

        assertThat(stores.level(bolts).onOrder()).isEqualByComparingTo("0");
    }

    @Test
    void what_is_accepted_comes_into_stock_at_the_orders_price() {
        PurchaseOrder order = world.locked();

        GoodsReceipt receipt = received(stores.receive(order, "60", "10"));

        StockLevel level = stores.level(bolts);
        assertThat(level.onHand()).isEqualByComparingTo("50");
        assertThat(level.onOrder()).isEqualByComparingTo("50");
        assertThat(level.averageCost()).isEqualByComparingTo("250");
        assertThat(level.value()).isEqualByComparingTo("12500");
        PurchaseOrder now = world.get(order.id());
        assertThat(now.status()).isEqualTo(Status.PARTIALLY_RECEIVED);
        assertThat(now.header().receivedPercent()).isEqualByComparingTo("50");
        assertThat(now.lines().getFirst().receivedQty()).isEqualByComparingTo("50");
        assertThat(receipt.number()).matches("GRN/20\\d\\d-\\d\\d/00001");
        assertThat(receipt.value()).isEqualByComparingTo("12500");
        assertThat(stores.books()).isEqualTo(Map.of("1200", "12500.00", "1290", "-12500.00"));
        assertThat(stores.movements(bolts).getFirst())
                .extracting(StockMovement::reason, StockMovement::source)
                .containsExactly(Reason.RECEIPT, Optional.of(new StockMovement.Source("goods_receipt", receipt.id())));
    }

    @Test
    void the_event_tells_what_came_what_was_rejected_and_whether_all_is_there() {
        PurchaseOrder order = world.locked();

        GoodsReceipt first = received(stores.receive(order, "60", "10"));
        received(stores.receive(order, "50", "0"));

        var events = stores.events("goods_receipt.posted");
        assertThat(events).hasSize(2);
        var payload = events.getFirst().payload();
        assertThat(payload.get("id").asString()).isEqualTo(first.id().toString());
        assertThat(payload.get("po_number").asString()).isEqualTo(order.number());
        assertThat(payload.get("rejected_quantity").decimalValue()).isEqualByComparingTo("10");
        assertThat(payload.get("value").decimalValue()).isEqualByComparingTo("12500");
        assertThat(payload.get("order_complete").asBoolean()).isFalse();
        assertThat(payload.get("warehouse_id").asString())
                .isEqualTo(stores.main.id().toString());
        assertThat(payload.get("lines").get(0).get("accepted_quantity").decimalValue())
                .isEqualByComparingTo("50");
        assertThat(events.getLast().payload().get("order_complete").asBoolean()).isTrue();
        assertThat(world.get(order.id()).status()).isEqualTo(Status.RECEIVED);
        assertThat(world.trail)
                .anyMatch(entry -> entry.contains("purchase_order.received approved partially_received"));
    }

    @Test
    void more_than_the_item_allows_on_top_is_refused() {
        PurchaseOrder order = world.locked();
        assertThat(codes(stores.receive(order, "100.001", "0"))).containsExactly("over_receipt");
        world.sql("update items set over_receipt_percent = 5 where tenant_id = :tenant and id = :id", bolts.item());

        received(stores.receive(order, "100", "0"));
        assertThat(codes(stores.receive(order, "5.001", "0"))).containsExactly("over_receipt");
        received(stores.receive(order, "5", "0"));

        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("105");
        assertThat(stores.level(bolts).onOrder()).isEqualByComparingTo("0");
        assertThat(world.get(order.id()).header().receivedPercent()).isEqualByComparingTo("100");
    }

    @Test
    void goods_come_in_for_approved_orders_only() {
        PurchaseOrder pending = world.pending();

        assertThat(stores.receive(pending, "1", "0")).isInstanceOf(Receiving.WrongState.class);
        assertThat(stores.receive(NewReceipt.of(new UUID(1, 1), List.of(NewReceipt.Line.of(1, BigDecimal.ONE)))))
                .isInstanceOf(Receiving.OrderNotFound.class);

        assertThat(world.count("goods_receipts")).isZero();
        assertThat(stores.events("goods_receipt.posted")).isEmpty();
    }

    @Test
    void everything_that_is_wrong_with_a_receipt_is_said_at_once() {
        PurchaseOrder order = world.locked();

        Receiving receiving = stores.receive(new NewReceipt(
                order.id(),
                Optional.of(new UUID(1, 1)),
                Optional.of(new BigDecimal("2")),
                Optional.of(" "),
                List.of(
                        NewReceipt.Line.of(1, new BigDecimal("-1")),
                        NewReceipt.Line.of(1, BigDecimal.ONE),
                        NewReceipt.Line.of(7, BigDecimal.ONE))));

        assertThat(codes(receiving))
                .containsExactly(
                        "out_of_range",
                        "out_of_range",
                        "warehouse_unknown",
                        "out_of_range",
                        "line_repeated",
                        "line_unknown");
        assertThat(codes(stores.receive(order, "5", "6"))).containsExactly("out_of_range");
        assertThat(codes(stores.receive(NewReceipt.of(order.id(), List.of())))).containsExactly("required");
    }

    @Test
    void goods_that_go_elsewhere_are_awaited_nowhere_any_more() {
        PurchaseOrder order = world.locked();
        Warehouse other = stores.addWarehouse("SPARE");

        received(stores.receive(new NewReceipt(
                order.id(),
                Optional.of(other.id()),
                Optional.empty(),
                Optional.empty(),
                List.of(NewReceipt.Line.of(1, new BigDecimal("40"))))));

        assertThat(stores.level(bolts).onOrder()).isEqualByComparingTo("60");
        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("0");
        assertThat(stores.level(new StockKey(bolts.item(), other.id())).onHand())
                .isEqualByComparingTo("40");
    }

    @Test
    void goods_that_were_awaited_are_neither_a_rise_nor_a_fall_when_they_come() {
        stores.watches(bolts, "100", "50");
        assertThat(stores.falls()).hasSize(1);
        PurchaseOrder order = world.locked();
        assertThat(stores.level(bolts).belowSince()).isPresent();

        GoodsReceipt receipt = received(stores.receive(order, "100", "0"));
        reverse(receipt.id());

        assertThat(stores.falls()).hasSize(1);
        assertThat(stores.level(bolts).belowSince()).isPresent();
    }

    @Test
    void an_order_that_is_cancelled_lets_its_item_fall() {
        stores.watches(bolts, "50", "50");
        PurchaseOrder order = world.locked();
        assertThat(stores.level(bolts).belowSince()).isEmpty();

        world.run(tx -> world.orders.cancel(tx, order.id(), "not needed", stores.keeper));

        assertThat(stores.falls()).hasSize(2);
    }

    @Test
    void goods_in_another_currency_are_worth_what_the_receipts_rate_says() {
        PurchaseOrder order = stores.locked(new NewOrder(
                Optional.empty(),
                Optional.of("S1"),
                Optional.of("EUR"),
                Optional.of(new BigDecimal("90")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                World.order("S1", "BOLT", "100", "3.335").lines()));

        GoodsReceipt receipt = received(stores.receive(new NewReceipt(
                order.id(),
                Optional.empty(),
                Optional.of(new BigDecimal("91.37")),
                Optional.of("DN 7"),
                List.of(NewReceipt.Line.of(1, new BigDecimal("33"))))));

        assertThat(receipt.value()).isEqualByComparingTo("110.06");
        assertThat(receipt.valueBase()).isEqualByComparingTo("10056.18");
        assertThat(stores.level(bolts).value()).isEqualByComparingTo("10056.18");
        assertThat(stores.books()).isEqualTo(Map.of("1200", "10056.18", "1290", "-10056.18"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void after_any_history_stock_orders_and_books_agree(long seed) {
        var random = new Random(seed);
        var orders = new ArrayList<PurchaseOrder>();
        var receipts = new ArrayList<UUID>();
        stores.watches(bolts, "40", "100");

        for (int i = 0; i < 25; i++) {
            int size = 1 + random.nextInt(40);
            switch (random.nextInt(5)) {
                case 0 -> orders.add(stores.locked(World.order("S1", "BOLT", "" + size, size + ".335")));
                case 1 -> {
                    if (!orders.isEmpty()) {
                        PurchaseOrder order = orders.get(random.nextInt(orders.size()));
                        Receiving receiving = stores.receive(order, "" + size, "" + random.nextInt(size));
                        if (receiving instanceof Receiving.Received received) {
                            receipts.add(received.receipt().id());
                        }
                    }
                }
                case 2 -> {
                    if (!receipts.isEmpty()) {
                        reverse(receipts.get(random.nextInt(receipts.size())));
                    }
                }
                case 3 -> stores.adjust(bolts, "-" + size, Reason.DAMAGE, Optional.empty());
                default -> stores.adjust(bolts, size + ".125", Reason.FOUND, Optional.of(size + ".777777"));
            }
        }

        StockLevel level = stores.level(bolts);
        assertThat(level.onHand()).isNotNegative().isEqualByComparingTo(stores.sumOfMovements(bolts));
        assertThat(stores.books().getOrDefault("1200", "0"))
                .isEqualTo(
                        level.value().signum() == 0
                                ? "0"
                                : level.value().setScale(2).toPlainString());
        BigDecimal outstanding = orders.stream()
                .map(order -> world.get(order.id()).lines().getFirst().outstanding())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(level.onOrder()).isEqualByComparingTo(outstanding);
        assertThat(level.belowSince().isPresent()).isEqualTo(level.projected().compareTo(level.reorderLevel()) <= 0);
        assertThat(stores.events("goods_receipt.posted")).hasSameSizeAs(receipts);
    }

    @Test
    void receipts_that_come_at_once_take_in_no_more_than_was_ordered() throws Exception {
        PurchaseOrder order = world.locked();
        var go = new CountDownLatch(1);

        var answers = new ArrayList<Receiving>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Receiving>>();
            for (int i = 0; i < 10; i++) {
                running.add(threads.submit(() -> {
                    go.await();
                    return stores.receive(order, "20", "0");
                }));
            }
            go.countDown();
            for (Future<Receiving> one : running) {
                answers.add(one.get());
            }
        }

        assertThat(answers).filteredOn(Receiving.Received.class::isInstance).hasSize(5);
        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("100");
        assertThat(stores.level(bolts).onOrder()).isEqualByComparingTo("0");
        assertThat(world.get(order.id()).status()).isEqualTo(Status.RECEIVED);
        assertThat(stores.books()).isEqualTo(Map.of("1200", "25000.00", "1290", "-25000.00"));
    }

    @Test
    void what_fails_later_in_the_transaction_takes_the_receipt_back() {
        PurchaseOrder order = world.locked();

        assertThatThrownBy(() -> world.run(tx -> {
                    stores.receipts.post(
                            tx,
                            NewReceipt.of(order.id(), List.of(NewReceipt.Line.of(1, BigDecimal.TEN))),
                            stores.keeper);
                    throw new IllegalStateException("later");
                }))
                .hasMessage("later");

        assertThat(world.count("goods_receipts")).isZero();
        assertThat(world.count("journals")).isZero();
        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("0");
        assertThat(world.get(order.id()).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void a_service_is_received_without_stock() {
        PurchaseOrder order = stores.locked(World.order("S1", "FREIGHT", "2", "900"));

        GoodsReceipt receipt = received(stores.receive(order, "2", "0"));

        assertThat(receipt.value()).isEqualByComparingTo("0");
        assertThat(receipt.journal()).isEmpty();
        assertThat(world.count("stock_movements")).isZero();
        assertThat(world.get(order.id()).status()).isEqualTo(Status.RECEIVED);
    }

    @Test
    void a_reversed_receipt_leaves_everything_as_it_was() {
        PurchaseOrder order = world.locked();
        GoodsReceipt receipt = received(stores.receive(order, "100", "0"));

        Reversing first = reverse(receipt.id());
        Reversing again = reverse(receipt.id());

        assertThat(first)
                .isInstanceOfSatisfying(
                        Reversing.Reversed.class, r -> assertThat(r.changed()).isTrue());
        assertThat(again)
                .isInstanceOfSatisfying(
                        Reversing.Reversed.class, r -> assertThat(r.changed()).isFalse());
        StockLevel level = stores.level(bolts);
        assertThat(level.onHand()).isEqualByComparingTo("0");
        assertThat(level.value()).isEqualByComparingTo("0");
        assertThat(level.onOrder()).isEqualByComparingTo("100");
        PurchaseOrder now = world.get(order.id());
        assertThat(now.status()).isEqualTo(Status.APPROVED);
        assertThat(now.header().receivedPercent()).isEqualByComparingTo("0");
        assertThat(stores.books()).isEmpty();
        assertThat(stores.events("goods_receipt.reversed")).hasSize(1);
        assertThat(stores.events("goods_receipt.reversed")
                        .getFirst()
                        .payload()
                        .get("reason")
                        .asString())
                .isEqualTo("wrong order");
    }

    @Test
    void what_was_invoiced_or_used_cannot_be_taken_back() {
        PurchaseOrder order = world.locked();
        GoodsReceipt receipt = received(stores.receive(order, "60", "0"));
        world.sql(
                "update purchase_order_lines set invoiced_qty = 1 where tenant_id = :tenant and purchase_order_id = :id",
                order.id());
        assertThat(reverse(receipt.id())).isInstanceOf(Reversing.Invoiced.class);
        assertThatThrownBy(() -> world.sql(
                        "update purchase_order_lines set received_qty = 0 where tenant_id = :tenant and purchase_order_id = :id",
                        order.id()))
                .hasMessageContaining("was invoiced with 1");
        world.sql(
                "update purchase_order_lines set invoiced_qty = 0 where tenant_id = :tenant and purchase_order_id = :id",
                order.id());
        stores.adjusts(bolts, "-1", Optional.empty());

        assertThat(reverse(receipt.id())).isInstanceOf(Reversing.Insufficient.class);
        assertThat(reverse(new UUID(1, 1))).isInstanceOf(Reversing.NotFound.class);
        assertThat(world.get(order.id()).lines().getFirst().receivedQty()).isEqualByComparingTo("60");
    }

    @Test
    void the_database_takes_no_more_than_was_ordered_and_keeps_receipts_as_they_are() {
        PurchaseOrder order = world.locked();
        GoodsReceipt receipt = received(stores.receive(order, "10", "0"));

        assertThatThrownBy(() -> world.sql(
                        "update purchase_order_lines set received_qty = 101 where tenant_id = :tenant and purchase_order_id = :id",
                        order.id()))
                .hasMessageContaining("takes at most 100");
        for (String frozen :
                List.of("quantity = 99", "unit_price = 1", "amount = 1", "warehouse_id = null", "gst_rate = 5")) {
            assertThatThrownBy(() -> world.sql(
                            "update purchase_order_lines set " + frozen
                                    + " where tenant_id = :tenant and purchase_order_id = :id",
                            order.id()))
                    .as(frozen)
                    .hasMessageContaining("is locked: its lines do not change");
        }
        assertThatThrownBy(() -> world.sql(
                        "update goods_receipts set value = 1 where tenant_id = :tenant and id = :id", receipt.id()))
                .hasMessageContaining("is posted and does not change");
        assertThatThrownBy(() ->
                        world.sql("delete from goods_receipts where tenant_id = :tenant and id = :id", receipt.id()))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> world.sql(
                        "update goods_receipt_lines set accepted = 1 where tenant_id = :tenant and goods_receipt_id = :id",
                        receipt.id()))
                .hasMessageContaining("permission denied");
    }

    private Reversing reverse(UUID receipt) {
        return world.run(tx -> stores.receipts.reverse(tx, receipt, "wrong order", stores.keeper));
    }

    private static GoodsReceipt received(Receiving receiving) {
        if (receiving instanceof Receiving.Received received) {
            return received.receipt();
        }
        throw new AssertionError(receiving.toString());
    }

    private static List<String> codes(Receiving receiving) {
        if (receiving instanceof Receiving.Refused refused) {
            return refused.problems().stream().map(InputProblem::code).toList();
        }
        throw new AssertionError(receiving.toString());
    }
}
