package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.PurchaseOrder.Status;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Orders that nothing more comes for. */
class OrderClosingTest {
    private final Stores stores = new Stores();
    private final World world = stores.world;
    private final StockKey bolts = stores.key("BOLT");

    @Test
    void what_came_in_full_is_closed_without_a_word() {
        PurchaseOrder order = world.locked();
        stores.receive(order, "100", "0");

        assertThat(close(order, Optional.empty())).isEqualTo(new OrderClosing.Closed(world.get(order.id()), true));
        assertThat(close(order, Optional.empty())).isEqualTo(new OrderClosing.Closed(world.get(order.id()), false));

        assertThat(world.get(order.id()).status()).isEqualTo(Status.CLOSED);
        assertThat(world.trail)
                .contains("Wasim Warehouse purchase_order.closed received closed: everything was received");
    }

    @Test
    void the_rest_of_an_order_is_not_awaited_any_more_and_somebody_says_why() {
        PurchaseOrder order = world.locked();
        stores.receive(order, "60", "0");
        assertThat(stores.level(bolts).onOrder()).isEqualByComparingTo("40");

        assertThat(close(order, Optional.of(" "))).isInstanceOf(OrderClosing.ReasonMissing.class);
        assertThat(close(order, Optional.of("no longer made"))).isInstanceOf(OrderClosing.Closed.class);

        assertThat(stores.level(bolts).onOrder()).isEqualByComparingTo("0");
        assertThat(stores.level(bolts).onHand()).isEqualByComparingTo("60");
        assertThat(world.trail)
                .contains("Wasim Warehouse purchase_order.closed partially_received closed: no longer made");
        assertThat(stores.receive(order, "1", "0")).isInstanceOf(Receiving.WrongState.class);
        assertThat(world.<Cancelling>run(tx -> world.orders.cancel(tx, order.id(), "x", stores.keeper)))
                .isInstanceOf(Cancelling.HasReceipts.class);
    }

    @Test
    void an_order_of_which_nothing_came_is_cancelled_not_closed() {
        assertThat(close(world.draft(), Optional.of("x"))).isInstanceOf(OrderClosing.WrongState.class);
        PurchaseOrder order = world.locked();
        assertThat(close(order, Optional.of("x"))).isInstanceOf(OrderClosing.WrongState.class);
        world.run(tx -> world.orders.cancel(tx, order.id(), "no need", stores.keeper));
        assertThat(close(order, Optional.of("x"))).isInstanceOf(OrderClosing.WrongState.class);
        assertThat(world.<OrderClosing>run(
                        tx -> world.orders.close(tx, new UUID(1, 1), Optional.empty(), stores.keeper)))
                .isEqualTo(new OrderClosing.NotFound(new UUID(1, 1)));
    }

    @Test
    void what_was_ordered_may_still_be_invoiced() {
        var desk = new InvoiceDesk();
        PurchaseOrder order = desk.received("100");
        desk.world.sql(
                "update purchase_orders set status = 'received', received_percent = 100 where tenant_id = :tenant and id = :id",
                order.id());
        desk.world.run(tx -> desk.world.orders.close(tx, order.id(), Optional.empty(), desk.clerk));

        assertThat(desk.released(order, "INV-1", "100").status()).isEqualTo(SupplierInvoice.Status.RELEASED);
    }

    @Test
    void no_statement_closes_a_part_without_a_reason_or_opens_it_again() {
        PurchaseOrder order = world.locked();
        stores.receive(order, "60", "0");
        assertThatThrownBy(() -> world.sql("""
                        update purchase_orders set status = 'closed', closed_at = now()
                         where tenant_id = :tenant and id = :id
                        """, order.id())).hasStackTraceContaining("needs a reason");
        close(order, Optional.of("no longer made"));

        assertThatThrownBy(() -> world.sql("""
                        update purchase_orders set status = 'partially_received', closed_at = null
                         where tenant_id = :tenant and id = :id
                        """, order.id())).hasStackTraceContaining("does not go from closed");
    }

    private OrderClosing close(PurchaseOrder order, Optional<String> reason) {
        return world.run(tx -> world.orders.close(tx, order.id(), reason, stores.keeper));
    }
}
