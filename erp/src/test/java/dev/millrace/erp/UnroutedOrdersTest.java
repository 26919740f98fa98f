package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Published;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.Submission.Routing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnroutedOrdersTest {
    private final World world = new World();

    @Test
    void an_order_that_nobody_decides_on_waits_and_admin_is_told() {
        Submission.Submitted submitted = submit(World.NOBODY);

        assertThat(submitted.routing())
                .isEqualTo(new Routing.Held("no enabled workflow begins with purchase_order.created"));
        assertThat(submitted.order().status()).isEqualTo(Status.PENDING_APPROVAL);
        world.run(tx -> {
            var admin = world.member("admin");
            assertThat(world.erp.inbox().tasks(tx, admin, Optional.empty(), 10))
                    .singleElement()
                    .satisfies(task -> {
                        assertThat(task.role()).contains("Admin");
                        assertThat(task.entityId()).contains(submitted.order().id());
                    });
            assertThat(world.erp.inbox().notifications(tx, admin.id(), true, Optional.empty(), 10))
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.subject().orElseThrow())
                                .startsWith(submitted.order().number());
                        assertThat(told.link())
                                .contains(
                                        "/purchase-orders/" + submitted.order().id());
                    });
            return tx;
        });
        assertThat(world.events.names()).containsExactly("purchase_order.created");
    }

    @Test
    void an_order_whose_condition_broke_waits_with_the_reason() {
        Submission.Submitted submitted = submit(World.declined(true, "no field 'amount'"));

        assertThat(submitted.routing())
                .isEqualTo(
                        new Routing.Held("the condition of big-orders v3 could not be evaluated: no field 'amount'"));
        assertThat(world.count("tasks")).isOne();
    }

    @Test
    void an_order_that_every_definition_declined_is_approved_by_their_rule() {
        Submission.Submitted submitted = submit(World.declined(false, ""));

        assertThat(submitted.order().status()).isEqualTo(Status.APPROVED);
        assertThat(submitted.order().header().approvedBy()).contains("rule of big-orders v3");
        assertThat(world.trail)
                .contains(
                        "Millrace purchase_order.approved pending_approval approved: approved by rule of big-orders v3: "
                                + "big-orders v3 did not apply with {\"trigger.amount_base\":29500.00}");
        assertThat(world.events.names()).containsExactly("purchase_order.created", "purchase_order.approved");
        assertThat(world.count("tasks")).isZero();
    }

    @Test
    void a_company_may_have_unrouted_orders_approved_and_the_change_is_journaled() {
        world.run(tx -> {
            world.orders.setUnrouted(tx, Company.Unrouted.APPROVE, world.requester());
            world.orders.setUnrouted(tx, Company.Unrouted.APPROVE, world.requester());
            return tx;
        });

        Submission.Submitted submitted = submit(World.NOBODY);

        assertThat(submitted.order().status()).isEqualTo(Status.APPROVED);
        assertThat(submitted.order().header().approvedBy()).contains("the setting unrouted_orders: approve");
        assertThat(world.trail)
                .filteredOn(entry -> entry.contains("policy.changed"))
                .isEqualTo(List.of("Ravi Requester policy.changed unrouted_orders: hold unrouted_orders: approve: "
                        + "orders that no workflow decides on"));
    }

    private Submission.Submitted submit(Published answer) {
        PurchaseOrder draft = world.draft();
        world.events.answer = answer;
        Submission submission = world.run(tx -> world.orders.submit(tx, draft.id(), world.requester()));
        return (Submission.Submitted) submission;
    }
}
