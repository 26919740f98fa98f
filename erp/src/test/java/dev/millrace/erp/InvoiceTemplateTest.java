package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template three-way-invoice-matching on the real engine, over each of its branches. */
class InvoiceTemplateTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Acme ACME = new Acme(template());
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

        awaitStatus(taken, Status.REJECTED);
        assertThat(get(taken).header().endReason().orElseThrow()).contains("order was clear");
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
        var invoice = new NewSupplierInvoice(
                Optional.empty(),
                Optional.of("S0001"),
                number,
                InvoiceDesk.DAY,
                Optional.of(order.id()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                net.add(tax),
                Optional.empty(),
                List.of(line));
        InvoiceIntake intake = ACME.run(tx -> INVOICES.receive(tx, invoice, CLERK));
        assertThat(intake).isInstanceOf(InvoiceIntake.Received.class);
        var received = (InvoiceIntake.Received) intake;
        assertThat(received.executions()).hasSize(1);
        return received.invoice();
    }

    private static SupplierInvoice get(SupplierInvoice invoice) {
        return ACME.run(tx -> INVOICES.get(tx, invoice.id())).orElseThrow();
    }

    private static void awaitStatus(SupplierInvoice invoice, Status status) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(invoice).status()).isEqualTo(status));
    }
}
