package dev.millrace.erp;

import static dev.millrace.erp.Books.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InvoicePaymentTest {
    private final InvoiceDesk desk = new InvoiceDesk();
    private final World world = desk.world;
    private final Payments payments = world.erp.payments(world.events, world.documents, world.trail());

    @Test
    void a_draft_takes_of_what_is_open_and_what_is_posted_makes_it_paid() {
        SupplierInvoice invoice = desk.released(desk.received("100"), "INV-1", "100");

        Payment part = pay(invoice, "9500");
        assertThat(refusal(() -> pay(invoice, "20000.01"))).isEqualTo("over_allocation");
        Payment rest = pay(invoice, "20000");
        assertThat(refusal(() -> pay(invoice, "0.01"))).isEqualTo("document_already_paid");
        assertThat(standing(invoice)).isEqualTo("RELEASED 0.00");
        post(part);
        assertThat(standing(invoice)).isEqualTo("PART_PAID 0.00");
        post(rest);
        post(rest);
        assertThat(standing(invoice)).isEqualTo("PAID 0.00");
    }

    @Test
    void what_a_cancelled_or_reversed_payment_took_is_open_again() {
        SupplierInvoice invoice = desk.released(desk.received("100"), "INV-1", "100");
        Payment part = pay(invoice, "9500");
        Payment rest = pay(invoice, "20000");
        post(part);
        post(rest);

        reverse(rest);
        reverse(rest);
        assertThat(standing(invoice)).isEqualTo("PART_PAID 20000.00");
        Payment again = pay(invoice, "20000");
        world.run(tx -> payments.cancel(tx, again.id(), "too early", desk.clerk));
        assertThat(standing(invoice)).isEqualTo("PART_PAID 20000.00");
        reverse(part);

        assertThat(standing(invoice)).isEqualTo("RELEASED 29500.00");
    }

    @Test
    void an_invoice_that_a_payment_is_drafted_for_is_not_reversed() {
        SupplierInvoice invoice = desk.released(desk.received("100"), "INV-1", "100");
        Payment draft = pay(invoice, "1");

        assertThat(InvoiceDesk.code(reversed(invoice))).isEqualTo("wrong_state");
        world.run(tx -> payments.cancel(tx, draft.id(), "not due", desk.clerk));

        assertThat(reversed(invoice)).isInstanceOf(InvoiceChange.Done.class);
    }

    @Test
    void no_statement_makes_an_invoice_paid_that_no_payment_was_posted_for() {
        SupplierInvoice invoice = desk.released(desk.received("100"), "INV-1", "100");
        String where = " where tenant_id = :tenant and id = :id";

        for (String wrong : List.of(
                "set status = 'paid', open_amount = 0",
                "set status = 'part_paid'",
                "set paid_amount = 1",
                "set paid_amount = total, status = 'paid'")) {
            assertThatThrownBy(() -> world.sql("update supplier_invoices " + wrong + where, invoice.id()))
                    .hasStackTraceContaining("violates check constraint");
        }
    }

    private InvoiceChange reversed(SupplierInvoice invoice) {
        return world.run(tx -> desk.invoices.reverse(tx, invoice.id(), "wrong", desk.clerk));
    }

    private void post(Payment payment) {
        world.run(tx -> payments.post(tx, payment.id(), desk.clerk));
    }

    private void reverse(Payment payment) {
        world.run(tx -> payments.reverse(tx, payment.id(), Optional.empty(), "returned", desk.clerk));
    }

    /** Its state and what is open. */
    private String standing(SupplierInvoice invoice) {
        SupplierInvoice now = desk.get(invoice);
        return now.status() + " " + now.header().openAmount();
    }

    /** Invariant 4. */
    @Test
    void of_two_payments_of_one_invoice_at_once_exactly_one_is_made() throws Exception {
        SupplierInvoice invoice = desk.released(desk.received("100"), "INV-1", "100");
        var ready = new CountDownLatch(2);
        var done = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                done.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    try {
                        pay(invoice, "29500");
                        return true;
                    } catch (PostingRefused refused) {
                        return false;
                    }
                }));
            }
        }

        assertThat(List.of(done.get(0).get(), done.get(1).get())).containsExactlyInAnyOrder(true, false);
        assertThat(world.count("payments")).isEqualTo(1);
    }

    private Payment pay(SupplierInvoice invoice, String amount) {
        return world.run(tx -> payments.create(
                tx,
                new NewPayment(
                        Payment.Direction.OUTGOING,
                        Payment.PartyType.SUPPLIER,
                        invoice.header().supplierId(),
                        new BigDecimal(amount),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new NewPayment.Allocation("supplier_invoice", invoice.id(), new BigDecimal(amount))),
                        Payment.Method.BANK_TRANSFER,
                        Optional.empty(),
                        Optional.empty()),
                desk.clerk));
    }
}
