package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.Submission.Routing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    void an_order_whose_goods_are_gone_by_then_is_held_and_confirmed_once_they_are_there_and_it_was_submitted_again() {
        UUID order = COUNTER.submit(SalesCounter.drums("C0007", "81", "20000"))
                .order()
                .id();
        bothApprove(order);

        COUNTER.awaitStatus(order, Status.ON_HOLD);
        SalesOrder held = COUNTER.get(order);
        assertThat(held.header().holdReason().orElseThrow())
                .startsWith("Approved, but not confirmed: Of PNT-SYN-20L only ")
                .endsWith(" are free in Pune main store, fewer than " + held.number()
                        + " needs: receive more first, or change the order");
        assertThat(held.lines().getFirst().reservedQty()).isEqualByComparingTo("0");
        assertThat(COUNTER.finished("id", order).outcome()).contains("stopped");
        Task task = taskAbout(held);
        assertThat(task.role()).contains("Sales Head");
        assertThat(task.title()).isEqualTo(held.number() + " is approved, but could not be confirmed");
        assertThat(task.description().orElseThrow())
                .contains(
                        "receive more first, or change the order. The order is on hold: settle that, then submit it again.");
        assertThat(COUNTER.mails()).noneMatch(mail -> mail.contains(held.number()));

        stock("81");
        COUNTER.acme.run(tx -> COUNTER.orders.submit(tx, order, COUNTER.seller()));
        bothApprove(order);

        COUNTER.awaitStatus(order, Status.CONFIRMED);
        assertThat(COUNTER.get(order).lines().getFirst().reservedQty()).isEqualByComparingTo("81");
    }

    @Test
    void an_order_that_others_have_put_over_the_limit_meanwhile_is_held_and_asked_for_beyond_the_limit() {
        UUID order = COUNTER.submit(SalesCounter.drums("C0002", "2", "2000000"))
                .order()
                .id();
        assertThat(COUNTER.acme.awaitRequest(order, "Finance Head").message().orElseThrow())
                .contains("exposure ₹47,20,000.00 of limit ₹50,00,000.00");
        COUNTER.submit(SalesCounter.drums("C0002", "1", "400000"));

        bothApprove(order);

        COUNTER.awaitStatus(order, Status.ON_HOLD);
        assertThat(COUNTER.get(order).header().holdReason())
                .contains("Approved, but not confirmed: " + COUNTER.get(order).number()
                        + " would take Sahyadri Electricals Ltd to ₹51,92,000.00, over the limit of ₹50,00,000.00: have it"
                        + " approved beyond the limit, or wait for a payment");
        assertThat(COUNTER.finished("id", order).outcome()).contains("stopped");

        // Submitted again it is asked for with what it takes the customer to, and is confirmed beyond the limit.
        COUNTER.acme.run(tx -> COUNTER.orders.submit(tx, order, COUNTER.seller()));
        assertThat(COUNTER.acme.awaitRequest(order, "Finance Head").message().orElseThrow())
                .contains("exposure ₹51,92,000.00 of limit ₹50,00,000.00");
        bothApprove(order);
        COUNTER.awaitStatus(order, Status.CONFIRMED);
    }

    @Test
    void an_order_of_a_customer_who_was_put_on_credit_hold_meanwhile_is_held_with_the_reason() {
        UUID customer = COUNTER.customer("C0001").id();
        UUID order = COUNTER.submit(SalesCounter.drums("C0001", "1", "1200000"))
                .order()
                .id();
        COUNTER.acme.awaitRequest(order, "Sales Head");
        COUNTER.sql("update customers set credit_hold = true where tenant_id = :tenant and id = :id", customer);

        bothApprove(order);

        COUNTER.awaitStatus(order, Status.ON_HOLD);
        COUNTER.sql("update customers set credit_hold = false where tenant_id = :tenant and id = :id", customer);
        assertThat(COUNTER.get(order).header().holdReason())
                .contains(
                        "Approved, but not confirmed: Sahyadri Retail Ltd is on credit hold: have the hold lifted, then"
                                + " confirm " + COUNTER.get(order).number());
    }

    @Test
    void when_one_refuses_after_the_other_has_agreed_the_order_is_held_with_the_refusal() {
        UUID sales = COUNTER.submit(SalesCounter.drums("C0003", "2", "610000"))
                .order()
                .id();
        COUNTER.decide(sales, "Finance Head", "finance.head", true, "fine");
        COUNTER.decide(sales, "Sales Head", "sales.head", false, "too cheap");
        COUNTER.awaitStatus(sales, Status.ON_HOLD);
        assertThat(COUNTER.get(sales).header().holdReason()).contains("Sales: Rejected by Farah Khan: too cheap");
        assertThat(COUNTER.finished("id", sales).outcome()).contains("stopped");

        UUID finance = COUNTER.submit(SalesCounter.drums("C0003", "2", "620000"))
                .order()
                .id();
        COUNTER.decide(finance, "Sales Head", "sales.head", true, "fine");
        COUNTER.decide(finance, "Finance Head", "finance.head", false, "they owe us");
        COUNTER.awaitStatus(finance, Status.ON_HOLD);
        assertThat(COUNTER.get(finance).header().holdReason()).contains("Finance: Rejected by Meera Iyer: they owe us");
        assertThat(COUNTER.finished("id", finance).outcome()).contains("stopped");
        assertThat(COUNTER.customer("C0003").exposure()).isEqualByComparingTo("0");
    }

    @Test
    void both_left_to_their_deadline_go_to_the_cfo_who_answers_for_one_and_the_other_is_handed_to_somebody_else() {
        UUID order = leftToTheCfo("C0005", "630000");
        Request sales = ofStep(order, "sales_head");
        Request finance = ofStep(order, "finance_head");

        assertThat(COUNTER.acme.decide(finance, "cfo", true, "fine")).isInstanceOf(Decided.Done.class);

        // Two approvals are of two people: the company has one CFO, so the administrator sees what is left.
        await().untilAsserted(() ->
                assertThat(COUNTER.acme.request(sales.id()).nobody()).isTrue());
        assertThat(COUNTER.acme.decide(sales, "cfo", true, "fine"))
                .isInstanceOfSatisfying(
                        Decided.Forbidden.class, no -> assertThat(no.code()).isEqualTo("same_person_twice"));
        assertThat(COUNTER.get(order).status()).isEqualTo(Status.PENDING_APPROVAL);
        COUNTER.acme.handOver(sales, "Sales Head");
        COUNTER.decide(order, "Sales Head", "sales.head", true, "back from leave");

        COUNTER.awaitStatus(order, Status.CONFIRMED);
        assertThat(COUNTER.get(order).header().approvalId()).contains(finance.id());
        assertThat(COUNTER.finished("id", order).outcome()).contains("succeeded");
    }

    @Test
    void both_left_to_their_deadline_are_agreed_by_the_cfo_alone_where_the_company_lets_one_person_approve_twice() {
        UUID order = leftToTheCfo("C0008", "640000");
        COUNTER.acme.letOnePersonApproveTwice(true);

        COUNTER.decide(order, "CFO", "cfo", true, "fine");
        COUNTER.decide(order, "CFO", "cfo", true, "fine");

        COUNTER.awaitStatus(order, Status.CONFIRMED);
        COUNTER.acme.letOnePersonApproveTwice(false);
        assertThat(COUNTER.finished("id", order).outcome()).contains("succeeded");
    }

    @Test
    void both_left_to_their_deadline_are_refused_by_the_cfo_once() {
        UUID order = leftToTheCfo("C0004", "650000");

        assertThat(COUNTER.acme.decide(ofStep(order, "sales_head"), "cfo", false, "not now"))
                .isInstanceOf(Decided.Done.class);

        COUNTER.awaitStatus(order, Status.ON_HOLD);
        assertThat(COUNTER.get(order).header().holdReason()).contains("Sales: Rejected by Arjun Rao: not now");
        assertThat(COUNTER.finished("id", order).outcome()).contains("stopped");
        assertThat(COUNTER.pending(order, "CFO")).isEmpty();
    }

    @Test
    void an_order_that_nobody_answers_for_is_held_in_the_end() {
        UUID order = leftToTheCfo("C0003", "660000");

        COUNTER.acme.engine.clock().advance(Duration.ofDays(31));

        COUNTER.awaitStatus(order, Status.ON_HOLD);
        assertThat(COUNTER.get(order).header().holdReason().orElseThrow())
                .matches("(Sales|Finance): Nobody decided within 32 days");
        assertThat(COUNTER.finished("id", order).outcome()).contains("stopped");
        assertThat(COUNTER.pending(order, "CFO")).isEmpty();
    }

    @Test
    void a_customer_s_address_that_takes_no_mail_leaves_the_order_confirmed() {
        UUID customer = COUNTER.customer("C0008").id();
        COUNTER.sql("update customers set email = 'nobody' where tenant_id = :tenant and id = :id", customer);
        UUID order = COUNTER.submit(SalesCounter.drums("C0008", "1", "1210000"))
                .order()
                .id();

        bothApprove(order);

        assertThat(COUNTER.finished("id", order).outcome()).contains("succeeded");
        assertThat(COUNTER.get(order).status()).isEqualTo(Status.CONFIRMED);
        COUNTER.sql(
                "update customers set email = 'buyer8@customer.example' where tenant_id = :tenant and id = :id",
                customer);
    }

    @Test
    void an_order_that_is_cancelled_by_hand_ends_the_workflow_and_late_decisions_change_nothing() {
        UUID order = COUNTER.submit(SalesCounter.drums("C0001", "1", "1220000"))
                .order()
                .id();
        Request sales = COUNTER.acme.awaitRequest(order, "Sales Head");
        Request finance = COUNTER.acme.awaitRequest(order, "Finance Head");
        COUNTER.acme.run(tx -> COUNTER.orders.cancel(tx, order, "the customer called", COUNTER.seller()));

        assertThat(COUNTER.acme.decide(sales, "sales.head", true, "fine")).isInstanceOf(Decided.TooLate.class);
        assertThat(COUNTER.acme.decide(finance, "finance.head", true, "fine")).isInstanceOf(Decided.TooLate.class);
        assertThat(COUNTER.finished("id", order).outcome()).contains("cancelled");
        assertThat(COUNTER.get(order).status()).isEqualTo(Status.CANCELLED);
        assertThat(COUNTER.get(order).header().cancelReason()).contains("the customer called");
        assertThat(COUNTER.get(order).lines().getFirst().reservedQty()).isEqualByComparingTo("0");
    }

    private static void bothApprove(UUID order) {
        COUNTER.decide(order, "Sales Head", "sales.head", true, "fine");
        COUNTER.decide(order, "Finance Head", "finance.head", true, "fine");
    }

    /** Of two drums; neither of those who were asked first has answered, and the CFO is asked for both. */
    private static UUID leftToTheCfo(String customer, String price) {
        UUID order =
                COUNTER.submit(SalesCounter.drums(customer, "2", price)).order().id();
        COUNTER.acme.awaitRequest(order, "Sales Head");
        COUNTER.acme.awaitRequest(order, "Finance Head");
        COUNTER.acme.engine.clock().advance(Duration.ofHours(25));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(pending(order))
                        .extracting(request ->
                                request.stepId() + " " + request.requiredRole().orElse(""))
                        .containsExactlyInAnyOrder("sales_head CFO", "finance_head CFO"));
        return order;
    }

    private static Request ofStep(UUID order, String step) {
        return pending(order).stream()
                .filter(request -> request.stepId().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private static List<Request> pending(UUID order) {
        return COUNTER.acme.run(tx -> COUNTER.acme.engine.approvals().allPending(tx, Optional.empty(), 100)).stream()
                .filter(request -> request.entityId().equals(Optional.of(order)))
                .toList();
    }

    private static Task taskAbout(SalesOrder order) {
        return COUNTER.acme.run(tx -> COUNTER.acme.erp.inbox().allTasks(tx, Optional.empty(), 100)).stream()
                .filter(task -> task.entityId().equals(Optional.of(order.id())))
                .filter(task -> task.entityType().equals(Optional.of("sales_order")))
                .findFirst()
                .orElseThrow();
    }

    /** So many drums more. */
    private static void stock(String quantity) {
        Stock stock = COUNTER.acme.erp.stock(COUNTER.acme.engine.events(), COUNTER.acme.trail);
        StockKey paint =
                COUNTER.acme.run(tx -> stock.levels(tx, Optional.empty(), false, Stock.After.START, 500)).stream()
                        .filter(level -> level.itemCode().equals("PNT-SYN-20L"))
                        .map(StockLevel::key)
                        .findFirst()
                        .orElseThrow();
        Actor keeper = COUNTER.acme.actor("warehouse");
        Adjusting adjusting = COUNTER.acme.run(tx -> stock.adjust(
                tx,
                new Adjustment(
                        paint,
                        new BigDecimal(quantity),
                        StockMovement.Reason.FOUND,
                        Optional.empty(),
                        true,
                        Optional.empty()),
                keeper));
        assertThat(adjusting).isInstanceOf(Adjusting.Adjusted.class);
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
