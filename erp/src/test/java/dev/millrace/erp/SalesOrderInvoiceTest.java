package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.gst.CancelIrn;
import dev.millrace.erp.gst.CancelReason;
import dev.millrace.erp.gst.GenerateInvoice;
import dev.millrace.erp.gst.SubmitToIrp;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** From a delivered order to its paid invoice, and back. */
class SalesOrderInvoiceTest {
    private final SalesDesk desk = new SalesDesk();
    private final World world = desk.world;
    private final Step step = new Step(world);
    private final Payments payments = world.erp.payments(world.events, world.documents, world.trail());

    @Test
    void the_invoice_of_a_delivered_order_takes_its_place_in_what_the_customer_owes() {
        // 7 x 15.35 less 10 percent: 96.70, taxed 8.70 twice, 114.10, to the rupee 114.
        SalesOrder order = desk.delivered(new NewSalesOrder(
                Optional.empty(),
                Optional.of("LOCAL"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new NewSalesOrder.Line(
                        Optional.empty(),
                        Optional.of("BOLT"),
                        Optional.empty(),
                        Optional.of(new BigDecimal("7")),
                        Optional.of(new BigDecimal("15.35")),
                        Optional.of(BigDecimal.TEN),
                        Optional.empty(),
                        Optional.empty()))));
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("114.10");

        GenerateInvoice.Output output = generate(order.id());

        SalesInvoice invoice = desk.shop.get(output.salesInvoiceId());
        assertThat(invoice.salesOrderId()).contains(order.id());
        assertThat(output.taxableValue()).isEqualTo("96.70");
        assertThat(output.totalAmount()).isEqualTo("114.00");
        assertThat(invoice.lines()).singleElement().satisfies(line -> {
            assertThat(line.quantity()).isEqualTo("7");
            assertThat(line.discount()).isEqualTo("10.75");
        });
        SalesOrder invoiced = desk.get(order.id());
        assertThat(invoiced.status()).isEqualTo(Status.INVOICED);
        assertThat(invoiced.lines().getFirst().invoicedQty()).isEqualTo("7");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("114.00");
        assertThat(step.told).anyMatch(told -> told.startsWith("journal sales_order.invoiced delivered invoiced"));
    }

    @Test
    void an_order_is_invoiced_once_and_only_when_all_of_it_is_delivered() {
        SalesOrder part = desk.confirmed(SalesDesk.order("LOCAL", "10"));
        desk.deliver(part, "9");

        assertThat(code(() -> generate(part.id()))).isEqualTo("wrong_state");
        desk.deliver(desk.get(part.id()));
        generate(part.id());

        assertThat(code(() -> generate(part.id()))).isEqualTo("already_invoiced");
        assertThat(code(() -> generate(new UUID(1, 1)))).isEqualTo("not_found");
        assertThat(world.count("sales_invoices")).isEqualTo(1);
    }

    @Test
    void what_the_law_does_not_allow_leaves_no_draft_and_no_number() {
        SalesOrder order = desk.delivered(SalesDesk.order("NOWHERE", "10"));

        assertThat(code(() -> generate(order.id()))).isEqualTo("place_of_supply_unknown");

        assertThat(world.count("sales_invoices")).isZero();
        assertThat(desk.get(order.id()).status()).isEqualTo(Status.DELIVERED);
        InvoiceMade made = world.run(tx -> desk.shop.invoices.makeOfOrder(tx, order.id(), desk.seller));
        assertThat(made).isInstanceOf(InvoiceMade.Refused.class);
        assertThat(world.count("sales_invoices")).isZero();
    }

    @Test
    void of_two_who_invoice_an_order_at_once_one_does() throws Exception {
        SalesOrder order = desk.delivered(SalesDesk.order("LOCAL", "10"));
        var together = new CyclicBarrier(2);
        var answers = new ArrayList<InvoiceMade>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<InvoiceMade>>();
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> {
                    together.await();
                    return world.run(tx -> desk.shop.invoices.makeOfOrder(tx, order.id(), desk.seller));
                }));
            }
            for (Future<InvoiceMade> one : running) {
                answers.add(one.get());
            }
        }

        assertThat(answers).filteredOn(InvoiceMade.Done.class::isInstance).hasSize(1);
        assertThat(world.count("sales_invoices")).isEqualTo(1);
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("236.00");
    }

    @Test
    void payments_lower_what_is_open_and_owed_and_the_last_one_closes_the_order() {
        SalesOrder order = desk.delivered(SalesDesk.order("LOCAL", "10"));
        UUID invoice = generate(order.id()).salesInvoiceId();

        Payment part = draft(invoice, "100");
        assertThat(desk.shop.get(invoice).amounts().open()).isEqualTo("136.00");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("236.00");
        post(part);
        assertThat(desk.shop.get(invoice).status()).isEqualTo(SalesInvoice.Status.PART_PAID);
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("136.00");
        assertThat(refusal(() -> draft(invoice, "136.01"))).isEqualTo("over_allocation");
        Payment rest = draft(invoice, "136");
        assertThat(desk.shop.get(invoice).status()).isEqualTo(SalesInvoice.Status.PART_PAID);
        assertThat(refusal(() -> draft(invoice, "0.01"))).isEqualTo("document_already_paid");
        post(rest);

        assertThat(desk.shop.get(invoice).status()).isEqualTo(SalesInvoice.Status.PAID);
        assertThat(desk.get(order.id()).status()).isEqualTo(Status.CLOSED);
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("0.00");
        assertThat(desk.shop.balance("1100")).isEqualTo("0.00");
        assertThat(desk.shop.balance("1000")).isEqualTo("236.00");

        world.run(tx -> payments.reverse(tx, rest.id(), Optional.empty(), "bounced", desk.seller));

        assertThat(desk.shop.get(invoice).status()).isEqualTo(SalesInvoice.Status.PART_PAID);
        assertThat(desk.shop.get(invoice).amounts().open()).isEqualTo("136.00");
        assertThat(desk.get(order.id()).status()).isEqualTo(Status.INVOICED);
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("136.00");
    }

    @Test
    void a_draft_of_an_invoice_and_the_invoice_of_another_customer_are_not_paid() {
        UUID invoice =
                generate(desk.delivered(SalesDesk.order("LOCAL", "10")).id()).salesInvoiceId();
        SalesInvoice draft = desk.shop.draft("LOCAL", Shop.bolts("1", "100"));

        assertThat(refusal(() -> pay(draft.id(), "LOCAL", Payment.Direction.INCOMING, "1")))
                .isEqualTo("document_not_payable");
        assertThat(refusal(() -> pay(invoice, "FAR", Payment.Direction.INCOMING, "1")))
                .isEqualTo("document_not_payable");
        assertThat(refusal(() -> pay(invoice, "LOCAL", Payment.Direction.OUTGOING, "1")))
                .isEqualTo("document_not_payable");
    }

    /** Both want the customer's row, which one had only shared. */
    @Test
    void two_payments_of_one_customer_at_once_are_both_posted() throws Exception {
        UUID one = generate(desk.delivered(SalesDesk.order("LOCAL", "10")).id()).salesInvoiceId();
        UUID other =
                generate(desk.delivered(SalesDesk.order("LOCAL", "5")).id()).salesInvoiceId();
        List<Payment> drafts = List.of(draft(one, "236"), draft(other, "118"));
        var together = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Payment>>();
            drafts.forEach(payment -> running.add(threads.submit(() -> {
                together.await();
                return post(payment);
            })));
            for (Future<Payment> each : running) {
                assertThat(each.get().status()).isEqualTo(Payment.Status.POSTED);
            }
        }

        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("0.00");
    }

    @Test
    void a_cancelled_invoice_gives_the_order_back_to_be_invoiced_again() {
        SalesOrder order = desk.delivered(SalesDesk.order("LOCAL", "10"));
        UUID invoice = generate(order.id()).salesInvoiceId();
        SubmitToIrp submit = step.action(SubmitToIrp.class);
        var submission = new SubmitToIrp.Config(invoice, Optional.empty());
        SubmitToIrp.Answer sent = submit.call(step, submission);
        world.run(tx -> submit.record(tx, step, submission, sent));
        Payment draft = draft(invoice, "100");

        CancelIrn cancel = step.action(CancelIrn.class);
        var wanted = new CancelIrn.Config(invoice, CancelReason.DUPLICATE, Optional.empty());
        CancelIrn.Answer answer = cancel.call(step, wanted);
        world.run(tx -> cancel.record(tx, step, wanted, answer));

        assertThat(desk.get(order.id()).status()).isEqualTo(Status.DELIVERED);
        assertThat(desk.get(order.id()).lines().getFirst().invoicedQty()).isEqualTo("0");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("236.00");
        assertThat(refusal(() -> post(draft))).isEqualTo("document_not_payable");
        world.run(tx -> payments.cancel(tx, draft.id(), "no invoice", desk.seller));
        assertThat(generate(order.id()).invoiceNumber()).endsWith("/00002");
        assertThat(desk.customer("LOCAL").exposure()).isEqualTo("236.00");
    }

    private GenerateInvoice.Output generate(UUID order) {
        return world.run(tx -> step.action(GenerateInvoice.class)
                .run(
                        tx,
                        step,
                        new GenerateInvoice.Config(
                                Optional.of(order),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    private Payment draft(UUID invoice, String amount) {
        return pay(invoice, "LOCAL", Payment.Direction.INCOMING, amount);
    }

    private Payment pay(UUID invoice, String customer, Payment.Direction direction, String amount) {
        UUID party = desk.customer(customer).id();
        return world.run(tx -> payments.create(
                tx,
                new NewPayment(
                        direction,
                        Payment.PartyType.CUSTOMER,
                        party,
                        new BigDecimal(amount),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new NewPayment.Allocation("sales_invoice", invoice, new BigDecimal(amount))),
                        Payment.Method.BANK_TRANSFER,
                        Optional.empty(),
                        Optional.empty()),
                desk.seller));
    }

    private Payment post(Payment payment) {
        return world.run(tx -> payments.post(tx, payment.id(), desk.seller));
    }

    private static String code(ThrowingCallable call) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, call);
        assertThat(failure).as("it did not fail").isNotNull();
        return failure.code();
    }

    private static String refusal(ThrowingCallable call) {
        PostingRefused refused = catchThrowableOfType(PostingRefused.class, call);
        assertThat(refused).as("it was not refused").isNotNull();
        return refused.code();
    }
}
