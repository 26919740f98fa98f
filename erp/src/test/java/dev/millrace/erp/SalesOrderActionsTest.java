package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Documents.Fit;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.sales.CancelSalesOrder;
import dev.millrace.erp.sales.ConfirmSalesOrder;
import dev.millrace.erp.sales.HoldSalesOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SalesOrderActionsTest {
    private final SalesDesk desk = new SalesDesk();
    private final Step step = new Step(desk.world);
    private final UUID approval = new UUID(7, 7);

    @Test
    void confirm_keeps_stock_counts_for_the_limit_and_says_by_what() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));

        ConfirmSalesOrder.Output first = confirm(pending.id(), Optional.of(approval), false);
        ConfirmSalesOrder.Output again = confirm(pending.id(), Optional.of(approval), false);

        assertThat(first).isEqualTo(new ConfirmSalesOrder.Output(Status.CONFIRMED, true, true));
        assertThat(again).isEqualTo(new ConfirmSalesOrder.Output(Status.CONFIRMED, true, false));
        SalesOrder confirmed = desk.get(pending.id());
        assertThat(confirmed.header().approvalId()).contains(approval);
        assertThat(confirmed.header().confirmedBy()).contains("purchase-order-approval v3");
        assertThat(confirmed.lines().getFirst().reservedQty()).isEqualTo("10");
        assertThat(desk.level().reserved()).isEqualByComparingTo("10");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("236.00");
        assertThat(step.told)
                .containsExactly(
                        "journal sales_order.confirmed pending_approval confirmed: "
                                + "confirmed by purchase-order-approval v3, approval " + approval,
                        "published sales_order.confirmed confirmed");
    }

    @Test
    void confirm_takes_drafts_and_orders_on_hold_too_and_services_need_no_stock() {
        SalesOrder draft = desk.draft(SalesDesk.order("LOCAL", "10"));
        SalesOrder held = desk.pending(SalesDesk.order("LOCAL", "10"));
        hold(held.id());
        SalesOrder service = desk.pending(NewSalesOrder.of(
                "LOCAL", List.of(NewSalesOrder.Line.of("FREIGHT", BigDecimal.ONE, new BigDecimal("100")))));

        assertThat(confirm(draft.id()).changed()).isTrue();
        assertThat(confirm(held.id()).changed()).isTrue();
        assertThat(confirm(service.id())).isEqualTo(new ConfirmSalesOrder.Output(Status.CONFIRMED, false, true));
    }

    @Test
    void confirm_fails_with_a_code_for_each_reason_and_writes_nothing() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));
        SalesOrder tooMuch = desk.pending(SalesDesk.order("LOCAL", "101"));
        SalesOrder cancelled = desk.pending(SalesDesk.order("LOCAL", "10"));
        cancel(cancelled.id());
        step.told.clear();

        assertThat(code(() -> confirm(new UUID(1, 2)))).isEqualTo("not_found");
        assertThat(code(() -> confirm(cancelled.id()))).isEqualTo("wrong_state");
        assertThat(failure(() -> confirm(tooMuch.id())))
                .hasMessageContaining("Of BOLT only 100 are free in Main store")
                .extracting(ActionFailure::code)
                .isEqualTo("insufficient_stock");
        desk.limit("LOCAL", "235.99");
        assertThat(failure(() -> confirm(pending.id())))
                .hasMessageContaining("to ₹236.00, over the limit of ₹235.99")
                .extracting(ActionFailure::code)
                .isEqualTo("credit_limit_exceeded");
        desk.hold("LOCAL", true);
        assertThat(code(() -> confirm(pending.id(), Optional.empty(), true))).isEqualTo("customer_blocked");

        assertThat(desk.get(pending.id())).isEqualTo(pending);
        assertThat(desk.level().reserved()).isEqualByComparingTo("0");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("0.00");
        assertThat(step.told).isEmpty();
    }

    @Test
    void an_exposure_of_exactly_the_limit_is_within_it_and_an_override_goes_beyond_and_tells_once() {
        SalesOrder exact = desk.pending(SalesDesk.order("LOCAL", "10"));
        SalesOrder more = desk.pending(SalesDesk.order("LOCAL", "1"));
        SalesOrder evenMore = desk.pending(SalesDesk.order("LOCAL", "1"));
        desk.limit("LOCAL", "236");

        assertThat(confirm(exact.id()).changed()).isTrue();
        assertThat(code(() -> confirm(more.id()))).isEqualTo("credit_limit_exceeded");
        step.told.clear();
        assertThat(confirm(more.id(), Optional.empty(), true).changed()).isTrue();

        assertThat(confirm(evenMore.id(), Optional.empty(), true).changed()).isTrue();

        assertThat(step.told)
                .filteredOn(told -> told.startsWith("published customer.credit_limit_breached"))
                .hasSize(1);
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("283.20");
    }

    @Test
    void confirm_refuses_an_approval_that_was_not_granted_or_does_not_fit_any_more() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));

        desk.world.documents.fit = new Fit.Missing();
        assertThat(code(() -> confirm(pending.id(), Optional.of(approval), false)))
                .isEqualTo("approval_required");
        desk.world.documents.fit = new Fit.Stale(
                List.of(new FieldChange("lines[line_no=1].quantity", Optional.empty(), Optional.empty())));
        assertThat(failure(() -> confirm(pending.id(), Optional.of(approval), false)))
                .hasMessageContaining("lines[line_no=1].quantity")
                .extracting(ActionFailure::code)
                .isEqualTo("approval_stale");
        desk.world.run(tx -> desk.orders.revise(tx, pending.id(), SalesDesk.order("LOCAL", "90"), desk.seller));
        assertThat(code(() -> confirm(pending.id()))).isEqualTo("approval_required");

        assertThat(desk.get(pending.id()).status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    @Test
    void hold_gives_back_what_a_confirmed_order_took_and_confirming_it_again_takes_it_again() {
        SalesOrder confirmed = desk.confirmed(SalesDesk.order("LOCAL", "10"));

        assertThat(hold(confirmed.id())).isEqualTo(new HoldSalesOrder.Output(Status.ON_HOLD, true));
        assertThat(hold(confirmed.id())).isEqualTo(new HoldSalesOrder.Output(Status.ON_HOLD, false));

        assertThat(desk.get(confirmed.id()).header().holdReason()).contains("too risky");
        assertThat(desk.level().reserved()).isEqualByComparingTo("0");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("0.00");
        assertThat(step.told).containsExactly("journal sales_order.on_hold confirmed on_hold: too risky");
        confirm(confirmed.id());
        assertThat(desk.level().reserved()).isEqualByComparingTo("10");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("236.00");
        assertThat(desk.get(confirmed.id()).header().confirmedAt())
                .isEqualTo(confirmed.header().confirmedAt());
    }

    @Test
    void hold_fails_for_an_unknown_order_and_where_goods_have_left() {
        SalesOrder delivered = desk.delivered(SalesDesk.order("LOCAL", "10"));
        SalesOrder draft = desk.draft(SalesDesk.order("LOCAL", "10"));

        assertThat(code(() -> hold(new UUID(1, 2)))).isEqualTo("not_found");
        assertThat(code(() -> hold(delivered.id()))).isEqualTo("wrong_state");
        assertThat(code(() -> hold(draft.id()))).isEqualTo("wrong_state");
    }

    @Test
    void cancel_cancels_once_gives_back_and_fails_where_goods_have_left_or_it_is_invoiced() {
        SalesOrder confirmed = desk.confirmed(SalesDesk.order("LOCAL", "10"));
        SalesOrder part = desk.confirmed(SalesDesk.order("LOCAL", "10"));
        desk.deliver(part, "1");
        SalesOrder invoiced = desk.delivered(SalesDesk.order("LOCAL", "10"));
        desk.world.run(tx -> desk.shop.invoices.makeOfOrder(tx, invoiced.id(), desk.seller));

        assertThat(cancel(confirmed.id())).isEqualTo(new CancelSalesOrder.Output(Status.CANCELLED, true));
        assertThat(cancel(confirmed.id())).isEqualTo(new CancelSalesOrder.Output(Status.CANCELLED, false));

        assertThat(step.told)
                .containsExactly(
                        "journal sales_order.cancelled confirmed cancelled: no need",
                        "published sales_order.cancelled cancelled");
        assertThat(desk.level().reserved()).isEqualByComparingTo("9");
        assertThat(code(() -> cancel(new UUID(1, 2)))).isEqualTo("not_found");
        assertThat(code(() -> cancel(part.id()))).isEqualTo("has_deliveries");
        assertThat(code(() -> cancel(invoiced.id()))).isEqualTo("wrong_state");
    }

    @Test
    void what_a_step_did_goes_when_its_commit_fails() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));
        SalesOrder confirmed = desk.confirmed(SalesDesk.order("LOCAL", "5"));

        undone(() -> desk.world.run(tx -> {
            step.action(ConfirmSalesOrder.class)
                    .run(tx, step, new ConfirmSalesOrder.Config(pending.id(), Optional.empty(), Optional.empty()));
            throw new IllegalStateException("later");
        }));
        undone(() -> desk.world.run(tx -> {
            step.action(HoldSalesOrder.class).run(tx, step, new HoldSalesOrder.Config(confirmed.id(), "x"));
            throw new IllegalStateException("later");
        }));
        undone(() -> desk.world.run(tx -> {
            step.action(CancelSalesOrder.class).run(tx, step, new CancelSalesOrder.Config(confirmed.id(), "x"));
            throw new IllegalStateException("later");
        }));

        assertThat(desk.get(pending.id())).isEqualTo(pending);
        assertThat(desk.get(confirmed.id())).isEqualTo(confirmed);
        assertThat(desk.level().reserved()).isEqualByComparingTo("5");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("118.00");
    }

    private static void undone(ThrowingCallable work) {
        assertThatThrownBy(work).hasMessage("later");
    }

    private ConfirmSalesOrder.Output confirm(UUID order) {
        return confirm(order, Optional.empty(), false);
    }

    private ConfirmSalesOrder.Output confirm(UUID order, Optional<UUID> with, boolean override) {
        return desk.world.run(tx -> step.action(ConfirmSalesOrder.class)
                .run(tx, step, new ConfirmSalesOrder.Config(order, with, Optional.of(override))));
    }

    private HoldSalesOrder.Output hold(UUID order) {
        return desk.world.run(
                tx -> step.action(HoldSalesOrder.class).run(tx, step, new HoldSalesOrder.Config(order, "too risky")));
    }

    private CancelSalesOrder.Output cancel(UUID order) {
        return desk.world.run(
                tx -> step.action(CancelSalesOrder.class).run(tx, step, new CancelSalesOrder.Config(order, "no need")));
    }

    private static String code(ThrowingCallable call) {
        return failure(call).code();
    }

    private static ActionFailure failure(ThrowingCallable call) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.isRetryable()).isFalse();
        return failure;
    }
}
