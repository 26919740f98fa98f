package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionView;
import dev.millrace.erp.MessageTemplate.Approved;
import dev.millrace.erp.MessageTemplate.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The template gst-reconciliation-reminder on the real engine, by its schedule, over each of its branches. */
class GstReminderTest {
    private final Acme acme = new Acme(Course.template("gst-reconciliation-reminder"));
    private final Course course = new Course(acme);
    private final GstReturns returns = acme.erp.gstReturns(acme.engine.events(), acme.trail);
    private final SupplierInvoices invoices =
            acme.erp.supplierInvoices(acme.engine.events(), acme.engine.documents(), acme.trail);
    private final Actor clerk = acme.actor("accounts");
    private final LocalDate fifteenth = next(course.today());
    private final YearMonth period = YearMonth.from(fifteenth).minusMonths(1);

    @AfterEach
    void close() {
        acme.close();
    }

    private static LocalDate next(LocalDate today) {
        return today.getDayOfMonth() < 15
                ? today.withDayOfMonth(15)
                : today.plusMonths(1).withDayOfMonth(15);
    }

    @Test
    void suppliers_with_an_address_are_mailed_the_others_called_and_the_return_is_chased_to_the_cfo() {
        taken("S0001", "T-1");
        taken("S0002", "T-2");
        sql("update suppliers set email = null where tenant_id = :tenant and code = 'S0002'");
        sql("update members set phone = '+919820012345' where tenant_id = :tenant and email = 'cfo@acme.test'");
        acme.run(tx -> acme.erp
                .messageTemplates(acme.trail)
                .put(
                        tx,
                        "gst_due_today",
                        new Text(
                                List.of("period", "amount"),
                                Optional.empty(),
                                "GSTR-3B of {{ period }} is due: {{ amount }}",
                                Optional.of(
                                        new Approved("gst_due_today", "en", List.of("{{ period }}", "{{ amount }}")))),
                        clerk));
        imported();

        start();
        course.awaitParked("until_18th");
        course.goTo(fifteenth.withDayOfMonth(18).atTime(10, 1));
        course.awaitParked("until_20th");
        course.goTo(fifteenth.withDayOfMonth(20).atTime(10, 1));
        ExecutionView execution = over();

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(course.mail())
                .contains(
                        "Invoices missing in our GSTR-2B for " + period,
                        "GSTR-3B for " + period + " is due on " + fifteenth.withDayOfMonth(20),
                        "GSTR-3B for " + period + " is not filed, 2 days left");
        assertThat(acme.<List<Task>>run(tx -> acme.erp.inbox().allTasks(tx, Optional.empty(), 100)))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.title()).startsWith("Call the suppliers without an e-mail address");
                    assertThat(task.description()).contains("Palar Fasteners & Co");
                });
        assertThat(course.done(execution)).contains("alarm_cfo");
    }

    @Test
    void without_a_statement_accounts_get_a_task_and_a_cfo_who_has_no_number_too() {
        start();
        course.awaitParked("until_18th");
        course.goTo(fifteenth.withDayOfMonth(18).atTime(10, 1));
        course.awaitParked("until_20th");
        course.goTo(fifteenth.withDayOfMonth(20).atTime(10, 1));
        ExecutionView execution = over();

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(course.step(execution, "reconcile")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .asString())
                .isEqualTo("gstr2b_not_imported");
        assertThat(course.step(execution, "chase_suppliers").status()).isEqualTo("skipped");
        assertThat(course.tasks())
                .anyMatch(title -> title.startsWith("Import GSTR-2B and reconcile: "))
                .anyMatch(title -> title.startsWith("GSTR-3B for " + period + " is due today and not filed"));
    }

    @Test
    void filed_in_time_nobody_is_reminded_again() {
        imported();
        start();
        course.awaitParked("until_18th");
        filed();
        course.goTo(fifteenth.withDayOfMonth(18).atTime(10, 1));
        ExecutionView execution = over();

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(course.step(execution, "chase_suppliers").status()).isEqualTo("skipped");
        assertThat(course.step(execution, "remind_finance_head").status()).isEqualTo("skipped");
        assertThat(course.step(execution, "until_20th").status()).isEqualTo("skipped");
    }

    @Test
    void filed_between_the_18th_and_the_20th_the_cfo_is_left_alone() {
        imported();
        start();
        course.awaitParked("until_18th");
        course.goTo(fifteenth.withDayOfMonth(18).atTime(10, 1));
        course.awaitParked("until_20th");
        filed();
        course.goTo(fifteenth.withDayOfMonth(20).atTime(10, 1));
        ExecutionView execution = over();

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(course.step(execution, "alarm_cfo").status()).isEqualTo("skipped");
    }

    @Test
    void suppliers_whom_no_mail_reaches_become_a_task_and_the_others_are_mailed() {
        taken("S0001", "T-1");
        taken("S0002", "T-2");
        sql("update suppliers set email = 'nobody' where tenant_id = :tenant and code = 'S0002'");
        imported();
        start();
        course.awaitParked("until_18th");
        filed();
        course.goTo(fifteenth.withDayOfMonth(18).atTime(10, 1));
        ExecutionView execution = over();

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(acme.run(tx -> acme.erp.inbox().outbox(tx, Optional.empty(), 100)).stream()
                        .filter(message ->
                                message.subject().equals(Optional.of("Invoices missing in our GSTR-2B for " + period)))
                        .flatMap(message -> message.address().stream()))
                .containsExactly("ap1@supplier.example");
        assertThat(acme.<List<Task>>run(tx -> acme.erp.inbox().allTasks(tx, Optional.empty(), 100)))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.role()).contains("Accounts");
                    assertThat(task.title())
                            .startsWith("Some suppliers could not be mailed: 1 of 2 items failed; item ");
                    assertThat(task.description().orElseThrow()).contains("nobody");
                });
        assertThat(course.step(execution, "chase_by_hand").skipReason()).contains("condition");
    }

    @Test
    void where_no_supplier_has_an_address_all_of_them_are_called() {
        taken("S0001", "T-1");
        taken("S0002", "T-2");
        sql("update suppliers set email = null where tenant_id = :tenant and code in ('S0001', 'S0002')");
        imported();
        start();
        course.awaitParked("until_18th");
        filed();
        course.goTo(fifteenth.withDayOfMonth(18).atTime(10, 1));

        assertThat(over().outcome()).contains("succeeded");
        assertThat(course.mail()).doesNotContain("Invoices missing in our GSTR-2B for " + period);
        assertThat(acme.<List<Task>>run(tx -> acme.erp.inbox().allTasks(tx, Optional.empty(), 100)))
                .singleElement()
                .satisfies(task -> assertThat(task.description().orElseThrow())
                        .contains("Godavari Logistics Pvt Ltd", "Palar Fasteners & Co"));
    }

    @Test
    void reminders_that_reach_nobody_do_not_keep_the_cfo_from_being_told() {
        imported();
        course.goTo(fifteenth.atTime(8, 59));
        acme.appoint("accounts", false, Permissions.ACCOUNTS);
        acme.appoint("finance.head", false, Permissions.FINANCE_HEAD);
        course.goTo(fifteenth.atTime(9, 0, 1));
        course.awaitParked("until_18th");
        course.goTo(fifteenth.withDayOfMonth(18).atTime(10, 1));
        course.awaitParked("until_20th");
        course.goTo(fifteenth.withDayOfMonth(20).atTime(10, 1));
        ExecutionView execution = over();

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(course.step(execution, "remind_accounts").status()).isEqualTo("failed");
        assertThat(course.step(execution, "remind_finance_head").status()).isEqualTo("failed");
        assertThat(course.tasks())
                .singleElement()
                .satisfies(
                        title -> assertThat(title).startsWith("GSTR-3B for " + period + " is due today and not filed"));
    }

    private void start() {
        course.goTo(fifteenth.atTime(8, 59));
        course.goTo(fifteenth.atTime(9, 0, 1));
    }

    private ExecutionView over() {
        return course.over(execution -> true);
    }

    private void filed() {
        acme.run(
                tx -> returns.markFiled(tx, period, Filing.Return.GSTR3B, Optional.of("AA27"), BigDecimal.ZERO, clerk));
    }

    /** Of the month: one invoice that the books do not know. */
    private void imported() {
        String file = """
                {"data": {"gstin": "27ZZACM0001A1ZH", "rtnprd": "%s", "docdata": {"b2b": [{"ctin": "24AAQCA8719H1ZC",
                  "trdnm": "Other", "inv": [{"inum": "X-1", "typ": "R", "dt": "%s", "val": 1180, "pos": "27", "rev": "N",
                    "itcavl": "Y", "items": [{"num": 1, "rt": 18, "txval": 1000, "igst": 180, "cgst": 0, "sgst": 0,
                      "cess": 0}]}]}]}}}
                """.formatted(
                        DateTimeFormatter.ofPattern("MMuuuu").format(period),
                        DateTimeFormatter.ofPattern("dd-MM-uuuu").format(period.atDay(5)));
        assertThat(acme.<StatementImport>run(tx -> returns.importStatement(tx, file, clerk)))
                .isInstanceOf(StatementImport.Done.class);
    }

    private void sql(String statement) {
        acme.run(tx ->
                tx.handle().createUpdate(statement).bind("tenant", tx.tenant()).execute());
    }

    private void taken(String supplier, String number) {
        var line = new NewSupplierInvoice.Line(
                Optional.empty(),
                Optional.of("Freight"),
                Optional.empty(),
                BigDecimal.ONE,
                new BigDecimal("1000"),
                Optional.empty(),
                Optional.of(new BigDecimal("18")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BigDecimal("180.00")),
                Optional.empty());
        InvoiceIntake intake = acme.run(tx -> invoices.receive(
                tx,
                new NewSupplierInvoice(
                        Optional.empty(),
                        Optional.of(supplier),
                        number,
                        period.atDay(5),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BigDecimal("1180.00"),
                        Optional.empty(),
                        List.of(line)),
                clerk));
        assertThat(intake).isInstanceOf(InvoiceIntake.Received.class);
    }
}
