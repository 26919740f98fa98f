package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Documents.Fit;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.procurement.CancelPurchaseOrder;
import dev.millrace.erp.procurement.LockPurchaseOrder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderActionsTest {
    private final World world = new World();
    private final Step step = new Step(world);
    private final UUID approval = new UUID(7, 7);

    @Test
    void lock_approves_with_the_approval_and_says_by_what() {
        PurchaseOrder pending = world.pending();

        LockPurchaseOrder.Output first = lock(pending.id());
        LockPurchaseOrder.Output again = lock(pending.id());

        PurchaseOrder.Header header = world.get(pending.id()).header();
        assertThat(header.status()).isEqualTo(Status.APPROVED);
        assertThat(header.approvalId()).contains(approval);
        assertThat(header.approvedBy()).contains("purchase-order-approval v3");
        assertThat(first)
                .isEqualTo(new LockPurchaseOrder.Output(
                        Status.APPROVED, header.lockedAt().orElseThrow(), true));
        assertThat(again)
                .isEqualTo(new LockPurchaseOrder.Output(
                        Status.APPROVED, header.lockedAt().orElseThrow(), false));
        assertThat(step.told)
                .containsExactly(
                        "journal purchase_order.approved pending_approval approved: "
                                + "approved by purchase-order-approval v3, approval " + approval,
                        "published purchase_order.approved approved");
    }

    @Test
    void lock_fails_for_an_unknown_order_and_for_one_that_does_not_wait() {
        PurchaseOrder draft = world.draft();

        assertThat(failure(() -> lock(new UUID(1, 2))).code()).isEqualTo("not_found");
        assertThat(failure(() -> lock(draft.id())))
                .hasMessage("Expected " + draft.number() + " to be pending_approval but it is draft")
                .extracting(ActionFailure::code)
                .isEqualTo("wrong_state");
        assertThat(step.told).isEmpty();
    }

    @Test
    void lock_refuses_an_approval_that_was_not_granted_or_does_not_fit_any_more() {
        PurchaseOrder pending = world.pending();

        world.documents.fit = new Fit.Missing();
        assertThat(failure(() -> lock(pending.id())).code()).isEqualTo("approval_required");
        world.documents.fit = new Fit.Stale(
                List.of(new FieldChange("lines[line_no=1].quantity", Optional.empty(), Optional.empty())));
        assertThat(failure(() -> lock(pending.id())))
                .hasMessageContaining("lines[line_no=1].quantity")
                .extracting(ActionFailure::code)
                .isEqualTo("approval_stale");

        assertThat(world.get(pending.id()).status()).isEqualTo(Status.PENDING_APPROVAL);
        assertThat(step.told).isEmpty();
    }

    @Test
    void lock_without_an_approval_refuses_an_order_that_was_changed_after_it_was_submitted() {
        PurchaseOrder untouched = world.pending();
        PurchaseOrder changed = world.pending();
        world.run(tx ->
                world.orders.revise(tx, changed.id(), World.order("S1", "BOLT", "9000", "250"), world.requester()));

        assertThat(lockUnasked(untouched.id()).status()).isEqualTo(Status.APPROVED);
        assertThat(failure(() -> lockUnasked(changed.id())).code()).isEqualTo("approval_required");
        assertThat(world.get(changed.id()).status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    private LockPurchaseOrder.Output lockUnasked(UUID order) {
        return world.run(tx -> step.action(LockPurchaseOrder.class)
                .run(tx, step, new LockPurchaseOrder.Config(order, Optional.empty())));
    }

    @Test
    void cancel_cancels_once_and_fails_where_goods_or_an_invoice_came() {
        PurchaseOrder pending = world.pending();
        PurchaseOrder received = world.locked();
        world.sql(
                "update purchase_order_lines set received_qty = 1 where tenant_id = :tenant and purchase_order_id = :id",
                received.id());
        PurchaseOrder invoiced = world.locked();
        world.sql(
                "update purchase_order_lines set invoiced_qty = 1 where tenant_id = :tenant and purchase_order_id = :id",
                invoiced.id());

        assertThat(cancel(pending.id())).isEqualTo(new CancelPurchaseOrder.Output(Status.CANCELLED, true));
        assertThat(cancel(pending.id())).isEqualTo(new CancelPurchaseOrder.Output(Status.CANCELLED, false));
        assertThat(failure(() -> cancel(new UUID(1, 2))).code()).isEqualTo("not_found");
        assertThat(failure(() -> cancel(received.id())).code()).isEqualTo("has_receipts");
        assertThat(failure(() -> cancel(invoiced.id())).code()).isEqualTo("has_invoices");
        assertThat(step.told)
                .containsExactly(
                        "journal purchase_order.cancelled pending_approval cancelled: not approved",
                        "published purchase_order.cancelled cancelled");
    }

    private LockPurchaseOrder.Output lock(UUID order) {
        return world.run(tx -> step.action(LockPurchaseOrder.class)
                .run(tx, step, new LockPurchaseOrder.Config(order, Optional.of(approval))));
    }

    private CancelPurchaseOrder.Output cancel(UUID order) {
        return world.run(tx -> step.action(CancelPurchaseOrder.class)
                .run(tx, step, new CancelPurchaseOrder.Config(order, "not approved")));
    }

    private static ActionFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.isRetryable()).isFalse();
        return failure;
    }
}
