package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.payables.ReceiptArrivals;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template three-way-invoice-matching on the real engine, over each of its branches. */
class InvoiceTemplateTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Acme ACME = new Acme(template());
    private static final Course COURSE = new Course(ACME);
    private static final SupplierInvoices INVOICES =
            ACME.erp.supplierInvoices(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final Actor CLERK = ACME.actor("accounts");

    @AfterAll
    static void close() {
        ACME.close();
    }

    private static String template() {
        try (var in = Objects.requireNonNull(
                InvoiceTemplateTest.class.getResourceAsStream("/templates/three-way-invoice-matching.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_agrees_is_released() {
        PurchaseOrder order = order();
        receive(order);

        SupplierInvoice taken = take(order, "T-1", "4150");

        awaitStatus(taken, Status.RELEASED);
    }

    @Test
    void a_duplicate_is_refused_and_the_supplier_is_told() {
        PurchaseOrder order = order();
        receive(order);
        awaitStatus(take(order, "T-2", "4150"), Status.RELEASED);

        SupplierInvoice again = take(order, "t/2", "4150");

        awaitStatus(again, Status.REJECTED);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                ACME.run(tx -> ACME.erp.inbox().outbox(tx, Optional.empty(), 100)).stream()
                                        .map(message -> message.subject().orElse("")))
                        .contains("Invoice t/2 returned"));
    }

    @Test
    void without_goods_it_waits_and_their_arrival_releases_it() {
        PurchaseOrder order = order();
        SupplierInvoice taken = take(order, "T-3", "4150");
        awaitStatus(taken, Status.ON_HOLD);
        assertThat(get(taken).header().holdCode()).contains(HoldCode.RECEIPT);
        COURSE.over(taken.id());
        assertThat(COURSE.told("warehouse"))
                .contains("Invoice T-3 for " + order.number() + " is waiting for a goods receipt");

        ACME.run(tx -> {
            tx.handle()
                    .createUpdate(RECEIVE)
                    .bind("tenant", ACME.tenant)
                    .bind("id", order.id())
                    .execute();
            new ReceiptArrivals().goodsCame(tx, order.id(), new ServiceHerald(ACME.engine.events(), ACME.trail, CLERK));
            return 0;
        });

        awaitStatus(taken, Status.RELEASED);
    }

    @Test
    void goods_that_come_in_many_parts_release_it_and_no_execution_stumbles_over_another() {
        PurchaseOrder order = order();
        SupplierInvoice taken = take(order, "T-6", "4150");
        awaitStatus(taken, Status.ON_HOLD);

        for (int part = 1; part <= 10; part++) {
            ACME.run(tx -> {
                tx.handle()
                        .createUpdate(RECEIVE_ONE)
                        .bind("tenant", ACME.tenant)
                        .bind("id", order.id())
                        .execute();
                new ReceiptArrivals()
                        .goodsCame(tx, order.id(), new ServiceHerald(ACME.engine.events(), ACME.trail, CLERK));
                return 0;
            });
        }

        awaitStatus(taken, Status.RELEASED);
        await().atMost(SOON).untilAsserted(() -> assertThat(outcomes(taken)).doesNotContain("unfinished"));
        assertThat(outcomes(taken)).containsOnly("succeeded");
    }

    private static List<String> outcomes(SupplierInvoice invoice) {
        return ACME.run(tx -> tx.handle()
                .createQuery("""
                        select coalesce(outcome, 'unfinished') from workflow_executions
                         where tenant_id = :tenant and trigger ->> 'id' = :id
                        """)
                .bind("tenant", ACME.tenant)
                .bind("id", invoice.id().toString())
                .mapTo(String.class)
                .list());
    }

    @Test
    void a_difference_that_the_finance_head_accepts_is_released_with_the_approval() {
        PurchaseOrder order = order();
        receive(order);
        SupplierInvoice taken = take(order, "T-4", "4600");
        Request request = ACME.awaitRequest(taken.id(), "Finance Head");
        assertThat(get(taken).header().holdCode()).contains(HoldCode.MANUAL);

        ACME.decide(request, "finance.head", true, "agreed by telephone");

        awaitStatus(taken, Status.RELEASED);
        assertThat(get(taken).header().approvalId()).contains(request.id());
    }

    @Test
    void a_difference_that_is_refused_ends_in_a_refused_invoice() {
        PurchaseOrder order = order();
        receive(order);
        SupplierInvoice taken = take(order, "T-5", "4600");

        ACME.decide(ACME.awaitRequest(taken.id(), "Finance Head"), "finance.head", false, "order was clear");

        assertRefused(taken, "Rejected by Meera Iyer: order was clear");
    }

    @Test
    void a_difference_that_nobody_answers_for_in_two_days_is_the_cfo_s() {
        PurchaseOrder order = order();
        receive(order);
        SupplierInvoice accepted = take(order, "T-7", "4600");
        Request hers = ACME.awaitRequest(accepted.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(49));
        Request his = ACME.awaitRequest(accepted.id(), "CFO");
        assertThat(his.message()).isEqualTo(hers.message());
        assertThat(his.message().orElseThrow()).contains("T-7: Differs from its order: ");
        assertThat(ACME.decide(hers, "finance.head", true, "late")).isInstanceOf(Decided.TooLate.class);
        ACME.decide(his, "cfo", true, "agreed by telephone");
        awaitStatus(accepted, Status.RELEASED);
        assertThat(get(accepted).header().approvalId()).contains(his.id());

        PurchaseOrder other = order();
        receive(other);
        SupplierInvoice refused = take(other, "T-8", "4600");
        ACME.awaitRequest(refused.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(49));
        ACME.decide(ACME.awaitRequest(refused.id(), "CFO"), "cfo", false, "order was clear");
        assertRefused(refused, "Rejected by Arjun Rao: order was clear");
    }

    @Test
    void a_difference_that_nobody_ever_answers_for_ends_in_a_refused_invoice() {
        PurchaseOrder order = order();
        receive(order);
        SupplierInvoice taken = take(order, "T-9", "4600");
        ACME.awaitRequest(taken.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(49));
        ACME.awaitRequest(taken.id(), "CFO");
        ACME.engine.clock().advance(Duration.ofDays(31));

        assertRefused(taken, "Nobody decided within 33 days");
    }

    private static void assertRefused(SupplierInvoice invoice, String why) {
        ExecutionView execution = COURSE.over(invoice.id());
        assertThat(execution.outcome()).contains("stopped");
        assertThat(COURSE.stopReason(execution)).isEqualTo("difference not accepted");
        assertThat(get(invoice).status()).isEqualTo(Status.REJECTED);
        assertThat(get(invoice).header().endReason()).contains(why);
    }

    @Test
    void an_invoice_without_an_order_is_not_matched() {
        var line = new NewSupplierInvoice.Line(
                Optional.empty(),
                Optional.of("Audit"),
                Optional.empty(),
                BigDecimal.ONE,
                new BigDecimal("1000"),
                Optional.empty(),
                Optional.of(BigDecimal.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        var received = (InvoiceIntake.Received) ACME.<InvoiceIntake>run(
                tx -> INVOICES.receive(tx, invoice(Optional.empty(), "T-10", "1000.00", line), CLERK));

        assertThat(received.executions()).isEmpty();
        assertThat(get(received.invoice()).status()).isEqualTo(Status.RECEIVED);
    }

    @Test
    void a_supplier_whom_no_mail_reaches_is_not_told_and_the_duplicate_is_refused_all_the_same() {
        PurchaseOrder order = order();
        receive(order);
        awaitStatus(take(order, "T-11", "4150"), Status.RELEASED);
        try {
            supplierEmail("null");
            SupplierInvoice quiet = take(order, "T/11", "4150");
            ExecutionView untold = COURSE.over(quiet.id());
            assertThat(untold.outcome()).contains("succeeded");
            assertThat(COURSE.step(untold, "tell_supplier").skipReason()).contains("condition");
            assertThat(get(quiet).status()).isEqualTo(Status.REJECTED);
            assertThat(get(quiet).header().endReason().orElseThrow()).startsWith("Came before: ");

            supplierEmail("'nobody'");
            SupplierInvoice unreached = take(order, "T 11", "4150");
            ExecutionView failed = COURSE.over(unreached.id());
            assertThat(failed.outcome()).contains("succeeded");
            assertThat(COURSE.step(failed, "tell_supplier").status()).isEqualTo("failed");
            assertThat(get(unreached).status()).isEqualTo(Status.REJECTED);
        } finally {
            supplierEmail("'ap1@supplier.example'");
        }
    }

    @Test
    void with_nobody_in_the_warehouse_the_invoice_waits_for_its_goods_all_the_same() {
        ACME.appoint("warehouse", false, Permissions.WAREHOUSE_MANAGER);
        try {
            SupplierInvoice taken = take(order(), "T-12", "4150");
            ExecutionView execution = COURSE.over(taken.id());

            assertThat(execution.outcome()).contains("succeeded");
            assertThat(COURSE.step(execution, "ask_warehouse").status()).isEqualTo("failed");
            assertThat(get(taken).status()).isEqualTo(Status.ON_HOLD);
            assertThat(get(taken).header().holdCode()).contains(HoldCode.RECEIPT);
        } finally {
            ACME.appoint("warehouse", true, Permissions.WAREHOUSE_MANAGER);
        }
    }

    private static void supplierEmail(String email) {
        ACME.run(tx -> tx.handle()
                .createUpdate("update suppliers set email = " + email + " where tenant_id = :tenant and code = 'S0001'")
                .bind("tenant", tx.tenant())
                .execute());
    }

    private static final String RECEIVE = """
            update purchase_order_lines set received_qty = quantity where tenant_id = :tenant and purchase_order_id = :id
            """;

    private static final String RECEIVE_ONE = """
            update purchase_order_lines set received_qty = received_qty + 1
             where tenant_id = :tenant and purchase_order_id = :id
            """;

    private static PurchaseOrder order() {
        Actor requester = ACME.actor("requester");
        Actor buyer = ACME.actor("procurement");
        var wanted = NewOrder.of(
                "S0001",
                List.of(NewOrder.Line.of("PNT-SYN-20L", BigDecimal.TEN, new BigDecimal("4150"), new BigDecimal("18"))));
        return ACME.run(tx -> {
            PurchaseOrder draft = World.created(ACME.orders.create(tx, wanted, requester));
            ACME.orders.submit(tx, draft.id(), requester);
            ACME.orders.approve(tx, draft.id(), buyer);
            return draft;
        });
    }

    private static void receive(PurchaseOrder order) {
        ACME.run(tx -> tx.handle()
                .createUpdate(RECEIVE)
                .bind("tenant", ACME.tenant)
                .bind("id", order.id())
                .execute());
    }

    /** From another state: the tax is undivided. */
    private static SupplierInvoice take(PurchaseOrder order, String number, String price) {
        BigDecimal net = BigDecimal.TEN.multiply(new BigDecimal(price));
        BigDecimal tax = net.multiply(new BigDecimal("0.18")).setScale(2);
        var line = InvoiceDesk.line("10", price, BigDecimal.ZERO, BigDecimal.ZERO, tax);
        NewSupplierInvoice invoice =
                invoice(Optional.of(order.id()), number, net.add(tax).toPlainString(), line);
        InvoiceIntake intake = ACME.run(tx -> INVOICES.receive(tx, invoice, CLERK));
        assertThat(intake).isInstanceOf(InvoiceIntake.Received.class);
        var received = (InvoiceIntake.Received) intake;
        assertThat(received.executions()).hasSize(1);
        return received.invoice();
    }

    private static NewSupplierInvoice invoice(
            Optional<UUID> order, String number, String total, NewSupplierInvoice.Line line) {
        return new NewSupplierInvoice(
                Optional.empty(),
                Optional.of("S0001"),
                number,
                InvoiceDesk.DAY,
                order,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new BigDecimal(total),
                Optional.empty(),
                List.of(line));
    }

    private static SupplierInvoice get(SupplierInvoice invoice) {
        return ACME.run(tx -> INVOICES.get(tx, invoice.id())).orElseThrow();
    }

    private static void awaitStatus(SupplierInvoice invoice, Status status) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(invoice).status()).isEqualTo(status));
    }
}
