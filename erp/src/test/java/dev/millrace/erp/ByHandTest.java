package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.Submission.Routing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Orders that people decide on by hand beside the workflow that decides on them, on the real engine. */
class ByHandTest {
    private static final Acme ACME = new Acme(
            SeededTemplates.of(Set.of("core", "procurement"), "none").getFirst().yaml());
    private static final Actor REQUESTER = ACME.actor("requester");
    private static final Actor BUYER = ACME.actor("procurement");
    private static final Actor ADMIN = ACME.actor("admin");
    private static final ExecutorService TOGETHER = Executors.newVirtualThreadPerTaskExecutor();

    @AfterAll
    static void close() {
        TOGETHER.close();
        ACME.close();
    }

    private static PurchaseOrder draft(String price) {
        return World.created(ACME.run(tx -> ACME.orders.create(tx, Acme.order(price), REQUESTER)));
    }

    private static Submission submit(UUID order, Actor by) {
        return ACME.run(tx -> ACME.orders.submit(tx, order, by));
    }

    private static ByHand<Locking> approve(UUID order, Actor by) {
        return ACME.run(tx -> ACME.orders.approve(tx, order, by));
    }

    private static boolean isChanged(ByHand<Locking> byHand) {
        Locking locking = World.outcome(byHand);
        assertThat(locking).isInstanceOf(Locking.Locked.class);
        return ((Locking.Locked) locking).changed();
    }

    /** Submitted, and the workflow that took it up was cancelled: it waits for nobody. */
    private static UUID left(String price) {
        UUID order = draft(price).id();
        Submission.Submitted submitted = (Submission.Submitted) submit(order, REQUESTER);
        Request request = ACME.awaitRequest(order, "Finance Head");
        assertThat(submitted.routing()).isEqualTo(new Routing.Started(1));
        ACME.engine.executions().cancel(ACME.tenant, request.executionId(), ADMIN, Optional.of("by hand"));
        return order;
    }

    @Test
    void as_long_as_somebody_is_asked_a_hand_keeps_off() {
        UUID order = draft("600000").id();
        submit(order, REQUESTER);
        Request request = ACME.awaitRequest(order, "Finance Head");

        assertThat(approve(order, BUYER))
                .isInstanceOfSatisfying(
                        ByHand.BeingDecided.class,
                        decided -> assertThat(
                                        decided.decider().asked().orElseThrow().approval())
                                .isEqualTo(request.id()));

        ACME.decide(request, "finance.head", true, "fine");
        ACME.awaitStatus(order, Status.APPROVED);
        assertThat(isChanged(approve(order, BUYER))).isFalse();
        assertThat(ACME.get(order).header().approvedBy()).contains("purchase-order-approval v1");
    }

    @Test
    void what_nobody_decides_any_more_is_approved_by_hand() {
        UUID order = left("600000");

        assertThat(isChanged(approve(order, BUYER))).isTrue();

        assertThat(ACME.get(order).header().approvedBy()).contains(BUYER.name());
    }

    @Test
    void nobody_approves_what_they_requested_submitted_or_changed() {
        UUID order = left("600000");
        UUID submitted = draft("600000").id();
        submit(submitted, BUYER);
        UUID changed = left("600000");
        ACME.run(tx -> ACME.orders.revise(tx, changed, Acme.order("700000"), BUYER));

        assertThat(approve(order, REQUESTER)).isInstanceOf(ByHand.Own.class);
        assertThat(approve(submitted, BUYER)).isInstanceOf(ByHand.Own.class);
        assertThat(approve(changed, BUYER)).isInstanceOf(ByHand.Own.class);
        assertThat(isChanged(approve(changed, ADMIN))).isTrue();
    }

    @Test
    void a_hand_that_comes_while_the_order_is_submitted_waits_and_finds_the_workflow() {
        UUID order = draft("600000").id();

        ByHand<Locking> byHand =
                whileUncommitted(tx -> ACME.orders.submit(tx, order, REQUESTER), () -> approve(order, BUYER));

        assertThat(byHand).isInstanceOf(ByHand.BeingDecided.class);
        assertThat(ACME.get(order).status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    @Test
    void of_two_hands_at_once_one_approves_and_the_other_finds_it_approved() {
        UUID order = left("600000");

        ByHand<Locking> second =
                whileUncommitted(tx -> ACME.orders.approve(tx, order, BUYER), () -> approve(order, ADMIN));

        assertThat(isChanged(second)).isFalse();
        assertThat(ACME.get(order).header().approvedBy()).contains(BUYER.name());
    }

    @Test
    void a_hand_that_approves_while_another_cancels_finds_it_cancelled() {
        UUID order = left("600000");

        ByHand<Locking> second =
                whileUncommitted(tx -> ACME.orders.cancel(tx, order, "no need", BUYER), () -> approve(order, ADMIN));

        assertThat(World.outcome(second)).isInstanceOf(Locking.WrongState.class);
    }

    /** What comes of the second, which must wait for the first: that is written, but not committed when the second comes. */
    private static <T> T whileUncommitted(Function<Tx, Object> first, Supplier<T> second) {
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var done = CompletableFuture.supplyAsync(
                () -> ACME.run(tx -> {
                    Object answer = first.apply(tx);
                    written.countDown();
                    pass(commit);
                    return answer;
                }),
                TOGETHER);
        pass(written);
        var byHand = CompletableFuture.supplyAsync(second, TOGETHER);
        await().atMost(Duration.ofSeconds(20)).until(() -> byHand.isDone() || ACME.isSomebodyBlocked());
        assertThat(byHand).isNotDone();
        commit.countDown();
        done.join();
        return byHand.join();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_hand_that_cancels_ends_the_workflow_and_a_late_decision_changes_nothing() {
        UUID order = draft("600000").id();
        submit(order, REQUESTER);
        Request request = ACME.awaitRequest(order, "Finance Head");

        Cancelling cancelling = ACME.run(tx -> ACME.orders.cancel(tx, order, "supplier is shut", BUYER));

        assertThat(cancelling).isInstanceOf(Cancelling.Cancelled.class);
        assertThat(ACME.decide(request, "finance.head", true, "fine")).isInstanceOf(Decided.TooLate.class);
        PurchaseOrder cancelled = ACME.get(order);
        assertThat(ACME.request(request.id()).ended().orElseThrow().comment())
                .contains(cancelled.number() + " was cancelled by " + BUYER.name() + ": supplier is shut");
        assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
        assertThat(ACME.run(tx -> ACME.engine.executions().find(tx, request.executionId()))
                        .orElseThrow()
                        .outcome())
                .contains("cancelled");
    }

    @Test
    void a_hand_that_cancels_what_was_received_stops_no_workflow() {
        UUID order = draft("600000").id();
        submit(order, REQUESTER);
        Request request = ACME.awaitRequest(order, "Finance Head");
        ACME.run(tx -> tx.handle()
                .createUpdate(
                        "update purchase_order_lines set invoiced_qty = quantity where tenant_id = :tenant and purchase_order_id = :id")
                .bind("tenant", ACME.tenant)
                .bind("id", order)
                .execute());

        Cancelling cancelling = ACME.run(tx -> ACME.orders.cancel(tx, order, "supplier is shut", BUYER));

        assertThat(cancelling).isInstanceOf(Cancelling.HasInvoices.class);
        assertThat(ACME.request(request.id()).isPending()).isTrue();
    }

    @Test
    void a_hand_that_cancels_while_the_workflow_locks_has_the_last_word() {
        for (int i = 0; i < 5; i++) {
            // Below the threshold: the workflow locks it at once, whenever that is.
            UUID order = draft(BigDecimal.valueOf(100 + i).toPlainString()).id();
            Submission.Submitted submitted = (Submission.Submitted) submit(order, REQUESTER);

            ACME.run(tx -> ACME.orders.cancel(tx, order, "no need", BUYER));

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ACME.run(tx -> ACME.engine
                                    .executions()
                                    .find(tx, submitted.executions().getFirst()))
                            .orElseThrow()
                            .completedAt()
                            .isPresent());
            assertThat(ACME.get(order).status()).isEqualTo(Status.CANCELLED);
        }
    }
}
