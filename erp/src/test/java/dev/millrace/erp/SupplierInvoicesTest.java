package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.erp.InvoiceChange.Done;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.payables.ReceiptArrivals;
import dev.millrace.language.EventType;
import dev.millrace.language.Shapes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupplierInvoicesTest {
    private final InvoiceDesk desk = new InvoiceDesk();
    private final World world = desk.world;

    @Test
    void an_invoice_is_taken_with_its_tax_and_told_once() {
        PurchaseOrder order = desk.order();

        SupplierInvoice taken = desk.take(order, " inv-00/17 ", "60", "250");

        SupplierInvoice.Header header = taken.header();
        assertThat(header.internalNumber()).startsWith("SI/").endsWith("/00001");
        assertThat(header.invoiceNumber()).isEqualTo("inv-00/17");
        assertThat(header.fiscalYear()).isEqualTo("2025-26");
        assertThat(header.net()).isEqualTo("15000.00");
        assertThat(header.cgst()).isEqualTo("1350.00");
        assertThat(header.igst()).isEqualTo("0.00");
        assertThat(header.total()).isEqualTo("17700.00");
        assertThat(header.openAmount()).isEqualTo("0.00");
        assertThat(header.poNumber()).contains(order.number());
        assertThat(header.dueDate()).isEqualTo(InvoiceDesk.DAY.plusDays(30));
        assertThat(taken.lines().getFirst().description()).isEqualTo("Item BOLT");
        assertThat(world.events.names()).containsExactly("supplier_invoice.received");
        fitsItsType(world.events.published.getFirst());
        assertThat(world.trail)
                .containsExactly(
                        "Ravi Requester supplier_invoice.received - received: inv-00/17 of Supplier S1, ₹17,700.00");
    }

    @Test
    void the_same_number_again_is_kept_as_a_duplicate_and_never_released() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice first = desk.take(order, "INV-101", "10", "250");

        SupplierInvoice again = desk.take(order, "inv 101", "10", "250");

        assertThat(again.header().duplicateOf()).contains(first.id());
        MatchResult match = desk.match(again);
        assertThat(match.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(match.duplicateOf()).contains("INV-101");
        assertThat(InvoiceDesk.code(desk.release(again))).isEqualTo("duplicate");
        assertThat(desk.take(order, "INV-1010", "1", "250").header().duplicateOf())
                .isEmpty();
        assertThatThrownBy(() -> world.sql(
                        "update supplier_invoices set duplicate_of = null where tenant_id = :tenant and id = :id",
                        again.id()))
                .hasMessageContaining("as the supplier wrote it");
    }

    @Test
    void a_number_that_was_refused_may_be_sent_again() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice first = desk.take(order, "INV-101", "10", "250");
        world.run(tx -> desk.invoices.reject(tx, first.id(), "wrong address", desk.clerk));

        assertThat(desk.take(order, "INV-101", "10", "250").header().duplicateOf())
                .isEmpty();
    }

    @Test
    void what_cannot_be_taken_is_refused_with_everything_that_is_wrong() {
        var late = new NewSupplierInvoice(
                Optional.empty(),
                Optional.of("S1"),
                "--",
                LocalDate.of(2199, 1, 1),
                Optional.of(new UUID(1, 2)),
                Optional.of("XXX"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BigDecimal.ZERO,
                Optional.of("abc"),
                List.of(InvoiceDesk.line("0", "250")));

        InvoiceIntake refused = world.run(tx -> desk.invoices.receive(tx, late, desk.clerk));

        assertThat(((InvoiceIntake.Refused) refused).problems())
                .extracting(InputProblem::path)
                .containsExactly(
                        "invoice_number",
                        "invoice_date",
                        "purchase_order_id",
                        "total",
                        "irn",
                        "currency",
                        "rate",
                        "lines[0].po_line_no",
                        "lines[0].quantity",
                        "lines[0].gst_rate",
                        "lines[0].description");
        assertThat(world.count("supplier_invoices")).isZero();
        assertThat(world.events.published).isEmpty();
    }

    @Test
    void a_small_enterprise_is_paid_within_45_days_of_having_its_invoice() {
        world.sql(
                "update suppliers set msme = 'micro', payment_terms_days = 90 where tenant_id = :tenant and code = 'S1' and id <> :id",
                new UUID(1, 1));

        SupplierInvoice taken = desk.take(desk.order(), "INV-1", "1", "250");

        LocalDate today = LocalDate.ofInstant(taken.header().receivedAt(), ZoneId.of("Asia/Kolkata"));
        assertThat(taken.header().dueDate()).isEqualTo(today.plusDays(45));
        assertThat(taken.header().isMsme()).isTrue();
    }

    @Test
    void what_agrees_is_released_posted_and_told_and_again_changes_nothing() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice taken = desk.take(order, "INV-1", "100", "254");
        desk.match(taken);
        world.events.published.clear();

        InvoiceChange done = desk.release(taken);
        InvoiceChange again = desk.release(taken);

        SupplierInvoice released = desk.get(taken);
        assertThat(done).isEqualTo(new Done(released, true));
        assertThat(again).isEqualTo(new Done(released, false));
        assertThat(released.status()).isEqualTo(Status.RELEASED);
        assertThat(released.header().openAmount()).isEqualTo("29972.00");
        assertThat(desk.booked(released.header().journalId().orElseThrow()))
                .containsExactly("1290 25000.00", "5100 400.00", "1300 2286.00", "1310 2286.00", "2000 -29972.00");
        assertThat(desk.invoiced(order)).isEqualByComparingTo("100");
        assertThat(world.get(order.id()).header().invoicedPercent()).isEqualByComparingTo("100");
        assertThat(world.events.names()).containsExactly("journal.posted", "supplier_invoice.released");
        fitsItsType(world.events.published.getLast());
    }

    @Test
    void without_an_order_the_expense_is_booked_with_charges_and_rounding() {
        var line = new NewSupplierInvoice.Line(
                Optional.empty(),
                Optional.of("Repair of the gate"),
                Optional.of("998717"),
                new BigDecimal("1"),
                new BigDecimal("1000.20"),
                Optional.empty(),
                Optional.of(new BigDecimal("18")),
                Optional.of(new BigDecimal("90.02")),
                Optional.of(new BigDecimal("90.02")),
                Optional.empty(),
                Optional.of("5300"));
        SupplierInvoice taken = desk.take(new NewSupplierInvoice(
                Optional.empty(),
                Optional.of("S1"),
                "R-7",
                InvoiceDesk.DAY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BigDecimal("50")),
                Optional.of(new BigDecimal("-0.24")),
                new BigDecimal("1230.00"),
                Optional.empty(),
                List.of(line)));
        MatchResult match = desk.match(taken);
        desk.release(taken);

        assertThat(match.codes()).containsExactly("no_purchase_order", "unplanned_charges");
        assertThat(desk.booked(desk.get(taken).header().journalId().orElseThrow()))
                .containsExactly(
                        "5300 1000.20", "1300 90.02", "1310 90.02", "5200 50.00", "5900 -0.24", "2000 -1230.00");
    }

    @Test
    void what_was_not_matched_or_does_not_agree_is_not_released() {
        SupplierInvoice unmatched = desk.take(desk.received("100"), "A", "100", "250");
        SupplierInvoice early = desk.take(desk.order(), "B", "100", "250");
        SupplierInvoice dear = desk.take(desk.received("100"), "C", "100", "260");
        desk.match(early);
        desk.match(dear);
        world.events.published.clear();

        assertThat(InvoiceDesk.code(desk.release(unmatched))).isEqualTo("not_matched");
        assertThat(InvoiceDesk.code(desk.release(early))).isEqualTo("not_matched");
        assertThat(InvoiceDesk.code(desk.release(dear))).isEqualTo("not_matched");

        assertThat(world.count("journals")).isZero();
        assertThat(world.events.published).isEmpty();
        assertThat(desk.get(dear).header().matchOutcome()).contains(Outcome.VARIANCE);
    }

    @Test
    void release_looks_again_at_what_was_received() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice taken = desk.take(order, "A", "100", "250");
        assertThat(desk.match(taken).outcome()).isEqualTo(Outcome.MATCHED);
        desk.receive(order, "-40");

        assertThat(InvoiceDesk.code(desk.release(taken))).isEqualTo("not_matched");

        assertThat(desk.get(taken).status()).isEqualTo(Status.RECEIVED);
        assertThat(world.count("supplier_invoice_matches")).isEqualTo(2);
    }

    @Test
    void of_two_invoices_on_the_same_goods_the_later_one_waits_and_a_refusal_frees_the_goods() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice first = desk.take(order, "A", "100", "260");
        SupplierInvoice second = desk.take(order, "B", "100", "250");

        assertThat(desk.match(second).codes()).containsExactly("quantity_over_ordered");
        assertThat(desk.match(first).codes()).containsExactly("price_over");
        world.run(tx -> desk.invoices.cancel(tx, first.id(), "sent twice", desk.clerk));

        assertThat(desk.match(second).outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(desk.get(first).header().endReason()).contains("sent twice");
    }

    @Test
    void every_match_is_evidence_that_nobody_changes() {
        SupplierInvoice taken = desk.take(desk.received("60"), "A", "100", "250");
        desk.match(taken);
        desk.match(taken);

        assertThat(world.count("supplier_invoice_matches")).isEqualTo(2);
        assertThatThrownBy(() -> world.sql(
                        "update supplier_invoice_matches set decision = 'release' where tenant_id = :tenant and invoice_id = :id",
                        taken.id()))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> world.sql(
                        "delete from supplier_invoice_matches where tenant_id = :tenant and invoice_id = :id",
                        taken.id()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void an_invoice_on_hold_is_not_held_twice_for_the_same_and_can_be_freed() {
        SupplierInvoice taken = desk.take(desk.order(), "A", "100", "250");
        world.events.published.clear();

        InvoiceChange first = hold(taken, HoldCode.MANUAL, "ask the buyer");
        InvoiceChange again = hold(taken, HoldCode.MANUAL, "ask the buyer");

        assertThat(((Done) first).changed()).isTrue();
        assertThat(((Done) again).changed()).isFalse();
        assertThat(world.events.names()).containsExactly("supplier_invoice.held");
        fitsItsType(world.events.published.getFirst());
        world.run(tx -> desk.invoices.lift(tx, taken.id(), "he knows", desk.clerk));
        assertThat(desk.get(taken).status()).isEqualTo(Status.RECEIVED);
        assertThat(desk.get(taken).header().holdCode()).isEmpty();
    }

    @Test
    void who_waits_for_goods_is_told_when_they_come_and_nobody_else() {
        PurchaseOrder order = desk.order();
        SupplierInvoice waits = desk.take(order, "A", "60", "250");
        SupplierInvoice asks = desk.take(order, "B", "10", "260");
        hold(waits, HoldCode.RECEIPT, "no goods");
        hold(asks, HoldCode.PRICE, "too dear");
        world.events.published.clear();

        goodsCame(order);

        assertThat(world.events.names()).containsExactly("supplier_invoice.receipt_arrived");
        NewEvent told = world.events.published.getFirst();
        assertThat(told.payload().get("id").asString()).isEqualTo(waits.id().toString());
        fitsItsType(told);
        assertThat(desk.get(waits).status()).isEqualTo(Status.RECEIVED);
        assertThat(desk.get(asks).status()).isEqualTo(Status.ON_HOLD);
    }

    @Test
    void goods_that_come_in_parts_tell_an_invoice_once_until_it_is_matched_and_held_again() {
        PurchaseOrder order = desk.order();
        SupplierInvoice waits = desk.take(order, "A", "60", "250");
        hold(waits, HoldCode.RECEIPT, "no goods");
        world.events.published.clear();

        goodsCame(order);
        goodsCame(order);

        assertThat(world.events.names()).containsExactly("supplier_invoice.receipt_arrived");

        hold(waits, HoldCode.RECEIPT, "not enough goods");
        goodsCame(order);

        assertThat(world.events.names())
                .containsExactly(
                        "supplier_invoice.receipt_arrived",
                        "supplier_invoice.held",
                        "supplier_invoice.receipt_arrived");
    }

    private void goodsCame(PurchaseOrder order) {
        world.run(tx -> {
            new ReceiptArrivals().goodsCame(tx, order.id(), new ServiceHerald(world.events, world.trail(), desk.clerk));
            return 0;
        });
    }

    @Test
    void a_hold_for_goods_that_came_meanwhile_is_told_at_once() {
        PurchaseOrder order = desk.order();
        SupplierInvoice taken = desk.take(order, "A", "60", "250");
        desk.match(taken);
        desk.receive(order, "60");
        world.events.published.clear();

        hold(taken, HoldCode.RECEIPT, "no goods");

        assertThat(world.events.names()).containsExactly("supplier_invoice.held", "supplier_invoice.receipt_arrived");
        fitsItsType(world.events.published.getLast());
        assertThat(desk.get(taken).status()).isEqualTo(Status.RECEIVED);
    }

    @Test
    void a_reversed_invoice_gives_back_its_goods_and_leaves_nothing_in_the_ledger() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice released = desk.released(order, "A", "100");
        world.events.published.clear();

        InvoiceChange done = world.run(tx -> desk.invoices.reverse(tx, released.id(), "wrong supplier", desk.clerk));
        InvoiceChange again = world.run(tx -> desk.invoices.reverse(tx, released.id(), "wrong supplier", desk.clerk));

        assertThat(((Done) done).changed()).isTrue();
        assertThat(((Done) again).changed()).isFalse();
        assertThat(desk.get(released).status()).isEqualTo(Status.REVERSED);
        assertThat(desk.get(released).header().openAmount()).isEqualTo("0.00");
        assertThat(desk.invoiced(order)).isEqualByComparingTo("0");
        assertThat(world.events.names()).containsExactly("journal.posted", "supplier_invoice.cancelled");
        fitsItsType(world.events.published.getLast());
        Long leftOver = world.run(tx -> tx.handle()
                .createQuery("""
                        select count(*) from (
                            select account_id from journal_lines where tenant_id = :tenant
                             group by account_id having sum(base_debit) <> sum(base_credit)) as left_over
                        """)
                .bind("tenant", world.tenant)
                .mapTo(Long.class)
                .one());
        assertThat(leftOver).isZero();
        assertThat(desk.released(order, "A", "100").status()).isEqualTo(Status.RELEASED);
    }

    @Test
    void an_invoice_that_is_posted_is_neither_held_nor_rejected_nor_cancelled() {
        SupplierInvoice released = desk.released(desk.received("100"), "A", "100");
        UUID unknown = new UUID(1, 2);

        assertThat(InvoiceDesk.code(hold(released, HoldCode.MANUAL, "late"))).isEqualTo("wrong_state");
        assertThat(InvoiceDesk.code(world.run(tx -> desk.invoices.reject(tx, released.id(), "late", desk.clerk))))
                .isEqualTo("wrong_state");
        assertThat(InvoiceDesk.code(world.run(tx -> desk.invoices.cancel(tx, released.id(), "late", desk.clerk))))
                .isEqualTo("wrong_state");
        assertThat(world.<InvoiceMatch>run(tx -> desk.invoices.match(tx, released.id(), desk.clerk)))
                .isInstanceOf(InvoiceMatch.WrongState.class);
        assertThat(world.<InvoiceChange>run(tx -> desk.invoices.reject(tx, unknown, "late", desk.clerk)))
                .isEqualTo(new InvoiceChange.NotFound(unknown));
    }

    @Test
    void a_release_into_a_closed_period_leaves_nothing_behind() {
        SupplierInvoice taken = desk.take(desk.received("100"), "A", "100", "250");
        desk.match(taken);
        world.run(
                tx -> tx.handle().createUpdate("""
                        insert into fiscal_periods (tenant_id, period, status)
                        values (:tenant, to_char(millrace_now() at time zone 'Asia/Kolkata', 'YYYY-MM'), 'closed')
                            on conflict (tenant_id, period) do update set status = 'closed'
                        """).bind("tenant", world.tenant).execute());
        world.events.published.clear();

        assertThatThrownBy(() -> desk.release(taken))
                .isInstanceOfSatisfying(
                        PostingRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("period_closed"));

        assertThat(desk.get(taken).status()).isEqualTo(Status.RECEIVED);
        assertThat(world.count("journals")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update supplier_invoices set total = total + 1, amount_base = amount_base + 1",
                "update supplier_invoices set invoice_number = 'other'",
                "update supplier_invoices set purchase_order_id = null",
                "update supplier_invoices set status = 'paid', journal_id = :id",
                "update supplier_invoices set status = 'released'",
                "update supplier_invoices set open_amount = 5",
                "update supplier_invoices set status = 'reversed', end_reason = 'x', journal_id = :id",
                "update supplier_invoices set status = 'released', journal_id = :id, open_amount = total"
            })
    void no_statement_skips_a_state_or_changes_what_the_supplier_wrote(String statement) {
        SupplierInvoice taken = desk.take(desk.order(), "A", "100", "250");

        assertThatThrownBy(() -> world.sql(statement + " where tenant_id = :tenant and id = :id", taken.id()));

        assertThat(desk.get(taken)).isEqualTo(taken);
    }

    private InvoiceChange hold(SupplierInvoice invoice, HoldCode code, String reason) {
        return world.run(tx -> desk.invoices.hold(tx, invoice.id(), code, reason, desk.clerk));
    }

    private static void fitsItsType(NewEvent event) {
        EventType type = ErpCatalogue.events().stream()
                .filter(known -> known.name().equals(event.name()))
                .findFirst()
                .orElseThrow();
        assertThat(Shapes.fit(event.payload(), type.payload()).misfits()).isEmpty();
    }
}
