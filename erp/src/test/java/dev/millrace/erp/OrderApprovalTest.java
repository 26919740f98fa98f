package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Decided;
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

        ACME.awaitStatus(order, Status.CANCELLED);
        assertThat(ACME.get(order).header().cancelReason()).contains("Rejected by Meera Iyer: over budget");
    }

    @Test
    void after_a_day_without_an_answer_the_cfo_is_asked() {
        UUID order = submit("600000");
        ACME.awaitRequest(order, "Finance Head");

        ACME.engine.clock().advance(Duration.ofHours(25));

        ACME.decide(ACME.awaitRequest(order, "CFO"), "cfo", true, "over budget");
        ACME.awaitStatus(order, Status.APPROVED);
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
