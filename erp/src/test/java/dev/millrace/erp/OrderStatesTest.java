package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.PurchaseOrder.Status;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderStatesTest {
    private final World world = new World();

    @Test
    void locking_approves_and_tells_once() {
        PurchaseOrder pending = world.pending();

        Locking first = world.approve(pending.id());
        Locking again = world.approve(pending.id());

        PurchaseOrder locked = world.get(pending.id());
        assertThat(locked.status()).isEqualTo(Status.APPROVED);
        assertThat(locked.header().lockedAt()).isPresent();
        assertThat(first).isEqualTo(new Locking.Locked(locked, true));
        assertThat(again).isEqualTo(new Locking.Locked(locked, false));
        assertThat(world.events.names()).containsExactly("purchase_order.created", "purchase_order.approved");
        assertThat(world.events.published.getLast().payload().get("approved_by").asString())
                .isEqualTo("Asha Admin");
    }

    @Test
    void only_an_order_that_waits_for_approval_is_locked() {
        PurchaseOrder draft = world.draft();
        PurchaseOrder cancelled = world.locked();
        world.run(tx -> world.orders.cancel(tx, cancelled.id(), "no need", world.requester()));
        UUID unknown = world.erp.ids().get();

        assertThat(world.approve(draft.id())).isInstanceOf(Locking.WrongState.class);
        assertThat(world.approve(cancelled.id())).isInstanceOf(Locking.WrongState.class);
        assertThat(world.approve(unknown)).isEqualTo(new Locking.NotFound(unknown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update purchase_orders set net = net + 1, total = total + 1, amount_base = amount_base + 1",
                "update purchase_orders set supplier_id = (select s.id from suppliers s where s.tenant_id = :tenant and s.code = 'S2')",
                "update purchase_orders set approval_id = :id",
                "update purchase_orders set locked_at = null",
                "update purchase_orders set cost_center = 'other'",
                "update purchase_orders set status = 'pending_approval'",
                "update purchase_orders set status = 'draft'",
                "update purchase_orders set number = 'PO/1'"
            })
    void a_locked_order_refuses_every_change_by_sql(String statement) {
        PurchaseOrder locked = world.locked();

        assertThatThrownBy(() -> world.sql(statement + " where tenant_id = :tenant and id = :id", locked.id()))
                .hasMessageContaining(locked.number());

        assertThat(world.get(locked.id())).isEqualTo(locked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update purchase_order_lines set quantity = 1, amount = unit_price where tenant_id = :tenant and purchase_order_id = :id",
                "update purchase_order_lines set description = 'other' where tenant_id = :tenant and purchase_order_id = :id",
                "update purchase_order_lines set line_no = 7 where tenant_id = :tenant and purchase_order_id = :id",
                """
                insert into purchase_order_lines (tenant_id, id, purchase_order_id, line_no, item_id, description, hsn_sac,
                       quantity, uqc, unit_price, gst_rate, amount, tax, match_mode)
                select l.tenant_id, l.purchase_order_id, l.purchase_order_id, 2, l.item_id, l.description, l.hsn_sac,
                       l.quantity, l.uqc, l.unit_price, l.gst_rate, l.amount, l.tax, l.match_mode
                  from purchase_order_lines l where l.tenant_id = :tenant and l.purchase_order_id = :id
                """
            })
    void the_lines_of_a_locked_order_refuse_every_change_by_sql(String statement) {
        PurchaseOrder locked = world.locked();

        assertThatThrownBy(() -> world.sql(statement, locked.id())).hasMessageContaining("its lines do not change");

        assertThat(world.get(locked.id())).isEqualTo(locked);
    }

    @Test
    void not_even_the_owner_of_the_tables_changes_or_deletes_a_locked_order() {
        PurchaseOrder locked = world.locked();

        assertThatThrownBy(() -> asOwner("update purchase_orders set category = 'x'", locked))
                .hasMessageContaining("is locked");
        assertThatThrownBy(() -> asOwner("delete from purchase_orders", locked)).hasMessageContaining("never deleted");
        assertThatThrownBy(() -> asOwner("delete from purchase_order_lines", locked))
                .hasMessageContaining("its lines do not change");
    }

    @Test
    void receipts_and_invoices_may_still_be_counted_on_a_locked_line() {
        PurchaseOrder locked = world.locked();

        world.sql(
                "update purchase_order_lines set received_qty = 40 where tenant_id = :tenant and purchase_order_id = :id",
                locked.id());

        assertThat(world.get(locked.id()).lines().getFirst().receivedQty()).isEqualTo("40");
    }

    @Test
    void an_order_begins_as_a_draft_and_skips_no_state() {
        PurchaseOrder draft = world.draft();

        assertThatThrownBy(() -> world.sql(
                        "update purchase_orders set status = 'approved', locked_at = millrace_now() where tenant_id = :tenant and id = :id",
                        draft.id()))
                .hasMessageContaining("does not go from draft to approved");
        assertThatThrownBy(() -> world.sql("""
                        insert into purchase_orders (tenant_id, id, number, supplier_id, currency, rate, net, tax, total,
                               amount_base, requested_by, status)
                        select o.tenant_id, o.supplier_id, 'X', o.supplier_id, 'INR', 1, 0, 0, 0, 0, o.requested_by,
                               'pending_approval'
                          from purchase_orders o where o.tenant_id = :tenant and o.id = :id
                        """, draft.id())).hasMessageContaining("begins as a draft");
    }

    @Test
    void a_cancelled_order_stays_cancelled_and_is_cancelled_once() {
        PurchaseOrder pending = world.pending();

        Cancelling first = world.run(tx -> world.orders.cancel(tx, pending.id(), "too dear", world.requester()));
        Cancelling again = world.run(tx -> world.orders.cancel(tx, pending.id(), "again", world.requester()));

        PurchaseOrder cancelled = world.get(pending.id());
        assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
        assertThat(cancelled.header().cancelReason()).contains("too dear");
        assertThat(first).isEqualTo(new Cancelling.Cancelled(cancelled, true));
        assertThat(again).isEqualTo(new Cancelling.Cancelled(cancelled, false));
        assertThat(world.events.names()).containsExactly("purchase_order.created", "purchase_order.cancelled");
        assertThat(world.events.published.getLast().payload().get("reason").asString())
                .isEqualTo("too dear");
        assertThatThrownBy(() -> world.sql(
                        "update purchase_orders set cancel_reason = 'x' where tenant_id = :tenant and id = :id",
                        pending.id()))
                .hasMessageContaining("is cancelled");
    }

    @Test
    void drafts_and_locked_orders_can_be_cancelled_too() {
        for (PurchaseOrder order : new PurchaseOrder[] {world.draft(), world.locked()}) {
            world.run(tx -> world.orders.cancel(tx, order.id(), "no need", world.requester()));

            assertThat(world.get(order.id()).status()).isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    void an_order_with_receipts_or_invoices_is_not_cancelled() {
        PurchaseOrder received = world.locked();
        PurchaseOrder invoiced = world.locked();
        world.sql(
                "update purchase_order_lines set received_qty = 1 where tenant_id = :tenant and purchase_order_id = :id",
                received.id());
        world.sql(
                "update purchase_order_lines set invoiced_qty = 1 where tenant_id = :tenant and purchase_order_id = :id",
                invoiced.id());

        assertThat(world.<Cancelling>run(tx -> world.orders.cancel(tx, received.id(), "x", world.requester())))
                .isInstanceOf(Cancelling.HasReceipts.class);
        assertThat(world.<Cancelling>run(tx -> world.orders.cancel(tx, invoiced.id(), "x", world.requester())))
                .isInstanceOf(Cancelling.HasInvoices.class);
        assertThat(world.get(received.id()).status()).isEqualTo(Status.APPROVED);
    }

    private void asOwner(String statement, PurchaseOrder order) {
        try (var connection = World.MIGRATED.shared().owner().getConnection();
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local millrace.tenant = '" + world.tenant + "'");
            sql.execute(statement + " where tenant_id = '" + world.tenant + "'");
            connection.commit();
            throw new AssertionError("not refused: " + statement + " of " + order.number());
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
