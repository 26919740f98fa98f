package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no statement does to a sales order, whoever runs it. */
class SalesOrderStatesTest {
    private final SalesDesk desk = new SalesDesk();
    private final World world = desk.world;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update sales_orders set net = net + 1, total = total + 1, amount_base = amount_base + 1",
                "update sales_orders set customer_id = (select c.id from customers c where c.tenant_id = :tenant and c.code = 'FAR')",
                "update sales_orders set discount_percent = 1",
                "update sales_orders set margin_percent = 1",
                "update sales_orders set customer_ref = 'other'",
                "update sales_orders set approval_id = :id",
                "update sales_orders set confirmed_by = 'me'",
                "update sales_orders set confirmed_at = null",
                "update sales_orders set confirmed_at = millrace_now()",
                "update sales_orders set number = 'SO/1'",
                "update sales_orders set status = 'draft'",
                "update sales_orders set status = 'pending_approval'",
                "update sales_orders set status = 'invoiced'",
                "update sales_orders set status = 'closed'"
            })
    void a_confirmed_order_refuses_every_change_by_sql(String statement) {
        SalesOrder confirmed = desk.confirmed(SalesDesk.order("LOCAL", "10"));

        assertThatThrownBy(() -> world.sql(statement + " where tenant_id = :tenant and id = :id", confirmed.id()))
                .hasMessageContaining(confirmed.number());

        assertThat(desk.get(confirmed.id())).isEqualTo(confirmed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update sales_order_lines set unit_price = 1, amount = quantity where tenant_id = :tenant and sales_order_id = :id",
                "update sales_order_lines set description = 'other' where tenant_id = :tenant and sales_order_id = :id",
                "update sales_order_lines set warehouse_id = null where tenant_id = :tenant and sales_order_id = :id",
                "update sales_order_lines set unit_cost = 1 where tenant_id = :tenant and sales_order_id = :id",
                "delete from sales_order_lines where tenant_id = :tenant and sales_order_id = :id",
                """
                insert into sales_order_lines (tenant_id, id, sales_order_id, line_no, item_id, description, hsn_sac,
                       is_service, quantity, uqc, unit_price, discount_percent, discount, gst_rate, amount, tax)
                select l.tenant_id, l.sales_order_id, l.sales_order_id, 2, l.item_id, l.description, l.hsn_sac,
                       l.is_service, l.quantity, l.uqc, l.unit_price, l.discount_percent, l.discount, l.gst_rate, l.amount, l.tax
                  from sales_order_lines l where l.tenant_id = :tenant and l.sales_order_id = :id
                """
            })
    void the_lines_of_a_confirmed_order_refuse_every_change_by_sql_also_while_it_is_on_hold(String statement) {
        SalesOrder confirmed = desk.confirmed(SalesDesk.order("LOCAL", "10"));

        refused(statement, confirmed.id(), "its lines do not change");
        assertThat(desk.get(confirmed.id())).isEqualTo(confirmed);
        world.run(tx -> desk.orders.putOnHold(tx, confirmed.id(), "x", desk.seller));
        refused(statement, confirmed.id(), "its lines do not change");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update sales_order_lines set delivered_qty = 11, reserved_qty = 0",
                "update sales_order_lines set reserved_qty = 11",
                "update sales_order_lines set invoiced_qty = 1"
            })
    void no_more_is_delivered_reserved_or_invoiced_than_there_is_to(String statement) {
        SalesOrder confirmed = desk.confirmed(SalesDesk.order("LOCAL", "10"));

        refused(statement + " where tenant_id = :tenant and sales_order_id = :id", confirmed.id(), "sales_line_");
    }

    @Test
    void an_order_begins_as_a_draft_and_skips_no_state() {
        SalesOrder draft = desk.draft(SalesDesk.order("LOCAL", "10"));

        for (String status : new String[] {"part_delivered", "delivered", "invoiced", "closed"}) {
            refused(
                    "update sales_orders set status = '" + status
                            + "', confirmed_at = millrace_now() where tenant_id = :tenant and id = :id",
                    draft.id(),
                    "does not go from draft to " + status);
        }
        refused("""
                insert into sales_orders (tenant_id, id, number, customer_id, currency, net, tax, total, amount_base,
                       discount_percent, requested_by, status)
                select o.tenant_id, o.customer_id, 'X', o.customer_id, 'INR', 0, 0, 0, 0, 0, o.requested_by, 'pending_approval'
                  from sales_orders o where o.tenant_id = :tenant and o.id = :id
                """, draft.id(), "begins as a draft");
    }

    @Test
    void a_cancelled_order_stays_as_it_is() {
        SalesOrder draft = desk.draft(SalesDesk.order("LOCAL", "10"));
        world.run(tx -> desk.orders.cancel(tx, draft.id(), "no need", desk.seller));

        refused(
                "update sales_orders set cancel_reason = 'x' where tenant_id = :tenant and id = :id",
                draft.id(),
                "is cancelled");
        refused(
                "update sales_orders set status = 'draft', cancelled_at = null, cancel_reason = null"
                        + " where tenant_id = :tenant and id = :id",
                draft.id(),
                "does not go from cancelled");
    }

    @Test
    void not_even_the_owner_of_the_tables_changes_or_deletes_a_confirmed_order() {
        desk.confirmed(SalesDesk.order("LOCAL", "10"));

        assertThatThrownBy(() -> asOwner("update sales_orders set customer_ref = 'x'"))
                .hasMessageContaining("what it says does not change");
        assertThatThrownBy(() -> asOwner("delete from sales_orders")).hasMessageContaining("never deleted");
        assertThatThrownBy(() -> asOwner("delete from sales_order_lines"))
                .hasMessageContaining("its lines do not change");
    }

    private void refused(String statement, UUID id, String why) {
        assertThatThrownBy(() -> world.sql(statement, id)).hasMessageContaining(why);
    }

    private void asOwner(String statement) {
        try (var connection = World.MIGRATED.shared().owner().getConnection();
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local millrace.tenant = '" + world.tenant + "'");
            sql.execute(statement + " where tenant_id = '" + world.tenant + "'");
            connection.commit();
            throw new AssertionError("not refused: " + statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
