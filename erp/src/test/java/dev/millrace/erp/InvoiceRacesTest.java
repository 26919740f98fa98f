package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.InvoiceChange.Done;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.payables.ReceiptArrivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two at a time on the same goods: the second one is made to arrive while the first has not committed. */
class InvoiceRacesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final InvoiceDesk desk = new InvoiceDesk();
    private final World world = desk.world;

    @Test
    void two_invoices_on_the_same_goods_are_never_both_released() throws Exception {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice first = desk.take(order, "A", "100", "250");
        SupplierInvoice second = desk.take(order, "B", "100", "250");
        desk.match(first);
        desk.match(second);

        InvoiceChange late = whileUncommitted(
                tx -> desk.invoices.release(tx, first.id(), desk.clerk),
                tx -> desk.invoices.release(tx, second.id(), desk.clerk));

        assertThat(desk.get(first).status()).isEqualTo(Status.RELEASED);
        assertThat(InvoiceDesk.code(late)).isEqualTo("not_matched");
        assertThat(desk.invoiced(order)).isEqualByComparingTo("100");
        assertThat(world.count("journals")).isEqualTo(1);
    }

    @Test
    void an_invoice_that_arrives_while_another_is_taken_in_comes_after_it() throws Exception {
        PurchaseOrder order = desk.received("100");
        var a = InvoiceDesk.invoice(Optional.of(order.id()), "A", InvoiceDesk.line("100", "250"));
        var b = InvoiceDesk.invoice(Optional.of(order.id()), "B", InvoiceDesk.line("100", "250"));

        InvoiceIntake late = whileUncommitted(
                tx -> desk.invoices.receive(tx, a, desk.clerk), tx -> desk.invoices.receive(tx, b, desk.clerk));

        SupplierInvoice second = ((InvoiceIntake.Received) late).invoice();
        assertThat(desk.match(second).codes()).containsExactly("possible_duplicate", "quantity_over_ordered");
    }

    @Test
    void the_same_number_sent_twice_at_once_is_one_invoice_and_one_duplicate() throws Exception {
        PurchaseOrder order = desk.received("100");
        PurchaseOrder other = desk.received("100");
        var a = InvoiceDesk.invoice(Optional.of(order.id()), "INV-1", InvoiceDesk.line("10", "250"));
        var b = InvoiceDesk.invoice(Optional.of(other.id()), "inv 1", InvoiceDesk.line("10", "250"));

        InvoiceIntake late = whileUncommitted(
                tx -> desk.invoices.receive(tx, a, desk.clerk), tx -> desk.invoices.receive(tx, b, desk.clerk));

        assertThat(((InvoiceIntake.Received) late).invoice().header().duplicateOf()).isPresent();
    }

    @Test
    void goods_that_come_while_an_invoice_is_matched_are_seen_by_its_hold() throws Exception {
        PurchaseOrder order = desk.order();
        SupplierInvoice taken = desk.take(order, "A", "100", "250");
        desk.match(taken);
        world.events.published.clear();

        InvoiceChange held = whileUncommitted(
                tx -> receipt(tx, order),
                tx -> desk.invoices.hold(tx, taken.id(), HoldCode.RECEIPT, "no goods", desk.clerk));

        assertThat(held).isInstanceOf(Done.class);
        assertThat(world.events.names()).containsExactly("supplier_invoice.held", "supplier_invoice.receipt_arrived");
    }

    @Test
    void goods_that_come_while_an_invoice_is_put_on_hold_are_told_by_their_receipt() throws Exception {
        PurchaseOrder order = desk.order();
        SupplierInvoice taken = desk.take(order, "A", "100", "250");
        desk.match(taken);
        world.events.published.clear();

        whileUncommitted(
                tx -> desk.invoices.hold(tx, taken.id(), HoldCode.RECEIPT, "no goods", desk.clerk),
                tx -> receipt(tx, order));

        assertThat(world.events.names()).containsExactly("supplier_invoice.held", "supplier_invoice.receipt_arrived");
    }

    @Test
    void many_invoices_at_once_bill_no_more_than_was_received() throws Exception {
        PurchaseOrder order = desk.received("100");
        var all = new ArrayList<SupplierInvoice>();
        for (int i = 0; i < 8; i++) {
            all.add(desk.take(order, "N-" + i, "30", "250"));
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (SupplierInvoice invoice : all) {
                running.add(threads.submit(() -> {
                    desk.match(invoice);
                    desk.release(invoice);
                }));
            }
            for (Future<?> future : running) {
                future.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(all.stream().filter(invoice -> desk.get(invoice).status() == Status.RELEASED))
                .hasSize(3);
        assertThat(desk.invoiced(order)).isEqualByComparingTo("90");
    }

    /** As a receipt is booked: the quantity is written, then who waits for it is told. */
    private int receipt(Tx tx, PurchaseOrder order) {
        tx.handle()
                .createUpdate("""
                        update purchase_order_lines set received_qty = 100
                         where tenant_id = :tenant and purchase_order_id = :id
                        """)
                .bind("tenant", world.tenant)
                .bind("id", order.id())
                .execute();
        new ReceiptArrivals()
                .arrived(
                        tx,
                        order.id(),
                        new UUID(3, 3),
                        "GRN/1",
                        new ServiceHerald(world.events, world.trail(), Actor.SYSTEM));
        return 1;
    }

    /** Runs the first and, before it commits, begins the second, which has to wait for it. */
    private <A, B> B whileUncommitted(Function<Tx, A> first, Function<Tx, B> second) throws Exception {
        var done = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = threads.submit(() -> world.run(tx -> {
                A result = first.apply(tx);
                done.countDown();
                await(mayCommit);
                return result;
            }));
            await(done);
            var pid = new CompletableFuture<Integer>();
            Future<B> other = threads.submit(() -> world.run(tx -> {
                pid.complete(tx.handle().createQuery("select pg_backend_pid()").mapTo(Integer.class).one());
                return second.apply(tx);
            }));
            int backend = pid.get(30, TimeUnit.SECONDS);
            Awaitility.await().atMost(SOON).until(() -> isBlocked(backend));
            mayCommit.countDown();
            one.get(30, TimeUnit.SECONDS);
            return other.get(30, TimeUnit.SECONDS);
        }
    }

    private boolean isBlocked(int backend) {
        return world.run(tx -> tx.handle()
                .createQuery("select cardinality(pg_blocking_pids(:pid)) > 0")
                .bind("pid", backend)
                .mapTo(Boolean.class)
                .one());
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other transaction did not come so far");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
