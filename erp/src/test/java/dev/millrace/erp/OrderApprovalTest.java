package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.Submission.Routing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The seeded template on the real engine: what becomes of an order after it is submitted. */
class OrderApprovalTest {
    private static final Acme ACME = new Acme(
            SeededTemplates.of(Set.of("core", "procurement"), "none").getFirst().yaml());
    private static final Course COURSE = new Course(ACME);

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void a_small_order_is_locked_at_once_and_requester_and_supplier_are_told() {
        UUID order = submit("100");

        ACME.awaitStatus(order, Status.APPROVED);
        assertThat(ACME.get(order).header().approvedBy()).contains("purchase-order-approval v1");
        await().untilAsserted(() -> assertThat(messagesAbout(order))
                .containsExactlyInAnyOrder("in_app " + ACME.person("requester").id(), "email ap1@supplier.example"));
    }

    @Test
    void a_large_order_waits_for_the_finance_head_and_is_locked_with_the_approval() {
        UUID order = submit("600000");
        Request request = ACME.awaitRequest(order, "Finance Head");

        Decided decided = ACME.decide(request, "finance.head", true, "fine");

        assertThat(decided).isInstanceOf(Decided.Done.class);
        ACME.awaitStatus(order, Status.APPROVED);
        assertThat(ACME.get(order).header().approvalId()).contains(request.id());
    }

    @Test
    void a_rejected_order_is_cancelled_with_the_reason() {
        UUID order = submit("600000");

        ACME.decide(ACME.awaitRequest(order, "Finance Head"), "finance.head", false, "over budget");

        assertCancelled(order, "Rejected by Meera Iyer: over budget");
    }

    @Test
    void a_rejection_with_a_long_comment_cancels_the_order_too() {
        UUID order = submit("600000");
        String comment = "The same paint is to be had for less. ".repeat(50).strip();

        ACME.decide(ACME.awaitRequest(order, "Finance Head"), "finance.head", false, comment);

        ExecutionView execution = COURSE.over(order);
        assertThat(execution.outcome()).contains("stopped");
        assertThat(ACME.get(order).status()).isEqualTo(Status.CANCELLED);
        assertThat(ACME.get(order).header().cancelReason().orElseThrow())
                .startsWith("Rejected by Meera Iyer: The same paint is to be had for less.")
                .endsWith("…");
        assertThat(COURSE.told("requester"))
                .anyMatch(body ->
                        body.startsWith(ACME.get(order).number() + " was not approved: Rejected by Meera Iyer: "));
    }

    @Test
    void after_a_day_without_an_answer_the_cfo_is_asked() {
        UUID order = submit("600000");
        ACME.awaitRequest(order, "Finance Head");

        ACME.engine.clock().advance(Duration.ofHours(25));

        Request his = ACME.awaitRequest(order, "CFO");
        assertThat(his.message().orElseThrow()).endsWith("No answer from the Finance Head within 24 hours");
        assertThat(his.level()).isEqualTo(2);
        ACME.decide(his, "cfo", true, "well");
        ACME.awaitStatus(order, Status.APPROVED);
        assertThat(ACME.get(order).header().approvalId()).contains(his.id());
    }

    @Test
    void an_order_that_the_cfo_rejects_and_one_that_nobody_answers_for_are_cancelled_and_the_requester_learns_why() {
        UUID rejected = submit("600000");
        ACME.awaitRequest(rejected, "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.decide(ACME.awaitRequest(rejected, "CFO"), "cfo", false, "not this year");
        assertCancelled(rejected, "Rejected by Arjun Rao: not this year");

        UUID unanswered = submit("600000");
        ACME.awaitRequest(unanswered, "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.awaitRequest(unanswered, "CFO");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertCancelled(unanswered, "Nobody decided within 32 days");
    }

    @Test
    void the_finance_head_s_own_order_is_the_cfo_s_at_once() {
        Actor meera = ACME.actor("finance.head");
        UUID order = ACME.run(tx -> {
            UUID id = World.created(ACME.orders.create(tx, Acme.order("600000"), meera))
                    .id();
            ACME.orders.submit(tx, id, meera);
            return id;
        });

        Request his = ACME.awaitRequest(order, "CFO");
        assertThat(ACME.pending(order, "Finance Head")).isEmpty();
        assertThat(ACME.decide(his, "finance.head", true, "mine")).isInstanceOf(Decided.Forbidden.class);
        ACME.decide(his, "cfo", true, "fine");
        ACME.awaitStatus(order, Status.APPROVED);
    }

    @Test
    void a_supplier_without_an_address_is_not_told_and_messages_that_cannot_be_sent_leave_the_order_locked() {
        supplierEmail("null");
        UUID quiet = submit("100");
        ExecutionView untold = COURSE.over(quiet);
        assertThat(untold.outcome()).contains("succeeded");
        assertThat(messagesAbout(quiet))
                .containsExactly("in_app " + ACME.person("requester").id());

        supplierEmail("'nobody'");
        UUID order = submit("600000");
        Request request = ACME.awaitRequest(order, "Finance Head");
        UUID gone = ACME.person("requester").id();
        ACME.appoint("requester", false, Permissions.REQUESTER);
        try {
            ACME.decide(request, "finance.head", true, "fine");
            ExecutionView execution = COURSE.over(order);

            assertThat(execution.outcome()).contains("succeeded");
            assertThat(ACME.get(order).status()).isEqualTo(Status.APPROVED);
            assertThat(List.of(
                            COURSE.step(execution, "tell_requester").status(),
                            COURSE.step(execution, "tell_supplier").status()))
                    .containsOnly("failed");
            assertThat(messagesAbout(order)).doesNotContain("in_app " + gone, "email nobody");
        } finally {
            ACME.appoint("requester", true, Permissions.REQUESTER);
            supplierEmail("'ap1@supplier.example'");
        }
    }

    private static void supplierEmail(String email) {
        ACME.run(tx -> tx.handle()
                .createUpdate("update suppliers set email = " + email + " where tenant_id = :tenant and code = 'S0001'")
                .bind("tenant", tx.tenant())
                .execute());
    }

    private static void assertCancelled(UUID order, String why) {
        ExecutionView execution = COURSE.over(order);
        assertThat(execution.outcome()).contains("stopped");
        assertThat(COURSE.stopReason(execution)).isEqualTo("order not approved");
        assertThat(ACME.get(order).status()).isEqualTo(Status.CANCELLED);
        assertThat(ACME.get(order).header().cancelReason()).contains(why);
        assertThat(COURSE.told("requester")).contains(ACME.get(order).number() + " was not approved: " + why);
    }

    private static UUID submit(String price) {
        Submission.Submitted submitted = ACME.submit(Acme.order(price));
        assertThat(submitted.routing()).isEqualTo(new Routing.Started(1));
        return submitted.order().id();
    }

    private static List<String> messagesAbout(UUID order) {
        String number = ACME.get(order).number();
        return ACME.run(tx -> ACME.erp.inbox().outbox(tx, Optional.empty(), 100)).stream()
                .filter(message -> message.body().orElse("").contains(number))
                .map(message -> message.channel() + " "
                        + message.address()
                                .or(() -> message.member().map(UUID::toString))
                                .orElse(""))
                .toList();
    }
}
