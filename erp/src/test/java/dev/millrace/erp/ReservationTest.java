package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.inventory.Move;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.StockBook.Prepared;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is promised of stock, and what goes out of what was promised. */
class ReservationTest {
    private final Stores stores = new Stores();
    private final World world = stores.world;
    private final StockKey bolts = stores.key("BOLT");
    private final StockBook book = new StockBook(world.erp.ids(), (tx, supplier) -> Optional.empty());
    private final ServiceHerald herald = new ServiceHerald(world.events, world.trail(), stores.keeper);

    @Test
    void no_more_is_promised_than_there_is() {
        stores.opens(bolts, "10", "5");

        assertThat(reserve("7")).isTrue();
        assertThat(reserve("4")).isFalse();
        assertThat(reserve("-2")).isTrue();
        assertThat(reserve("5")).isTrue();
        assertThat(reserve("-11")).isFalse();

        assertThat(stores.level(bolts).reserved()).isEqualByComparingTo("10");
        assertThat(stores.level(bolts).available()).isEqualByComparingTo("0");
    }

    @Test
    void many_at_once_are_promised_no_more_than_there_is() throws Exception {
        stores.opens(bolts, "10", "5");
        var go = new CountDownLatch(1);

        int promised = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 25; i++) {
                running.add(threads.submit(() -> {
                    go.await();
                    return reserve("1");
                }));
            }
            go.countDown();
            for (Future<Boolean> one : running) {
                promised += one.get() ? 1 : 0;
            }
        }

        assertThat(promised).isEqualTo(10);
    }

    @Test
    void a_promise_may_let_an_item_fall() {
        stores.opens(bolts, "10", "5");
        stores.watches(bolts, "5", "20");

        reserve("4");
        assertThat(stores.falls()).isEmpty();
        reserve("1");

        assertThat(stores.falls()).hasSize(1);
    }

    @Test
    void what_is_delivered_goes_out_of_what_was_promised_at_the_average() {
        stores.opens(bolts, "10", "5");
        reserve("6");

        BigDecimal value = deliver("4", "4");

        assertThat(value).isEqualByComparingTo("-20");
        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("6");
        assertThat(stores.level(bolts).reserved()).isEqualByComparingTo("2");
        assertThatThrownBy(() -> deliver("3", "3")).hasMessageContaining("more is released than was reserved");
        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("6");
    }

    private boolean reserve(String quantity) {
        return world.run(tx -> book.reserve(tx, Map.of(bolts, new BigDecimal(quantity)), herald)
                .isEmpty());
    }

    private BigDecimal deliver(String quantity, String released) {
        return world.run(tx -> {
            Prepared prepared = book.prepare(
                    tx,
                    List.of(Move.delivered(bolts, new BigDecimal(quantity), new BigDecimal(released), new UUID(4, 4))));
            if (prepared instanceof Prepared.Ready ready) {
                book.write(tx, ready, Optional.empty(), herald);
                return ready.value();
            }
            throw new AssertionError(prepared.toString());
        });
    }
}
