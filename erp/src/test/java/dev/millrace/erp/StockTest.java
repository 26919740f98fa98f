package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.StockMovement.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What there is, and that nothing makes it anything else than the sum of what came and went. */
class StockTest {
    private final Stores stores = new Stores();
    private final World world = stores.world;
    private final StockKey bolts = stores.key("BOLT");

    @Test
    void what_comes_in_makes_the_average_and_what_goes_out_leaves_it() {
        stores.opens(bolts, "3", "100");
        stores.adjusts(bolts, "1", Optional.of("140"));

        StockMovement out = stores.adjusts(bolts, "-2", Optional.empty());

        StockLevel level = stores.level(bolts);
        assertThat(level.averageCost()).isEqualByComparingTo("110");
        assertThat(out.value()).isEqualByComparingTo("-220");
        assertThat(level.onHand()).isEqualByComparingTo("2");
        assertThat(level.value()).isEqualByComparingTo("220");
        assertThat(stores.movements(bolts))
                .extracting(movement -> movement.seq() + " " + movement.quantity() + " " + movement.onHandAfter())
                .containsExactly("3 -2 2", "2 1 4", "1 3 3");
    }

    @Test
    void the_last_piece_takes_with_it_what_rounding_left_over() {
        stores.opens(bolts, "3", "33.335");

        stores.adjusts(bolts, "-1", Optional.empty());
        stores.adjusts(bolts, "-1", Optional.empty());
        stores.adjusts(bolts, "-1", Optional.empty());

        assertThat(stores.movements(bolts))
                .extracting(movement -> movement.value().toPlainString())
                .containsExactly("-33.33", "-33.34", "-33.34", "100.01");
        assertThat(stores.level(bolts).value()).isEqualByComparingTo("0");
    }

    @Test
    void more_than_there_is_goes_out_only_where_the_item_allows_it() {
        stores.opens(bolts, "5", "10");

        Adjusting refused = stores.adjust(bolts, "-6", Reason.LOSS, Optional.empty());
        world.sql("update items set allow_negative = true where tenant_id = :tenant and id = :id", bolts.item());
        stores.adjusts(bolts, "-6", Optional.empty());

        assertThat(refused).isInstanceOf(Adjusting.Insufficient.class);
        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("-1");
        assertThatThrownBy(() -> world.sql(
                        "update items set allow_negative = false where tenant_id = :tenant and id = :id", bolts.item()))
                .hasMessageContaining("stock_never_negative");
    }

    @Test
    void an_adjustment_that_makes_no_sense_is_refused_and_writes_nothing() {
        assertThat(stores.adjust(bolts, "1", Reason.FOUND, Optional.empty())).isInstanceOf(Adjusting.CostMissing.class);
        assertThat(stores.adjust(bolts, "0", Reason.COUNT, Optional.of("1"))).isInstanceOf(Adjusting.Unfit.class);
        assertThat(stores.adjust(bolts, "0.0001", Reason.COUNT, Optional.of("1")))
                .isInstanceOf(Adjusting.Unfit.class);
        assertThat(stores.adjust(bolts, "1", Reason.COUNT, Optional.of("-1"))).isInstanceOf(Adjusting.Unfit.class);
        assertThat(stores.adjust(bolts, "-1", Reason.COUNT, Optional.of("1"))).isInstanceOf(Adjusting.Unfit.class);
        assertThat(stores.adjust(bolts, "1", Reason.RECEIPT, Optional.of("1"))).isInstanceOf(Adjusting.Unfit.class);
        assertThat(stores.adjust(stores.key("FREIGHT"), "1", Reason.COUNT, Optional.of("1")))
                .isInstanceOf(Adjusting.ItemUnknown.class);
        assertThat(stores.adjust(new StockKey(bolts.item(), new UUID(1, 1)), "1", Reason.COUNT, Optional.of("1")))
                .isInstanceOf(Adjusting.WarehouseUnknown.class);

        assertThat(world.count("stock_movements")).isZero();
        assertThat(world.events.published).isEmpty();
    }

    @Test
    void fifty_at_once_take_no_more_than_there_is() throws Exception {
        stores.opens(bolts, "30", "10");

        List<Adjusting> answers = atOnce(50, () -> stores.adjust(bolts, "-1", Reason.LOSS, Optional.empty()));

        assertThat(answers).filteredOn(Adjusting.Adjusted.class::isInstance).hasSize(30);
        assertThat(answers).filteredOn(Adjusting.Insufficient.class::isInstance).hasSize(20);
        StockLevel level = stores.level(bolts);
        assertThat(level.onHand()).isEqualByComparingTo("0");
        assertThat(level.value()).isEqualByComparingTo("0");
        assertThat(level.moves()).isEqualTo(31);
        assertThat(stores.sumOfMovements(bolts)).isEqualByComparingTo("0");
    }

    private static List<Adjusting> atOnce(int times, Callable<Adjusting> what)
            throws InterruptedException, ExecutionException {
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Adjusting>>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(() -> {
                    go.await();
                    return what.call();
                }));
            }
            go.countDown();
            var answers = new ArrayList<Adjusting>();
            for (Future<Adjusting> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    @Test
    void a_fall_is_told_once_and_again_only_after_a_rise() {
        stores.opens(bolts, "10", "14.75");
        stores.watches(bolts, "4", "20");

        stores.adjusts(bolts, "-5", Optional.empty());
        assertThat(stores.falls()).isEmpty();
        stores.adjusts(bolts, "-1", Optional.empty());
        stores.adjusts(bolts, "-1", Optional.empty());
        assertThat(stores.falls()).hasSize(1);
        stores.adjusts(bolts, "2", Optional.empty());
        stores.adjusts(bolts, "-2", Optional.empty());

        assertThat(stores.falls()).hasSize(2);
        var payload = stores.falls().getFirst().payload();
        assertThat(payload.get("item_code").asString()).isEqualTo("BOLT");
        assertThat(payload.get("quantity_on_hand").decimalValue()).isEqualByComparingTo("4");
        assertThat(payload.get("estimated_cost").decimalValue()).isEqualByComparingTo("295");
        assertThat(payload.get("preferred_supplier_name").asString()).isEqualTo("Supplier S1");
        assertThat(stores.level(bolts).belowSince()).isPresent();
    }

    @Test
    void fifty_that_fall_together_tell_of_it_once() throws Exception {
        stores.opens(bolts, "50", "10");
        stores.watches(bolts, "20", "100");

        atOnce(50, () -> stores.adjust(bolts, "-1", Reason.LOSS, Optional.empty()));

        assertThat(stores.falls()).hasSize(1);
    }

    @Test
    void an_item_that_is_below_its_new_level_falls_with_it() {
        stores.opens(bolts, "10", "1");

        stores.watches(bolts, "10", "5");
        stores.watches(bolts, "12", "5");
        stores.watches(bolts, "9", "5");
        stores.watches(bolts, "9", "0");

        assertThat(stores.falls()).hasSize(1);
        assertThat(stores.level(bolts).belowSince()).isEmpty();
        assertThat(world.trail).anyMatch(entry -> entry.contains("BOLT in Main store is ordered at 12, 5 at a time"));
    }

    @Test
    void the_event_of_an_adjustment_tells_what_the_row_says() {
        StockMovement movement = stores.opens(bolts, "10", "14.75");

        assertThat(world.events.names()).containsExactly("journal.posted", "stock.adjusted");
        var payload = world.events.published.getLast().payload();
        assertThat(payload.get("movement_id").asString())
                .isEqualTo(movement.id().toString());
        assertThat(payload.get("quantity").decimalValue()).isEqualByComparingTo("10");
        assertThat(payload.get("value").decimalValue()).isEqualByComparingTo("147.50");
        assertThat(payload.get("reason").asString()).isEqualTo("opening");
        assertThat(payload.get("adjusted_by").asString())
                .isEqualTo(world.member("warehouse").id().toString());
        assertThat(world.trail).contains("Wasim Warehouse stock.adjusted 0 10: BOLT in Main store, opening");
    }

    @Test
    void the_value_of_an_adjustment_is_booked_against_stock_adjustment() {
        stores.opens(bolts, "10", "5");
        assertThat(stores.books()).isEqualTo(Map.of("1200", "50.00", "5110", "-50.00"));

        StockMovement out = stores.adjusts(bolts, "-10", Optional.empty());

        assertThat(stores.books()).isEmpty();
        assertThat(out.journal()).isPresent();
        assertThat(world.count("journals")).isEqualTo(2);
    }

    @Test
    void an_item_may_have_a_stock_account_of_its_own_and_a_company_no_books() {
        world.sql("update items set stock_account = '1210' where tenant_id = :tenant and id = :id", bolts.item());
        stores.opens(bolts, "10", "5");
        world.run(tx -> {
            world.erp.modules(world.trail()).set(tx, "finance", false, stores.keeper);
            return 0;
        });

        StockMovement unbooked = stores.adjusts(bolts, "-1", Optional.empty());

        assertThat(stores.books()).isEqualTo(Map.of("1210", "50.00", "5110", "-50.00"));
        assertThat(unbooked.journal()).isEmpty();
    }

    @Test
    void what_the_ledger_refuses_moves_no_stock() {
        world.sql("update items set stock_account = '9999' where tenant_id = :tenant and id = :id", bolts.item());

        assertThatThrownBy(() -> stores.opens(bolts, "10", "5"))
                .isInstanceOfSatisfying(
                        PostingRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("account_unknown"));

        assertThat(world.count("stock_movements")).isZero();
        assertThat(world.count("journals")).isZero();
    }

    @Test
    void what_fails_later_in_the_transaction_takes_the_movement_back() {
        assertThatThrownBy(() -> world.run(tx -> {
                    stores.adjust(tx, bolts, "5", Reason.OPENING, Optional.of("1"));
                    throw new IllegalStateException("later");
                }))
                .hasMessage("later");

        assertThat(world.count("stock_movements")).isZero();
        assertThat(world.count("stock_levels")).isZero();
    }

    @Test
    void no_statement_changes_a_movement_or_moves_stock_without_one() {
        stores.opens(bolts, "5", "10");
        UUID item = bolts.item();

        refused(() ->
                world.sql("update stock_movements set quantity = 6 where tenant_id = :tenant and item_id = :id", item));
        refused(() -> world.sql("delete from stock_movements where tenant_id = :tenant and item_id = :id", item));
        refused(() ->
                world.sql("update stock_levels set on_hand = 6 where tenant_id = :tenant and item_id = :id", item));
        refused(() -> world.sql("update stock_levels set value = 6 where tenant_id = :tenant and item_id = :id", item));
        refused(() -> world.sql(
                "update stock_levels set on_hand = 6, moves = moves + 1 where tenant_id = :tenant and item_id = :id",
                item));
        refused(() -> world.sql(
                "update stock_levels set allow_negative = true, on_hand = -1, moves = moves + 1"
                        + " where tenant_id = :tenant and item_id = :id",
                item));
        refused(() -> world.sql("""
                        insert into stock_movements
                               (tenant_id, id, item_id, warehouse_id, seq, quantity, on_hand_after, unit_cost, value, reason, moved_by)
                        select tenant_id, gen_random_uuid(), item_id, warehouse_id, 2, 1, 6, 1, 1, 'found', 'me'
                          from stock_levels where tenant_id = :tenant and item_id = :id
                        """, item));
        refused(() -> world.sql("""
                        insert into stock_movements
                               (tenant_id, id, item_id, warehouse_id, seq, quantity, on_hand_after, unit_cost, value, reason, moved_by)
                        select tenant_id, gen_random_uuid(), item_id, warehouse_id, 2, 1, 7, 1, 1, 'found', 'me'
                          from stock_levels where tenant_id = :tenant and item_id = :id
                        """, item));
        refused(() -> world.sql(
                "update stock_levels set below_since = millrace_now() where tenant_id = :tenant and item_id = :id",
                item));

        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("5");
        assertThat(stores.sumOfMovements(bolts)).isEqualByComparingTo("5");
    }

    private static void refused(ThrowingCallable statement) {
        assertThatThrownBy(statement)
                .rootCause()
                .isInstanceOf(SQLException.class)
                .message()
                .containsAnyOf("stock", "permission denied");
    }
}
