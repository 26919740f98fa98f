package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.Member;
import dev.millrace.engine.Retried;
import dev.millrace.engine.Retries;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.gst.IrpSandbox.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The template {@code e-invoice-on-sales-invoice} on the real engine, over each of its branches, from the order to the
 * registered invoice.
 */
class EInvoiceTemplateTest {
    private static final SalesCounter COUNTER = new SalesCounter("e-invoice-on-sales-invoice");

    @AfterAll
    static void close() {
        COUNTER.close();
    }

    @Test
    void the_invoice_of_an_order_is_registered_and_mailed() {
        SalesInvoice invoice = invoice("C0001");

        assertThat(COUNTER.finished("id", invoice.id()).outcome()).contains("succeeded");
        SalesInvoice registered = get(invoice.id());
        assertThat(registered.eInvoice().status()).isEqualTo(EInvoiceStatus.REGISTERED);
        assertThat(COUNTER.mails())
                .contains("buyer1@customer.example: Invoice "
                        + registered.made().orElseThrow().number());
        assertThat(COUNTER.get(invoice.salesOrderId().orElseThrow()).status()).isEqualTo(SalesOrder.Status.INVOICED);
    }

    @Test
    void a_customer_without_an_address_gets_no_mail() {
        change("C0002", "email = null");

        SalesInvoice invoice = invoice("C0002");

        assertThat(COUNTER.finished("id", invoice.id()).outcome()).contains("succeeded");
        assertThat(COUNTER.mails()).noneMatch(mail -> mail.contains(number(invoice)));
    }

    @Test
    void a_mail_that_cannot_be_sent_changes_nothing() {
        change("C0003", "email = 'nobody'");

        SalesInvoice invoice = invoice("C0003");

        assertThat(COUNTER.finished("id", invoice.id()).outcome()).contains("succeeded");
        assertThat(get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.REGISTERED);
    }

    @Test
    void an_invoice_to_who_is_not_registered_starts_nothing() {
        change("C0004", "gstin = null");

        SalesInvoice invoice = invoice("C0004");

        assertThat(invoice.eInvoice().status()).isEqualTo(EInvoiceStatus.NOT_REQUIRED);
        assertThat(COUNTER.acme.<List<ExecutionView>>run(tx -> executions(tx, invoice)))
                .isEmpty();
    }

    @Test
    void the_portal_may_be_away_for_a_while() {
        COUNTER.acme.erp.irpSandbox().behave(new Behaviour.Down());
        SalesInvoice invoice = invoice("C0005");
        await().atMost(Duration.ofSeconds(60)).until(() -> waitsForAnotherAttempt(invoice));
        COUNTER.acme.erp.irpSandbox().behave(new Behaviour.Well());

        COUNTER.acme.engine.clock().advance(Duration.ofMinutes(2));

        assertThat(COUNTER.finished("id", invoice.id()).outcome()).contains("succeeded");
        assertThat(get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.REGISTERED);
    }

    /** The first attempt has failed, and another one is to come. */
    private static boolean waitsForAnotherAttempt(SalesInvoice invoice) {
        return COUNTER.acme.run(tx -> executions(tx, invoice).stream()
                .flatMap(execution -> COUNTER.acme.engine.executions().steps(tx, execution.id()).stream())
                .anyMatch(step -> step.id().equals("register")
                        && step.attempt() >= 1
                        && !step.status().equals("running")));
    }

    private static List<ExecutionView> executions(Tx tx, SalesInvoice invoice) {
        return COUNTER.acme.engine.executions().list(tx, ExecutionFilter.ALL, Optional.empty(), 100).stream()
                .filter(execution -> execution
                        .trigger()
                        .path("id")
                        .asString("")
                        .equals(invoice.id().toString()))
                .toList();
    }

    @Test
    void what_the_portal_refuses_becomes_a_task_for_accounts() {
        pin("null");
        SalesInvoice invoice = invoice("C0006");
        pin("'411019'");

        assertThat(COUNTER.finished("id", invoice.id()).outcome()).contains("succeeded");
        assertThat(get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.FAILED);
        var accounts = COUNTER.acme.person("accounts");
        assertThat(COUNTER.acme.<List<Task>>run(
                        tx -> COUNTER.acme.erp.inbox().tasks(tx, accounts, Optional.empty(), 100)))
                .anyMatch(task -> task.title().startsWith("No IRN for " + number(invoice))
                        && task.entityId().equals(Optional.of(invoice.id())));
        assertThat(COUNTER.mails()).noneMatch(mail -> mail.contains(number(invoice)));
    }

    @Test
    void of_much_that_the_portal_finds_wrong_the_task_has_the_beginning_in_its_title_and_all_in_its_text() {
        pin("null");
        company("city = null, address_line1 = null");
        change("C0007", "pin = null, city = null");
        SalesInvoice invoice = invoice("C0007");

        assertThat(COUNTER.finished("id", invoice.id()).outcome()).contains("succeeded");
        pin("'411019'");
        company("city = 'Pune', address_line1 = 'Plot 14, MIDC Industrial Area'");
        Task task = taskAbout(invoice);
        assertThat(task.title())
                .startsWith("No IRN for " + number(invoice) + ": 2140: Expected ")
                .endsWith("...");
        assertThat(task.description().orElseThrow())
                .hasSizeGreaterThan(200)
                .contains("BuyerDtls.Pin")
                .endsWith("If the portal was away, have the execution retried.");
        assertThat(get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.FAILED);
    }

    @Test
    void
            a_portal_that_stays_away_for_long_becomes_a_task_and_once_it_is_back_the_retry_registers_and_mails_the_invoice() {
        COUNTER.acme.erp.irpSandbox().behave(new Behaviour.Down());
        SalesInvoice invoice = invoice("C0008");
        for (int attempt = 1; attempt < 6; attempt++) {
            int made = attempt;
            await().atMost(Duration.ofSeconds(60)).until(() -> waitsAfterAttempt(invoice, made));
            COUNTER.acme.engine.clock().advance(Duration.ofHours(2));
        }

        ExecutionView execution = COUNTER.finished("id", invoice.id());
        COUNTER.acme.erp.irpSandbox().behave(new Behaviour.Well());
        assertThat(taskAbout(invoice).title())
                .startsWith("No IRN for " + number(invoice) + ": The portal cannot be reached: ");
        assertThat(get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.PENDING);
        assertThat(COUNTER.mails()).noneMatch(mail -> mail.contains(number(invoice)));

        retry(execution);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(COUNTER.mails()).contains("buyer8@customer.example: Invoice " + number(invoice)));
        assertThat(get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.REGISTERED);
        assertThat(COUNTER.finished("id", invoice.id()).outcome()).contains("succeeded");
    }

    private static void retry(ExecutionView execution) {
        Actor owner = COUNTER.acme.actor("process.owner");
        Retried retried = COUNTER.acme.run(
                tx -> COUNTER.acme.engine.retries().retry(tx, execution.id(), Retries.How.USUAL, owner));
        assertThat(retried).isInstanceOf(Retried.Done.class);
    }

    private static boolean waitsAfterAttempt(SalesInvoice invoice, int made) {
        return COUNTER.acme.run(tx -> executions(tx, invoice).stream()
                .flatMap(execution -> COUNTER.acme.engine.executions().steps(tx, execution.id()).stream())
                .anyMatch(step -> step.id().equals("register")
                        && step.attempt() == made
                        && !step.status().equals("running")));
    }

    private static Task taskAbout(SalesInvoice invoice) {
        Member accounts = COUNTER.acme.person("accounts");
        return COUNTER.acme.run(tx -> COUNTER.acme.erp.inbox().tasks(tx, accounts, Optional.empty(), 100)).stream()
                .filter(task -> task.entityId().equals(Optional.of(invoice.id())))
                .findFirst()
                .orElseThrow();
    }

    /** Of the company, without which the portal takes no invoice. */
    private static void pin(String pin) {
        company("pin = " + pin);
    }

    private static void company(String what) {
        COUNTER.sql("update companies set " + what + " where tenant_id = :tenant and :id is not null", new UUID(1, 1));
    }

    private static String number(SalesInvoice invoice) {
        return invoice.made().orElseThrow().number();
    }

    private static void change(String customer, String what) {
        COUNTER.sql(
                "update customers set " + what + " where tenant_id = :tenant and id = :id",
                COUNTER.customer(customer).id());
    }

    /** Of an order that was confirmed and delivered. */
    private static SalesInvoice invoice(String customer) {
        Actor accounts = COUNTER.acme.actor("accounts");
        UUID order = COUNTER.submit(SalesCounter.drums(customer, "1", "4150"))
                .order()
                .id();
        return COUNTER.acme.run(tx -> {
            COUNTER.orders.confirm(tx, order, COUNTER.seller());
            COUNTER.deliveries.post(tx, NewDelivery.rest(order), COUNTER.seller());
            InvoiceMade made = COUNTER.invoices.makeOfOrder(tx, order, accounts);
            assertThat(made).isInstanceOf(InvoiceMade.Done.class);
            return ((InvoiceMade.Done) made).invoice();
        });
    }

    private static SalesInvoice get(UUID invoice) {
        return COUNTER.acme.run(tx -> COUNTER.invoices.get(tx, invoice)).orElseThrow();
    }
}
