package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.gst.IrpSandbox.Behaviour;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Invoices on the real engine: registered at the portal as soon as they are made, whatever becomes of its answers. */
class EInvoiceWorkflowTest {
    private static final Acme ACME = new Acme("""
            workflow:
              name: register-invoices
              trigger:
                event: sales_invoice.created
                condition: trigger.e_invoice_required
              steps:
                - id: register
                  action: erp.gst.submit_to_irp
                  retry: { max_attempts: 20, initial_delay: 1s, max_delay: 1s }
                  config: { sales_invoice_id: "{{ trigger.id }}" }
            """);
    private static final SalesInvoices INVOICES = ACME.erp.salesInvoices(ACME.engine.events(), ACME.trail);

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void an_invoice_is_registered_when_it_is_made() {
        SalesInvoice invoice = made("C0001");

        awaitRegistered(invoice);
    }

    @Test
    void a_registration_whose_answer_was_lost_is_found_by_the_retry_and_is_one_document_at_the_portal() {
        ACME.erp.irpSandbox().behave(new Behaviour.LosesAnswers());
        SalesInvoice invoice = made("C0003");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(atThePortal(invoice)).isEqualTo(1));
        assertThat(get(invoice).eInvoice().status()).isEqualTo(EInvoiceStatus.PENDING);

        ACME.erp.irpSandbox().behave(new Behaviour.Well());

        awaitRegistered(invoice);
        assertThat(atThePortal(invoice)).isEqualTo(1);
        assertThat(output(invoice, "duplicate")).isEqualTo("true");
        assertThat(output(invoice, "irn"))
                .isEqualTo(get(invoice).eInvoice().registered().orElseThrow().irn());
    }

    private static SalesInvoice made(String customer) {
        Actor accounts = ACME.actor("accounts");
        return ACME.run(tx -> {
            var drafted = (InvoiceDrafted.Drafted) INVOICES.draft(
                    tx,
                    NewSalesInvoice.of(
                            customer,
                            List.of(NewSalesInvoice.Line.of(
                                    "FAS-BOLT-M12", new BigDecimal("333"), new BigDecimal("15.35")))),
                    accounts);
            return ((InvoiceMade.Done) INVOICES.make(tx, drafted.invoice().id(), accounts)).invoice();
        });
    }

    private static SalesInvoice get(SalesInvoice invoice) {
        return ACME.run(tx -> INVOICES.get(tx, invoice.id())).orElseThrow();
    }

    private static void awaitRegistered(SalesInvoice invoice) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(get(invoice).eInvoice().status()).isEqualTo(EInvoiceStatus.REGISTERED));
    }

    private static long atThePortal(SalesInvoice invoice) {
        return ACME.run(tx -> tx.handle()
                .createQuery("""
                        select count(*) from irp_sandbox_documents
                         where tenant_id = :tenant
                           and irn = encode(sha256(convert_to('27ZZACM0001A1ZH' || :year || 'INV' || :number, 'UTF8')), 'hex')
                        """)
                .bind("tenant", ACME.tenant)
                .bind("year", "20" + invoice.made().orElseThrow().number().substring(4, 9))
                .bind("number", invoice.made().orElseThrow().number())
                .mapTo(Long.class)
                .one());
    }

    private static String output(SalesInvoice invoice, String field) {
        return ACME.run(tx -> tx.handle()
                .createQuery("""
                        select output ->> :field from workflow_step_results
                         where tenant_id = :tenant and step_id = 'register' and input ->> 'sales_invoice_id' = :invoice
                        """)
                .bind("tenant", ACME.tenant)
                .bind("field", field)
                .bind("invoice", invoice.id().toString())
                .mapTo(String.class)
                .one());
    }
}
