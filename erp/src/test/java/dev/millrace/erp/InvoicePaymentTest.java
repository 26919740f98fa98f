package dev.millrace.erp;

import static dev.millrace.erp.Books.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.SupplierInvoice.Status;
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
    private final Payments payments = world.erp.payments(world.events, world.trail());

    @Test
    void a_released_invoice_is_paid_in_parts_and_never_more_than_its_total() {
        SupplierInvoice invoice = desk.released(desk.received("100"), "INV-1", "100");

        Payment part = pay(invoice, "9500");
        assertThat(desk.get(invoice).status()).isEqualTo(Status.PART_PAID);
        assertThat(refusal(() -> pay(invoice, "20000.01"))).isEqualTo("over_allocation");
        Payment rest = pay(invoice, "20000");
        assertThat(desk.get(invoice).status()).isEqualTo(Status.PAID);
        assertThat(refusal(() -> pay(invoice, "0.01"))).isEqualTo("document_already_paid");
        world.run(tx -> payments.post(tx, part.id(), desk.clerk));
        world.run(tx -> payments.cancel(tx, rest.id(), "too early", desk.clerk));

        assertThat(desk.get(invoice).status()).isEqualTo(Status.PART_PAID);
        world.run(tx -> payments.reverse(tx, part.id(), Optional.empty(), "returned", desk.clerk));
        assertThat(desk.get(invoice).status()).isEqualTo(Status.RELEASED);
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
