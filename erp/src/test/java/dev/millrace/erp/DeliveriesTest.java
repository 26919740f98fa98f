package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.erp.SalesOrder.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveriesTest {
    private final SalesDesk desk = new SalesDesk();
    private final World world = desk.world;

    @Test
    void goods_leave_stock_and_what_was_kept_of_it_and_their_cost_is_booked() {
        SalesOrder order = desk.confirmed(SalesDesk.order("LOCAL", "10"));

        Delivery first = SalesDesk.posted(desk.deliver(order, "4"));

        assertThat(first.number()).matches("DN/[0-9]{4}-[0-9]{2}/00001");
        assertThat(first.value()).isEqualByComparingTo("20");
        assertThat(first.journal()).isPresent();
        assertThat(first.lines()).singleElement().satisfies(line -> {
            assertThat(line.quantity()).isEqualTo("4");
            assertThat(line.value()).isEqualByComparingTo("20");
        });
        assertThat(desk.level().onHand()).isEqualByComparingTo("96");
        assertThat(desk.level().reserved()).isEqualByComparingTo("6");
        assertThat(desk.stores.books()).isEqualTo(Map.of("1200", "480.00", "5000", "20.00", "5110", "-500.00"));
        assertThat(desk.get(order.id()).status()).isEqualTo(Status.PART_DELIVERED);
        assertThat(desk.stores
                        .movements(desk.bolts)
                        .getFirst()
                        .source()
                        .orElseThrow()
                        .id())
                .isEqualTo(first.id());

        desk.deliver(desk.get(order.id()));

        assertThat(desk.get(order.id()).status()).isEqualTo(Status.DELIVERED);
        assertThat(desk.level().reserved()).isEqualByComparingTo("0");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("236.00");
        assertThat(world.<List<Delivery>>run(
                        tx -> desk.deliveries.list(tx, Optional.of(order.id()), Optional.empty(), 10)))
                .hasSize(2);
    }

    @Test
    void an_item_with_a_stock_account_of_its_own_is_taken_from_that() {
        world.sql("update items set stock_account = '1200' where tenant_id = :tenant and id = :id", desk.bolts.item());

        desk.delivered(SalesDesk.order("LOCAL", "10"));

        assertThat(desk.stores.books()).isEqualTo(Map.of("1200", "450.00", "5000", "50.00", "5110", "-500.00"));
    }

    @Test
    void a_service_is_delivered_without_stock_and_without_a_journal() {
        SalesOrder order = desk.confirmed(NewSalesOrder.of(
                "LOCAL", List.of(NewSalesOrder.Line.of("FREIGHT", BigDecimal.ONE, new BigDecimal("100")))));

        Delivery delivery = desk.deliver(order);

        assertThat(delivery.journal()).isEmpty();
        assertThat(delivery.value()).isEqualByComparingTo("0");
        assertThat(desk.get(order.id()).status()).isEqualTo(Status.DELIVERED);
    }

    @Test
    void a_company_without_books_delivers_all_the_same() {
        world.run(tx -> {
            world.erp.modules(world.trail()).set(tx, "finance", false, desk.seller);
            return 0;
        });

        assertThat(desk.deliver(desk.confirmed(SalesDesk.order("LOCAL", "1"))).journal())
                .isEmpty();
    }

    @Test
    void what_is_wrong_is_said_at_once_and_nothing_leaves() {
        SalesOrder order = desk.confirmed(SalesDesk.order("LOCAL", "10"));
        var wrong = new NewDelivery(
                order.id(),
                Optional.of(" "),
                List.of(
                        new NewDelivery.Line(1, new BigDecimal("10.001")),
                        new NewDelivery.Line(1, BigDecimal.ONE),
                        new NewDelivery.Line(2, BigDecimal.ONE)));

        assertThat(desk.post(wrong))
                .asInstanceOf(type(Delivering.Refused.class))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(InputProblem::code)
                        .containsExactly("out_of_range", "over_delivery", "line_repeated", "line_unknown"));
        assertThat(desk.deliver(order, "0")).isInstanceOf(Delivering.Refused.class);
        assertThat(desk.deliver(order, "0.0001")).isInstanceOf(Delivering.Refused.class);
        assertThat(desk.post(NewDelivery.rest(new UUID(1, 1)))).isEqualTo(new Delivering.OrderNotFound(new UUID(1, 1)));
        assertThat(world.count("deliveries")).isZero();
        assertThat(desk.level().onHand()).isEqualByComparingTo("100");
    }

    @Test
    void goods_leave_for_confirmed_orders_only() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));
        SalesOrder delivered = desk.delivered(SalesDesk.order("LOCAL", "10"));

        assertThat(desk.post(NewDelivery.rest(pending.id()))).isInstanceOf(Delivering.WrongState.class);
        assertThat(desk.post(NewDelivery.rest(delivered.id()))).isInstanceOf(Delivering.WrongState.class);
    }

    @Test
    void goods_that_were_lost_meanwhile_do_not_leave() {
        SalesOrder order = desk.confirmed(SalesDesk.order("LOCAL", "100"));
        desk.stores.adjusts(desk.bolts, "-1", Optional.empty());

        assertThat(desk.post(NewDelivery.rest(order.id()))).isInstanceOf(Delivering.Insufficient.class);

        assertThat(desk.get(order.id()).status()).isEqualTo(Status.CONFIRMED);
        SalesDesk.posted(desk.deliver(order, "99"));
    }

    @Test
    void what_the_ledger_refuses_does_not_leave() {
        SalesOrder order = desk.confirmed(SalesDesk.order("LOCAL", "10"));
        world.sql("update items set stock_account = '9999' where tenant_id = :tenant and id = :id", desk.bolts.item());

        assertThatThrownBy(() -> desk.post(NewDelivery.rest(order.id())))
                .isInstanceOf(PostingRefused.class)
                .extracting("code")
                .isEqualTo("account_unknown");

        assertThat(desk.get(order.id())).isEqualTo(order);
        assertThat(desk.level().onHand()).isEqualByComparingTo("100");
    }

    @Test
    void a_reversed_delivery_brings_the_goods_back_at_their_cost_and_keeps_them_for_the_order() {
        SalesOrder order = desk.confirmed(SalesDesk.order("LOCAL", "10"));
        Delivery delivery = desk.deliver(order);
        desk.stores.adjusts(desk.bolts, "10", Optional.of("50"));

        Returning first = reverse(delivery.id());
        Returning again = reverse(delivery.id());

        assertThat(first)
                .asInstanceOf(type(Returning.Reversed.class))
                .satisfies(reversed -> assertThat(reversed.changed()).isTrue());
        assertThat(again)
                .asInstanceOf(type(Returning.Reversed.class))
                .satisfies(reversed -> assertThat(reversed.changed()).isFalse());
        assertThat(desk.get(order.id()).status()).isEqualTo(Status.CONFIRMED);
        assertThat(desk.get(order.id()).lines()).isEqualTo(order.lines());
        assertThat(desk.level().onHand()).isEqualByComparingTo("110");
        assertThat(desk.level().reserved()).isEqualByComparingTo("10");
        assertThat(desk.stores.books()).isEqualTo(Map.of("1200", "1000.00", "5110", "-1000.00"));
        assertThat(desk.level().value()).isEqualByComparingTo("1000");
        assertThat(reverse(new UUID(1, 1))).isEqualTo(new Returning.NotFound(new UUID(1, 1)));
        desk.deliver(desk.get(order.id()));
    }

    @Test
    void the_delivery_of_an_invoiced_order_is_not_reversed() {
        SalesOrder order = desk.confirmed(SalesDesk.order("LOCAL", "10"));
        Delivery delivery = desk.deliver(order);
        world.run(tx -> desk.shop.invoices.makeOfOrder(tx, order.id(), desk.seller));

        assertThat(reverse(delivery.id())).isInstanceOf(Returning.WrongState.class);
    }

    private Returning reverse(UUID delivery) {
        return world.run(tx -> desk.deliveries.reverse(tx, delivery, "came back", desk.stores.keeper));
    }

    /** Both had it promised, and half of it was lost. */
    @Test
    void of_two_deliveries_of_the_same_last_stock_at_once_one_leaves() throws Exception {
        SalesOrder one = desk.confirmed(SalesDesk.order("LOCAL", "50"));
        SalesOrder other = desk.confirmed(SalesDesk.order("FAR", "50"));
        desk.stores.adjusts(desk.bolts, "-50", Optional.empty());

        List<Delivering> answers =
                atOnce(() -> desk.post(NewDelivery.rest(one.id())), () -> desk.post(NewDelivery.rest(other.id())));

        assertThat(answers).filteredOn(Delivering.Delivered.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Delivering.Insufficient.class::isInstance)
                .hasSize(1);
        assertThat(desk.level().onHand()).isEqualByComparingTo("0");
        assertThat(desk.level().reserved()).isEqualByComparingTo("50");
        assertThat(desk.stores.sumOfMovements(desk.bolts)).isEqualByComparingTo("0");
        assertThat(world.count("deliveries")).isEqualTo(1);
    }

    @Test
    void of_two_deliveries_of_one_order_at_once_no_more_leaves_than_was_ordered() throws Exception {
        SalesOrder order = desk.confirmed(SalesDesk.order("LOCAL", "10"));

        List<Delivering> answers = atOnce(() -> desk.deliver(order, "10"), () -> desk.deliver(order, "10"));

        assertThat(answers).filteredOn(Delivering.Delivered.class::isInstance).hasSize(1);
        assertThat(desk.level().onHand()).isEqualByComparingTo("90");
    }

    @SafeVarargs
    private static List<Delivering> atOnce(Callable<Delivering>... calls) throws Exception {
        var together = new CyclicBarrier(calls.length);
        var answers = new ArrayList<Delivering>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Delivering>>();
            for (Callable<Delivering> call : calls) {
                running.add(threads.submit(() -> {
                    together.await();
                    return call.call();
                }));
            }
            for (Future<Delivering> one : running) {
                answers.add(one.get());
            }
        }
        return answers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update deliveries set value = 0 where tenant_id = :tenant and id = :id",
                "update deliveries set status = 'reversed' where tenant_id = :tenant and id = :id",
                "delete from deliveries where tenant_id = :tenant and id = :id",
                "update delivery_lines set quantity = 1 where tenant_id = :tenant and delivery_id = :id",
                "delete from delivery_lines where tenant_id = :tenant and delivery_id = :id"
            })
    void no_statement_changes_a_delivery(String statement) {
        Delivery delivery = desk.deliver(desk.confirmed(SalesDesk.order("LOCAL", "10")));

        assertThatThrownBy(() -> world.sql(statement, delivery.id())).isNotNull();

        assertThat(world.<Optional<Delivery>>run(tx -> desk.deliveries.get(tx, delivery.id())))
                .contains(delivery);
    }

    @Test
    void another_company_sees_none_of_it() {
        Delivery delivery = desk.deliver(desk.confirmed(SalesDesk.order("LOCAL", "10")));
        World other = new World();

        assertThat(other.<Optional<Delivery>>run(tx -> desk.deliveries.get(tx, delivery.id())))
                .isEmpty();
        assertThat(other.<Optional<SalesOrder>>run(tx -> desk.orders.get(tx, delivery.order())))
                .isEmpty();
    }
}
