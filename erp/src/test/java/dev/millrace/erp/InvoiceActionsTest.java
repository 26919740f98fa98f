package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Documents.Fit;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.MatchResult.Decision;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.payables.HoldSupplierInvoice;
import dev.millrace.erp.payables.MatchSupplierInvoice;
import dev.millrace.erp.payables.RejectSupplierInvoice;
import dev.millrace.erp.payables.ReleaseSupplierInvoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class InvoiceActionsTest {
    private final InvoiceDesk desk = new InvoiceDesk();
    private final Step step = new Step(desk.world);
    private final UUID approval = new UUID(7, 7);

    @Test
    void a_step_s_tolerance_goes_before_the_supplier_s_and_that_before_the_company_s() {
        SupplierInvoice dear = desk.take(desk.received("100"), "A", "100", "260");
        UUID supplier = dear.header().supplierId();

        assertThat(match(dear, Optional.empty()).outcome()).isEqualTo(Outcome.VARIANCE);
        desk.world.run(tx -> {
            desk.invoices.setTolerances(tx, Optional.empty(), percent("4"), desk.clerk);
            return 0;
        });
        assertThat(match(dear, Optional.empty()).outcome()).isEqualTo(Outcome.WITHIN_TOLERANCE);
        desk.world.run(tx -> {
            desk.invoices.setTolerances(tx, Optional.of(supplier), percent("3.99"), desk.clerk);
            return 0;
        });
        assertThat(match(dear, Optional.empty()).outcome()).isEqualTo(Outcome.VARIANCE);
        assertThat(match(dear, Optional.of(new BigDecimal("5"))).outcome()).isEqualTo(Outcome.WITHIN_TOLERANCE);
        assertThat(desk.world.count("supplier_invoice_matches")).isEqualTo(4);
    }

    private static MatchTolerances.Overrides percent(String price) {
        return MatchTolerances.Overrides.of(
                Optional.of(new BigDecimal(price)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void a_match_that_finds_another_difference_asks_again_whoever_was_asked() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice dear = desk.take(order, "A", "100", "260");

        match(dear, Optional.empty());
        match(dear, Optional.empty());
        assertThat(desk.world.documents.told).containsExactly("changed supplier_invoice by Ravi Requester");
        desk.receive(order, "-50");
        match(dear, Optional.empty());
        assertThat(desk.world.documents.told)
                .as("goods that are missing are no difference that somebody accepts")
                .hasSize(1);
    }

    @Test
    void a_difference_is_released_with_an_approval_that_fits_and_only_with_that() {
        SupplierInvoice dear = desk.take(desk.received("100"), "A", "100", "260");
        match(dear, Optional.empty());

        assertThat(failure(() -> release(dear, Optional.empty(), true))).isEqualTo("approval_required");
        assertThat(failure(() -> release(dear, Optional.of(approval), false))).isEqualTo("not_matched");
        desk.world.documents.fit = new Fit.Missing();
        assertThat(failure(() -> release(dear, Optional.of(approval), true))).isEqualTo("approval_required");
        desk.world.documents.fit = new Fit.Stale(
                List.of(new FieldChange("lines[line_no=1].differences", Optional.empty(), Optional.empty())));
        assertThat(failure(() -> release(dear, Optional.of(approval), true))).isEqualTo("approval_stale");
        assertThat(desk.world.count("supplier_invoice_acceptances")).isZero();
        assertThat(desk.get(dear).status()).isEqualTo(Status.RECEIVED);

        desk.world.documents.fit = new Fit.Good();
        ReleaseSupplierInvoice.Output released = release(dear, Optional.of(approval), true);
        ReleaseSupplierInvoice.Output again = release(dear, Optional.of(approval), true);

        assertThat(released.status()).isEqualTo(Status.RELEASED);
        assertThat(released.changed()).isTrue();
        assertThat(again.changed()).isFalse();
        assertThat(again.journalId()).isEqualTo(released.journalId());
        assertThat(desk.get(dear).header().approvalId()).contains(approval);
        assertThat(desk.booked(released.journalId().orElseThrow())).contains("1290 25000.00", "5100 1000.00");
        assertThat(desk.world.count("supplier_invoice_acceptances")).isEqualTo(1);
    }

    @Test
    void an_approval_never_covers_missing_goods_but_is_remembered_until_they_come() {
        PurchaseOrder order = desk.received("60");
        SupplierInvoice dear = desk.take(order, "A", "100", "260");
        assertThat(match(dear, Optional.empty()).codes()).containsExactly("awaiting_receipt", "price_over");

        ReleaseSupplierInvoice.Output waits = release(dear, Optional.of(approval), true);

        assertThat(waits.status()).isEqualTo(Status.ON_HOLD);
        assertThat(waits.journalId()).isEmpty();
        assertThat(desk.get(dear).header().holdCode()).contains(HoldCode.RECEIPT);
        assertThat(desk.world.count("journals")).isZero();

        desk.receive(order, "40");
        MatchResult later = match(dear, Optional.empty());
        ReleaseSupplierInvoice.Output released = release(dear, Optional.empty(), false);

        assertThat(later.decision()).isEqualTo(Decision.RELEASE);
        assertThat(later.codes()).containsExactly("accepted");
        assertThat(released.status()).isEqualTo(Status.RELEASED);
    }

    @Test
    void what_cannot_be_posted_is_not_released() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice taken = desk.take(order, "A", "100", "250");
        SupplierInvoice twice = desk.take(order, "A", "100", "250");
        desk.released(desk.received("10"), "B", "10");
        long journals = desk.world.count("journals");
        match(taken, Optional.empty());
        match(twice, Optional.empty());

        assertThat(failure(() -> release(twice, Optional.empty(), false))).isEqualTo("duplicate");
        ofCompany("update accounts set active = false where code = '1290'");
        assertThat(failure(() -> release(taken, Optional.empty(), false))).isEqualTo("account_inactive");
        ofCompany("update accounts set active = true where code = '1290'");
        ofCompany("update fiscal_periods set status = 'closed' where true");
        assertThat(failure(() -> release(taken, Optional.empty(), false))).isEqualTo("period_closed");

        assertThat(desk.get(taken).status()).isEqualTo(Status.RECEIVED);
        assertThat(desk.world.count("journals")).isEqualTo(journals);
    }

    private void ofCompany(String update) {
        desk.world.sql(update + " and tenant_id = :tenant and :id::uuid is not null", approval);
    }

    @Test
    void hold_and_reject_do_it_once() {
        SupplierInvoice taken = desk.take(desk.order(), "A", "100", "250");

        assertThat(hold(taken, "no goods")).isEqualTo(new HoldSupplierInvoice.Output(Status.ON_HOLD, true));
        assertThat(hold(taken, "no goods")).isEqualTo(new HoldSupplierInvoice.Output(Status.ON_HOLD, false));
        assertThat(reject(taken)).isEqualTo(new RejectSupplierInvoice.Output(Status.REJECTED, true));
        assertThat(reject(taken)).isEqualTo(new RejectSupplierInvoice.Output(Status.REJECTED, false));
        assertThat(failure(() -> hold(taken, "no goods"))).isEqualTo("wrong_state");
        assertThat(failure(() -> match(taken, Optional.empty()))).isEqualTo("wrong_state");
        assertThat(failure(() -> release(taken, Optional.empty(), false))).isEqualTo("wrong_state");
        assertThat(step.told)
                .containsExactly(
                        "journal supplier_invoice.held received on_hold: receipt: no goods",
                        "published supplier_invoice.held on_hold",
                        "journal supplier_invoice.rejected on_hold rejected: no",
                        "published supplier_invoice.rejected rejected");
    }

    @Test
    void what_is_not_there_fails_each_of_them() {
        UUID unknown = new UUID(1, 2);

        assertThat(failure(() -> desk.world.run(tx ->
                        step.action(MatchSupplierInvoice.class).run(tx, step, config(unknown, Optional.empty())))))
                .isEqualTo("not_found");
        assertThat(failure(() -> desk.world.run(tx -> step.action(ReleaseSupplierInvoice.class)
                        .run(
                                tx,
                                step,
                                new ReleaseSupplierInvoice.Config(unknown, Optional.empty(), Optional.empty())))))
                .isEqualTo("not_found");
        assertThat(failure(() -> desk.world.run(tx -> step.action(RejectSupplierInvoice.class)
                        .run(tx, step, new RejectSupplierInvoice.Config(unknown, "no")))))
                .isEqualTo("not_found");
    }

    private static MatchSupplierInvoice.Config config(UUID invoice, Optional<BigDecimal> percent) {
        return new MatchSupplierInvoice.Config(
                invoice, percent, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private MatchResult match(SupplierInvoice invoice, Optional<BigDecimal> percent) {
        return desk.world.run(
                tx -> step.action(MatchSupplierInvoice.class).run(tx, step, config(invoice.id(), percent)));
    }

    private ReleaseSupplierInvoice.Output release(SupplierInvoice invoice, Optional<UUID> by, boolean accept) {
        return desk.world.run(tx -> step.action(ReleaseSupplierInvoice.class)
                .run(tx, step, new ReleaseSupplierInvoice.Config(invoice.id(), by, Optional.of(accept))));
    }

    private HoldSupplierInvoice.Output hold(SupplierInvoice invoice, String reason) {
        return desk.world.run(tx -> step.action(HoldSupplierInvoice.class)
                .run(tx, step, new HoldSupplierInvoice.Config(invoice.id(), reason, Optional.of(HoldCode.RECEIPT))));
    }

    private RejectSupplierInvoice.Output reject(SupplierInvoice invoice) {
        return desk.world.run(tx -> step.action(RejectSupplierInvoice.class)
                .run(tx, step, new RejectSupplierInvoice.Config(invoice.id(), "no")));
    }

    private static String failure(ThrowingCallable call) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.isRetryable()).isFalse();
        return failure.code();
    }
}
