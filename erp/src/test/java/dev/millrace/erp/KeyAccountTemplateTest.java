package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.Submission.Routing;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template {@code key-account-sales-order-approval} on the real engine, over each of its branches. */
class KeyAccountTemplateTest {
    private static final SalesCounter COUNTER = new SalesCounter("key-account-sales-order-approval");

    @AfterAll
    static void close() {
        COUNTER.close();
    }

    @Test
    void an_order_that_it_does_not_ask_about_is_confirmed_by_its_rule_within_the_limit() {
        SalesOrder small =
                COUNTER.submit(SalesCounter.drums("C0001", "1", "4150")).order();
        SalesOrder tooMuch =
                COUNTER.submit(SalesCounter.drums("C0009", "1", "90000000")).order();

        assertThat(small.status()).isEqualTo(Status.CONFIRMED);
        assertThat(small.header().confirmedBy()).contains("rule of key-account-sales-order-approval v1");
        assertThat(COUNTER.customer("C0009").isKeyAccount()).isFalse();
        assertThat(tooMuch.status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    @Test
    void a_large_order_of_a_key_account_is_confirmed_by_both_side_by_side_and_the_customer_is_told() {
        SalesSubmission.Submitted submitted = COUNTER.submit(SalesCounter.drums("C0001", "2", "600000"));
        UUID order = submitted.order().id();
        assertThat(submitted.routing()).isEqualTo(new Routing.Started(1));
        var asked = COUNTER.acme.awaitRequest(order, "Finance Head");

        COUNTER.decide(order, "Finance Head", "finance.head", true, "fine");
        COUNTER.decide(order, "Sales Head", "sales.head", true, "fine");

        COUNTER.awaitStatus(order, Status.CONFIRMED);
        assertThat(COUNTER.finished("id", order).outcome()).contains("succeeded");
        SalesOrder confirmed = COUNTER.get(order);
        assertThat(confirmed.header().approvalId()).contains(asked.id());
        assertThat(confirmed.lines().getFirst().reservedQty()).isEqualTo("2");
        assertThat(COUNTER.mails()).contains("buyer1@customer.example: Order " + confirmed.number() + " confirmed");
    }

    @Test
    void both_together_take_a_customer_over_the_limit_and_one_without_an_address_is_not_told() {
        UUID customer = COUNTER.customer("C0006").id();
        COUNTER.sql("update customers set email = null where tenant_id = :tenant and id = :id", customer);
        UUID order = COUNTER.submit(SalesCounter.drums("C0006", "2", "1500000"))
                .order()
                .id();

        COUNTER.decide(order, "Sales Head", "sales.head", true, "a good customer");
        COUNTER.decide(order, "Finance Head", "finance.head", true, "paid tomorrow");

        COUNTER.awaitStatus(order, Status.CONFIRMED);
        assertThat(COUNTER.finished("id", order).outcome()).contains("succeeded");
        assertThat(COUNTER.customer("C0006").exposure()).isEqualTo("3540000.00");
        assertThat(COUNTER.mails())
                .noneMatch(mail -> mail.contains(COUNTER.get(order).number()));
    }

    @Test
    void when_sales_say_no_the_order_is_held_and_finance_need_not_answer() {
        UUID order = COUNTER.submit(SalesCounter.drums("C0003", "2", "600000"))
                .order()
                .id();
        COUNTER.acme.awaitRequest(order, "Finance Head");

        COUNTER.decide(order, "Sales Head", "sales.head", false, "discount too high");

        COUNTER.awaitStatus(order, Status.ON_HOLD);
        assertThat(COUNTER.get(order).header().holdReason())
                .contains("Sales: Rejected by Farah Khan: discount too high");
        assertThat(COUNTER.finished("id", order).outcome()).contains("stopped");
        assertThat(COUNTER.pending(order, "Finance Head")).isEmpty();
    }

    @Test
    void when_finance_say_no_the_order_is_held_changed_and_asked_for_again() {
        UUID order = COUNTER.submit(SalesCounter.drums("C0004", "2", "600000"))
                .order()
                .id();

        COUNTER.decide(order, "Finance Head", "finance.head", false, "they never pay");
        COUNTER.awaitStatus(order, Status.ON_HOLD);
        assertThat(COUNTER.get(order).header().holdReason())
                .contains("Finance: Rejected by Meera Iyer: they never pay");
        COUNTER.finished("id", order);

        COUNTER.acme.run(
                tx -> COUNTER.orders.revise(tx, order, SalesCounter.drums("C0004", "2", "550000"), COUNTER.seller()));
        COUNTER.acme.run(tx -> COUNTER.orders.submit(tx, order, COUNTER.seller()));
        COUNTER.decide(order, "Finance Head", "finance.head", true, "well");
        COUNTER.decide(order, "Sales Head", "sales.head", true, "well");
        COUNTER.awaitStatus(order, Status.CONFIRMED);
    }

    @Test
    void a_change_asks_both_again_and_what_is_confirmed_is_what_they_saw() {
        UUID order = COUNTER.submit(SalesCounter.drums("C0005", "2", "600000"))
                .order()
                .id();
        var first = COUNTER.acme.awaitRequest(order, "Sales Head");
        COUNTER.acme.awaitRequest(order, "Finance Head");

        COUNTER.acme.run(
                tx -> COUNTER.orders.revise(tx, order, SalesCounter.drums("C0005", "2", "650000"), COUNTER.seller()));

        assertThat(COUNTER.acme.request(first.id()).status()).isEqualTo("superseded");
        COUNTER.decide(order, "Sales Head", "sales.head", true, "well");
        COUNTER.decide(order, "Finance Head", "finance.head", true, "well");
        COUNTER.awaitStatus(order, Status.CONFIRMED);
        assertThat(COUNTER.get(order).header().total()).isEqualByComparingTo("1534000");
    }

    @Test
    void an_order_whose_goods_are_gone_by_then_is_not_confirmed_and_its_execution_says_why() {
        UUID order = COUNTER.submit(SalesCounter.drums("C0007", "81", "20000"))
                .order()
                .id();

        COUNTER.decide(order, "Sales Head", "sales.head", true, "fine");
        COUNTER.decide(order, "Finance Head", "finance.head", true, "fine");

        assertThat(COUNTER.finished("id", order).outcome()).contains("failed");
        assertThat(COUNTER.get(order).status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    @Test
    void after_a_day_the_cfo_is_asked_in_place_of_who_did_not_answer() {
        UUID order = COUNTER.submit(SalesCounter.drums("C0008", "2", "600000"))
                .order()
                .id();
        COUNTER.decide(order, "Finance Head", "finance.head", true, "fine");
        COUNTER.acme.awaitRequest(order, "Sales Head");

        COUNTER.acme.engine.clock().advance(Duration.ofHours(25));
        COUNTER.decide(order, "CFO", "cfo", true, "fine");

        COUNTER.awaitStatus(order, Status.CONFIRMED);
        UUID other = COUNTER.submit(SalesCounter.drums("C0008", "2", "600000"))
                .order()
                .id();
        COUNTER.decide(other, "Sales Head", "sales.head", true, "fine");
        COUNTER.acme.awaitRequest(other, "Finance Head");
        COUNTER.acme.engine.clock().advance(Duration.ofHours(25));
        COUNTER.decide(other, "CFO", "cfo", false, "no");
        COUNTER.awaitStatus(other, Status.ON_HOLD);
        await().untilAsserted(() ->
                assertThat(COUNTER.get(other).header().holdReason()).contains("Finance: Rejected by Arjun Rao: no"));
    }
}
