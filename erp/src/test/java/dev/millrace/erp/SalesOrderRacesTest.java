package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.SalesOrder.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders that want the same at the same moment: the last goods, what is left of a limit, or to be another thing each. */
class SalesOrderRacesTest {
    private final SalesDesk desk = new SalesDesk();

    @Test
    void of_two_orders_of_the_last_goods_one_is_confirmed() throws Exception {
        List<UUID> orders = pending("60", "LOCAL", "FAR");

        List<Confirming> answers = atOnce(orders.stream().map(this::confirming).toList());

        assertThat(answers).filteredOn(Confirming.Confirmed.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Confirming.Insufficient.class::isInstance)
                .hasSize(1);
        assertThat(desk.level().reserved()).isEqualByComparingTo("60");
    }

    @Test
    void of_eight_orders_of_one_customer_no_more_are_confirmed_than_his_limit_allows() throws Exception {
        desk.limit("LOCAL", "708");
        List<UUID> orders = IntStream.range(0, 8)
                .mapToObj(i -> desk.pending(SalesDesk.order("LOCAL", "10")).id())
                .toList();
        desk.world.events.published.clear();

        List<Confirming> answers = atOnce(orders.stream().map(this::confirming).toList());

        assertThat(answers).filteredOn(Confirming.Confirmed.class::isInstance).hasSize(3);
        assertThat(answers).filteredOn(Confirming.OverLimit.class::isInstance).hasSize(5);
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("708.00");
        assertThat(desk.level().reserved()).isEqualByComparingTo("30");
        assertThat(desk.world.events.names()).containsOnly("sales_order.confirmed");
    }

    @Test
    void who_confirms_an_order_that_is_confirmed_at_the_same_time_finds_it_confirmed() throws Exception {
        UUID order = desk.pending(SalesDesk.order("LOCAL", "10")).id();

        List<Confirming> answers = atOnce(List.of(confirming(order), confirming(order)));

        assertThat(answers).allMatch(Confirming.Confirmed.class::isInstance);
        assertThat(answers)
                .filteredOn(answer -> ((Confirming.Confirmed) answer).changed())
                .hasSize(1);
        assertThat(desk.level().reserved()).isEqualByComparingTo("10");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("236.00");
    }

    @Test
    void an_order_that_is_cancelled_and_delivered_at_once_is_one_of_the_two() throws Exception {
        for (int i = 0; i < 5; i++) {
            SalesOrder order = desk.confirmed(SalesDesk.order("LOCAL", "2"));

            List<Object> answers = atOnce(List.of(
                    () -> desk.world.run(tx -> desk.orders.cancel(tx, order.id(), "no need", desk.seller)),
                    () -> desk.post(NewDelivery.rest(order.id()))));

            boolean cancelled = answers.get(0) instanceof SalesCancelling.Cancelled;
            assertThat(answers.get(1) instanceof Delivering.Delivered).isNotEqualTo(cancelled);
            assertThat(desk.get(order.id()).status()).isEqualTo(cancelled ? Status.CANCELLED : Status.DELIVERED);
            assertThat(desk.level().reserved()).isEqualByComparingTo("0");
        }
    }

    private Callable<Confirming> confirming(UUID order) {
        return () -> desk.confirm(order);
    }

    private List<UUID> pending(String quantity, String... customers) {
        return List.of(customers).stream()
                .map(customer ->
                        desk.pending(SalesDesk.order(customer, quantity)).id())
                .toList();
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        var together = new CyclicBarrier(calls.size());
        var answers = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (Callable<T> call : calls) {
                running.add(threads.submit(() -> {
                    together.await();
                    return call.call();
                }));
            }
            for (Future<T> one : running) {
                answers.add(one.get());
            }
        }
        return answers;
    }
}
