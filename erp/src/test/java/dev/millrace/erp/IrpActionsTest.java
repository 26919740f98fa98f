package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Status;
import dev.millrace.erp.gst.CancelIrn;
import dev.millrace.erp.gst.CancelReason;
import dev.millrace.erp.gst.GenerateInvoice;
import dev.millrace.erp.gst.HttpIrpClient;
import dev.millrace.erp.gst.IrpSandbox.Behaviour;
import dev.millrace.erp.gst.SubmitToIrp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class IrpActionsTest {
    private final Shop shop = new Shop();
    private final Step step = new Step(shop.world);

    @Test
    void generate_makes_a_draft_once_and_tells_what_it_became() {
        SalesInvoice draft = shop.draft("FAR", Shop.bolts("1000", "100"));

        GenerateInvoice.Output first = generate(draft.id(), Optional.empty());
        GenerateInvoice.Output again = generate(draft.id(), Optional.empty());

        assertThat(first.totalAmount()).isEqualTo("118000.00");
        assertThat(first.igst()).isEqualTo("18000.00");
        assertThat(first.eInvoiceRequired()).isTrue();
        assertThat(first.eWayBillRequired()).isTrue();
        assertThat(again).isEqualTo(first);
        assertThat(step.told)
                .filteredOn(told -> told.startsWith("published sales_invoice.created"))
                .hasSize(1);
    }

    @Test
    void generate_under_reverse_charge_shows_the_tax_and_does_not_charge_it() {
        SalesInvoice draft = shop.draft("LOCAL", Shop.bolts("1", "1000.40"));

        GenerateInvoice.Output output = shop.world.run(tx -> step.action(GenerateInvoice.class)
                .run(
                        tx,
                        step,
                        new GenerateInvoice.Config(
                                Optional.empty(),
                                Optional.of(draft.id()),
                                Optional.empty(),
                                Optional.of(false),
                                Optional.of(true))));

        assertThat(output.cgst()).isEqualTo("90.04");
        assertThat(output.totalAmount()).isEqualTo("1000.40");
        assertThat(shop.balance("2100")).isEqualTo("0.00");
        assertThat(submit(draft.id()).duplicate()).isFalse();
    }

    @Test
    void generate_refuses_what_is_not_there_and_a_date_to_come() {
        SalesInvoice draft = shop.draft("LOCAL", Shop.bolts("1", "100"));

        assertThat(failure(() -> generate(new UUID(1, 1), Optional.empty())).code())
                .isEqualTo("not_found");
        assertThat(failure(() -> generate(draft.id(), Optional.of(LocalDate.of(2999, 1, 1))))
                        .code())
                .isEqualTo("date_in_future");
        assertThat(shop.get(draft.id()).status()).isEqualTo(Status.DRAFT);
    }

    @Test
    void generate_fails_by_the_code_of_what_the_law_does_not_allow() {
        assertGenerateFails("place_of_supply_unknown", shop.draft("NOWHERE", Shop.bolts("1", "100")));
        assertGenerateFails("hsn_missing", shop.draft("LOCAL", SalesInvoiceTest.anything("", "18")));
        assertGenerateFails("hsn_too_short", shop.draft("LOCAL", SalesInvoiceTest.anything("7318", "18")));
        assertGenerateFails("rate_unknown", shop.draft("LOCAL", SalesInvoiceTest.anything("73181500", "17")));
        shop.made("LOCAL", Shop.bolts("1", "100"));
        SalesInvoice draft = shop.draft("LOCAL", Shop.bolts("1", "100"));
        ofCompany("update fiscal_periods set status = 'closed'");
        assertGenerateFails("period_closed", draft);
        ofCompany("update companies set gstin = null");
        assertGenerateFails("gstin_invalid", draft);
        ofCompany("update companies set tax_regime = 'none'");
        assertGenerateFails("forbidden", draft);

        assertThat(step.told).isEmpty();
    }

    private void assertGenerateFails(String code, SalesInvoice draft) {
        assertThat(failure(() -> generate(draft.id(), Optional.empty())).code()).isEqualTo(code);
        assertThat(shop.get(draft.id()).status()).isEqualTo(Status.DRAFT);
    }

    private void ofCompany(String update) {
        shop.world.sql(update + " where tenant_id = :tenant and :id::uuid is not null", new UUID(1, 1));
    }

    @Test
    void submit_registers_an_invoice_and_keeps_what_the_portal_gave() {
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("333", "15.35"));

        SubmitToIrp.Output output = submit(invoice.id());

        SalesInvoice registered = shop.get(invoice.id());
        assertThat(registered.eInvoice().status()).isEqualTo(EInvoiceStatus.REGISTERED);
        assertThat(registered.eInvoice().registered().orElseThrow().irn()).isEqualTo(output.irn());
        assertThat(registered.eInvoice().registered().orElseThrow().ackAt()).isEqualTo(output.ackDate());
        assertThat(output.duplicate()).isFalse();
        assertThat(output.eWayBillNo()).isEmpty();
        assertThat(step.told).anyMatch(told -> told.startsWith("published gst.irn_generated"));

        step.told.clear();
        SubmitToIrp.Output again = submit(invoice.id());
        assertThat(again.irn()).isEqualTo(output.irn());
        assertThat(again.duplicate()).isTrue();
        assertThat(step.told).isEmpty();
    }

    @Test
    void every_kind_of_invoice_that_is_built_is_taken_by_the_portal() {
        assertThat(submit(shop.made("FAR", Shop.bolts("3.125", "99.999999")).id())
                        .irn())
                .hasSize(64);
        assertThat(submit(shop.made("ZONE", Shop.bolts("7", "33.33")).id()).irn())
                .hasSize(64);
        assertThat(submit(shop.made("ABROAD", Shop.bolts("7", "33.33")).id()).irn())
                .hasSize(64);
        assertThat(submit(shop.made("LOCAL", Shop.bolts("1", "0.05"), Shop.bolts("2", "0.15"))
                                .id())
                        .irn())
                .hasSize(64);
    }

    @Test
    void an_answer_that_is_lost_after_registering_makes_the_retry_a_duplicate_with_the_same_irn() {
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("333", "15.35"));
        shop.world.erp.irpSandbox().behave(new Behaviour.LosesAnswers());
        ActionFailure lost = catchThrowableOfType(ActionFailure.class, () -> call(invoice.id()));
        assertThat(lost.isRetryable()).isTrue();
        assertThat(lost.code()).isEqualTo("irp_unavailable");
        assertThat(shop.get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.PENDING);
        assertThat(shop.world.count("irp_sandbox_documents")).isEqualTo(1);

        shop.world.erp.irpSandbox().behave(new Behaviour.Well());
        SubmitToIrp.Output output = submit(invoice.id());

        assertThat(output.duplicate()).isTrue();
        assertThat(output.irn()).isEqualTo(irnAtThePortal());
        assertThat(shop.get(invoice.id()).eInvoice().registered().orElseThrow().irn())
                .isEqualTo(output.irn());
        assertThat(shop.world.count("irp_sandbox_documents")).isEqualTo(1);
    }

    @Test
    void a_portal_that_does_not_let_us_in_is_said_so_and_asked_again_later() throws IOException {
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("333", "15.35"));
        HttpServer portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        portal.createContext("/", exchange -> {
            byte[] body = """
                    {"Status": 0, "ErrorDetails": [{"ErrorCode": "1004", "ErrorMessage": "Invalid password"}]}""".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        portal.start();
        try {
            var settings = new IrpSettings(
                    URI.create("http://127.0.0.1:" + portal.getAddress().getPort()), "client", "secret", "user", "old");
            var submit = new SubmitToIrp(shop.world.transactions, new HttpIrpClient(settings));

            ActionFailure failure =
                    catchThrowableOfType(ActionFailure.class, () -> submit.call(step, config(invoice.id())));

            assertThat(failure.code()).isEqualTo("irp_auth");
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure).hasMessageStartingWith("The portal did not let us in: ");
            assertThat(shop.get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.PENDING);
        } finally {
            portal.stop(0);
        }
    }

    private String irnAtThePortal() {
        return shop.world.run(tx -> tx.handle()
                .createQuery("select irn from irp_sandbox_documents where tenant_id = :tenant")
                .bind("tenant", shop.world.tenant)
                .mapTo(String.class)
                .one());
    }

    @Test
    void another_document_of_the_same_number_at_the_portal_is_no_success() {
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("1", "100"));
        submit(invoice.id());
        SalesInvoice forgotten = shop.made("LOCAL", Shop.bolts("1", "200"));
        // The portal believes that the second number, too, was given to the first document.
        shop.world.sql(
                """
                update irp_sandbox_documents
                   set irn = encode(sha256(convert_to('27AAPFU0939F1ZV' || '%s' || 'INV' || '%s', 'UTF8')), 'hex')
                 where tenant_id = :tenant and :id is not null
                """.formatted(year(forgotten), forgotten.made().orElseThrow().number()), new UUID(1, 1));

        ActionFailure differs = failure(() -> call(forgotten.id()));

        assertThat(differs.code()).isEqualTo("irp_duplicate_differs");
        assertThat(shop.get(forgotten.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.FAILED);
        assertThat(step.told).anyMatch(told -> told.startsWith("published gst.irn_failed"));
    }

    private static String year(SalesInvoice invoice) {
        LocalDate date = invoice.made().orElseThrow().date();
        int first = date.getMonthValue() < 4 ? date.getYear() - 1 : date.getYear();
        return first + "-" + (first + 1) % 100;
    }

    @Test
    void what_the_portal_refuses_is_kept_and_told_once_with_its_codes_and_may_be_sent_again() {
        shop.world.sql("update companies set pin = null where tenant_id = :tenant and :id is not null", new UUID(1, 1));
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("1", "100"));

        ActionFailure refused = failure(() -> call(invoice.id()));
        failure(() -> call(invoice.id()));

        assertThat(refused.code()).isEqualTo("irp_validation");
        assertThat(refused).hasMessageContaining("2140").hasMessageContaining("SellerDtls.Pin");
        assertThat(shop.get(invoice.id()).eInvoice().status()).isEqualTo(EInvoiceStatus.FAILED);
        assertThat(shop.get(invoice.id()).eInvoice().error()).contains(String.valueOf(refused.getMessage()));
        assertThat(step.told)
                .filteredOn(told -> told.startsWith("published gst.irn_failed"))
                .hasSize(1);
    }

    @Test
    void submit_refuses_what_need_not_or_must_not_be_registered() {
        SalesInvoice draft = shop.draft("LOCAL", Shop.bolts("1", "100"));
        SalesInvoice walkIn = shop.made("WALKIN", Shop.bolts("1", "100"));
        SalesInvoice old = shop.draft("LOCAL", Shop.bolts("1", "100"));
        generate(old.id(), Optional.of(today().minusDays(31)));

        assertThat(failure(() -> call(new UUID(1, 1))).code()).isEqualTo("not_found");
        assertThat(failure(() -> call(draft.id())).code()).isEqualTo("wrong_state");
        assertThat(failure(() -> call(walkIn.id())).code()).isEqualTo("irp_not_applicable");
        assertThat(failure(() -> call(old.id())).code()).isEqualTo("irp_too_old");
        assertThat(shop.world.count("irp_sandbox_documents")).isZero();
    }

    private LocalDate today() {
        return shop.made("WALKIN", Shop.bolts("1", "1")).made().orElseThrow().date();
    }

    @Test
    void cancel_cancels_at_the_portal_and_the_invoice_with_it_and_gives_everything_back() {
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("333", "15.35"));
        submit(invoice.id());

        CancelIrn.Output output = cancel(invoice.id());
        CancelIrn.Output again = cancel(invoice.id());

        SalesInvoice cancelled = shop.get(invoice.id());
        assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
        assertThat(cancelled.eInvoice().status()).isEqualTo(EInvoiceStatus.CANCELLED);
        assertThat(again).isEqualTo(output);
        for (String account : new String[] {"1100", "4000", "2100", "2110", "5900"}) {
            assertThat(shop.balance(account)).as(account).isEqualTo("0.00");
        }
        assertThat(shop.customer("LOCAL").exposure()).isEqualTo("0.00");
        assertThat(failure(() -> call(invoice.id())).code()).isEqualTo("wrong_state");
    }

    @Test
    void a_cancellation_whose_answer_was_lost_is_found_done_by_the_retry() {
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("1", "100"));
        submit(invoice.id());
        shop.world.erp.irpSandbox().behave(new Behaviour.LosesAnswers());
        assertThat(catchThrowableOfType(ActionFailure.class, () -> cancel(invoice.id()))
                        .isRetryable())
                .isTrue();

        shop.world.erp.irpSandbox().behave(new Behaviour.Well());
        cancel(invoice.id());

        assertThat(shop.get(invoice.id()).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void cancel_refuses_what_has_no_irn_and_what_was_registered_more_than_a_day_ago() {
        SalesInvoice pending = shop.made("LOCAL", Shop.bolts("1", "100"));
        SalesInvoice old = shop.made("LOCAL", Shop.bolts("1", "100"));
        submit(old.id());
        shop.world.run(tx -> tx.handle()
                .createUpdate(
                        "update irp_sandbox_documents set ack_at = ack_at - interval '25 hours' where tenant_id = :t")
                .bind("t", shop.world.tenant)
                .execute());

        assertThat(failure(() -> cancel(new UUID(1, 1))).code()).isEqualTo("not_found");
        assertThat(failure(() -> cancel(pending.id())).code()).isEqualTo("irn_not_active");
        assertThat(failure(() -> cancel(old.id())).code()).isEqualTo("irn_window_passed");
        assertThat(shop.get(old.id()).status()).isEqualTo(Status.POSTED);
        SalesInvoice closed = shop.made("LOCAL", Shop.bolts("2", "100"));
        submit(closed.id());
        ofCompany("update fiscal_periods set status = 'closed'");
        assertThat(failure(() -> cancel(closed.id())).code()).isEqualTo("period_closed");
        assertThat(shop.get(closed.id()).status()).isEqualTo(Status.POSTED);
    }

    private GenerateInvoice.Output generate(UUID invoice, Optional<LocalDate> date) {
        return shop.world.run(tx -> step.action(GenerateInvoice.class)
                .run(
                        tx,
                        step,
                        new GenerateInvoice.Config(
                                Optional.empty(), Optional.of(invoice), date, Optional.empty(), Optional.empty())));
    }

    private SubmitToIrp.Answer call(UUID invoice) {
        return step.action(SubmitToIrp.class).call(step, config(invoice));
    }

    private SubmitToIrp.Output submit(UUID invoice) {
        SubmitToIrp.Answer answer = call(invoice);
        return shop.world.run(tx -> step.action(SubmitToIrp.class).record(tx, step, config(invoice), answer));
    }

    private static SubmitToIrp.Config config(UUID invoice) {
        return new SubmitToIrp.Config(invoice, Optional.empty());
    }

    private CancelIrn.Output cancel(UUID invoice) {
        var config = new CancelIrn.Config(invoice, CancelReason.DATA_ENTRY_MISTAKE, Optional.of("wrong buyer"));
        CancelIrn.Answer answer = step.action(CancelIrn.class).call(step, config);
        return shop.world.run(tx -> step.action(CancelIrn.class).record(tx, step, config, answer));
    }

    private static ActionFailure failure(ThrowingCallable call) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.isRetryable()).isFalse();
        return failure;
    }
}
