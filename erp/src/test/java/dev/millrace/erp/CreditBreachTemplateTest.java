package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.approval.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template on the real engine: what becomes of a customer who goes over the limit. */
class CreditBreachTemplateTest {
    private static final Acme ACME = new Acme(template());
    private static final SalesInvoices INVOICES = ACME.erp.salesInvoices(ACME.engine.events(), ACME.trail);

    private static String template() {
        String resource = "/templates/credit-limit-breach.yaml";
        try (InputStream in = Objects.requireNonNull(CreditBreachTemplateTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void a_customer_over_the_limit_is_held_until_sales_and_finance_lift_it() {
        UUID customer = overLimit("C0006", "3000000");
        awaitHold(customer, true);

        ACME.decide(ACME.awaitRequest(customer, "Sales Head"), "sales.head", true, "a good customer");
        ACME.decide(ACME.awaitRequest(customer, "Finance Head"), "finance.head", true, "paid tomorrow");

        awaitHold(customer, false);
    }

    @Test
    void the_hold_stays_when_sales_says_no() {
        UUID customer = overLimit("C0002", "6000000");
        awaitHold(customer, true);

        ACME.decide(ACME.awaitRequest(customer, "Sales Head"), "sales.head", false, "they never pay");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(ACME.pending(customer, "Sales Head")).isEmpty());
        assertThat(ACME.pending(customer, "Finance Head")).isEmpty();
        awaitHold(customer, true);
    }

    @Test
    void a_little_over_the_limit_holds_nobody() {
        UUID customer = overLimit("C0004", "4300000");

        assertThat(exposure(customer)).isGreaterThan(new BigDecimal("5000000"));
        assertThat(ACME.pending(customer, "Sales Head")).isEmpty();
        awaitHold(customer, false);
    }

    @Test
    void the_hold_stays_when_finance_says_no() {
        UUID customer = overLimit("C0003", "8000000");

        ACME.decide(ACME.awaitRequest(customer, "Sales Head"), "sales.head", true, "a good customer");
        ACME.decide(ACME.awaitRequest(customer, "Finance Head"), "finance.head", false, "not before they pay");

        awaitOutcome(customer, "stopped");
        awaitHold(customer, true);
    }

    @Test
    void without_an_answer_the_cfo_is_asked_and_when_nobody_ever_answers_the_hold_stays() {
        UUID customer = overLimit("C0005", "6000000");
        ACME.awaitRequest(customer, "Sales Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.decide(ACME.awaitRequest(customer, "CFO"), "cfo", true, "fine");
        ACME.awaitRequest(customer, "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.awaitRequest(customer, "CFO");

        ACME.engine.clock().advance(Duration.ofDays(31));

        awaitOutcome(customer, "stopped");
        awaitHold(customer, true);
    }

    @Test
    void old_debts_hold_a_customer_however_little_the_limit_is_passed() {
        overLimit("C0008", "4000000");
        // To be paid within 15 days.
        ACME.engine.clock().advance(Duration.ofDays(46));
        UUID customer = overLimit("C0008", "300000");

        awaitHold(customer, true);
        assertThat(ACME.awaitRequest(customer, "Sales Head").message().orElseThrow())
                .matches("Lift the hold of Aravali Foods Ltd\\? Oldest overdue: 3[12] days");
    }

    @Test
    void what_the_finance_head_leaves_for_a_day_the_cfo_lifts_and_each_reads_what_sales_said() {
        UUID customer = overLimit("C0007", "9000000");
        ACME.decide(ACME.awaitRequest(customer, "Sales Head"), "sales.head", true, "pays on Friday");
        assertThat(ACME.awaitRequest(customer, "Finance Head").message())
                .contains("Sales wants the hold of Sabarmati Electricals Ltd lifted: pays on Friday");
        ACME.engine.clock().advance(Duration.ofHours(25));
        Request his = ACME.awaitRequest(customer, "CFO");
        assertThat(his.message()).contains("Sales wants the hold of Sabarmati Electricals Ltd lifted: pays on Friday");
        awaitHold(customer, true);

        ACME.decide(his, "cfo", true, "fine");

        awaitHold(customer, false);
        awaitOutcome(customer, "succeeded");
    }

    @Test
    void the_hold_stays_when_the_cfo_says_no_in_place_of_either() {
        UUID bySales = overLimit("C0009", "2000000");
        ACME.awaitRequest(bySales, "Sales Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.decide(ACME.awaitRequest(bySales, "CFO"), "cfo", false, "no");
        awaitOutcome(bySales, "stopped");
        awaitHold(bySales, true);

        UUID byFinance = overLimit("C0010", "700000");
        ACME.decide(ACME.awaitRequest(byFinance, "Sales Head"), "sales.head", true, "");
        assertThat(ACME.awaitRequest(byFinance, "Finance Head").message())
                .contains("Sales wants the hold of Tapti Pharma Pvt Ltd lifted: no comment");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.decide(ACME.awaitRequest(byFinance, "CFO"), "cfo", false, "no");
        awaitOutcome(byFinance, "stopped");
        awaitHold(byFinance, true);
    }

    @Test
    void the_hold_stays_when_sales_never_answers() {
        UUID customer = overLimit("C0011", "1500000");
        ACME.awaitRequest(customer, "Sales Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.awaitRequest(customer, "CFO");

        ACME.engine.clock().advance(Duration.ofDays(31));

        awaitOutcome(customer, "stopped");
        awaitHold(customer, true);
        assertThat(ACME.pending(customer, "Finance Head")).isEmpty();
    }

    @Test
    void however_much_sales_has_to_say_finance_is_asked() {
        UUID customer = overLimit("C0012", "1500000");
        ACME.decide(ACME.awaitRequest(customer, "Sales Head"), "sales.head", true, "a good customer, ".repeat(117));

        Request hers = ACME.awaitRequest(customer, "Finance Head");
        assertThat(hers.message().orElseThrow())
                .startsWith("Sales wants the hold of Sahyadri Hardware Pvt Ltd lifted: a good customer, ")
                .endsWith("...");
        ACME.decide(hers, "finance.head", true, "fine");

        awaitHold(customer, false);
    }

    private static void awaitOutcome(UUID customer, String outcome) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        ACME
                                .run(tx ->
                                        ACME.engine.executions().list(tx, ExecutionFilter.ALL, Optional.empty(), 100))
                                .stream()
                                .filter(execution -> execution
                                        .trigger()
                                        .path("customer_id")
                                        .asString("")
                                        .equals(customer.toString()))
                                .anyMatch(execution -> execution.outcome().equals(Optional.of(outcome))));
    }

    private static UUID overLimit(String code, String price) {
        Actor accounts = ACME.actor("accounts");
        return ACME.run(tx -> {
            var drafted = (InvoiceDrafted.Drafted) INVOICES.draft(
                    tx,
                    NewSalesInvoice.of(
                            code,
                            List.of(NewSalesInvoice.Line.of("FAS-BOLT-M12", BigDecimal.ONE, new BigDecimal(price)))),
                    accounts);
            INVOICES.make(tx, drafted.invoice().id(), accounts);
            return drafted.invoice().customerId();
        });
    }

    private static BigDecimal exposure(UUID customer) {
        return ACME.run(tx -> ACME.erp.customers().get(tx, customer))
                .orElseThrow()
                .exposure();
    }

    private static void awaitHold(UUID customer, boolean hold) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                ACME.run(tx -> ACME.erp.customers().get(tx, customer))
                                        .orElseThrow()
                                        .creditHold())
                        .isEqualTo(hold));
    }
}
