package dev.millrace.erp;

import static dev.millrace.erp.Books.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.Payment.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentsTest {
    private final Books books = new Books();
    private final World world = books.world;

    @Test
    void a_claim_is_booked_when_it_is_approved_and_paid_when_its_payment_is_posted() {
        ExpenseClaim claim = books.approved("1200.00");
        Payment draft = books.create(books.paying(claim, "1200.00"));

        assertThat(books.balance("5600")).isEqualTo("1200.00");
        assertThat(books.balance("2300")).isEqualTo("-1200.00");
        assertThat(books.claim(claim.id()).openAmount()).isEqualTo("0.00");
        assertThat(books.claim(claim.id()).status()).isEqualTo(ExpenseClaim.Status.APPROVED);
        Payment posted = books.post(draft);
        Payment again = books.post(draft);

        assertThat(posted.status()).isEqualTo(Status.POSTED);
        assertThat(again).isEqualTo(posted);
        assertThat(books.claim(claim.id()).status()).isEqualTo(ExpenseClaim.Status.PAID);
        assertThat(books.balance("2300")).isEqualTo("0.00");
        assertThat(books.balance("1000")).isEqualTo("-1200.00");
        assertThat(world.events.names())
                .containsExactly(
                        "expense_claim.submitted",
                        "journal.posted",
                        "payment.created",
                        "journal.posted",
                        "payment.posted");
        books.assertEventsFit();
    }

    @Test
    void nothing_is_paid_that_is_not_owed() {
        ExpenseClaim claim = books.approved("100");
        ExpenseClaim undecided = books.submitted("100");
        Payment first = books.create(books.paying(claim, "60"));

        assertThat(refusal(() -> books.create(books.paying(claim, "40.01")))).isEqualTo("over_allocation");
        assertThat(refusal(() -> books.create(books.paying(undecided, "1")))).isEqualTo("document_not_payable");
        books.create(books.paying(claim, "40"));
        assertThat(refusal(() -> books.create(books.paying(claim, "0.01")))).isEqualTo("document_already_paid");
        assertThat(refusal(() -> books.create(books.paying(claim, "0")))).isEqualTo("amount_invalid");
        assertThat(refusal(() -> books.create(of(claim, "expense_claim", "10", "11"))))
                .isEqualTo("over_allocation");
        assertThat(refusal(() -> books.create(of(claim, "wish", "10", "10")))).isEqualTo("document_not_payable");

        assertThat(world.count("payments")).isEqualTo(2);
        assertThat(first.allocations()).hasSize(1);
    }

    private NewPayment of(ExpenseClaim claim, String type, String amount, String allocated) {
        return new NewPayment(
                Payment.Direction.OUTGOING,
                Payment.PartyType.EMPLOYEE,
                books.employee,
                new BigDecimal(amount),
                Optional.empty(),
                Optional.empty(),
                List.of(new NewPayment.Allocation(type, claim.id(), new BigDecimal(allocated))),
                Payment.Method.UPI,
                Optional.empty(),
                Optional.empty());
    }

    /** Invariant 4: of payments at the same time that each pay all of it, one comes through. */
    @Test
    void of_eight_payments_of_one_claim_at_once_exactly_one_is_made() throws Exception {
        ExpenseClaim claim = books.approved("500");

        int made = 0;
        for (Optional<String> refused : atOnce(8, () -> books.create(books.paying(claim, "500")))) {
            if (refused.isEmpty()) {
                made++;
            } else {
                assertThat(refused.get()).isIn("document_already_paid", "over_allocation");
            }
        }

        assertThat(made).isEqualTo(1);
        assertThat(world.count("payments")).isEqualTo(1);
        assertThat(books.claim(claim.id()).openAmount()).isEqualTo("0.00");
    }

    @Test
    void of_eight_part_payments_at_once_as_many_are_made_as_fit() throws Exception {
        ExpenseClaim claim = books.approved("500");

        List<Optional<String>> done = atOnce(8, () -> books.create(books.paying(claim, "150")));

        assertThat(done.stream().filter(Optional::isEmpty)).hasSize(3);
        assertThat(books.claim(claim.id()).openAmount()).isEqualTo("50.00");
    }

    @Test
    void a_payment_that_is_posted_by_many_at_once_is_posted_once() throws Exception {
        Payment draft = books.create(books.paying(books.approved("500"), "500"));

        assertThat(atOnce(6, () -> books.post(draft))).allMatch(Optional::isEmpty);

        assertThat(books.balance("1000")).isEqualTo("-500.00");
        assertThat(world.events.names()).containsOnlyOnce("payment.posted");
    }

    /** Each thread waits until all are there. */
    private static List<Optional<String>> atOnce(int threads, Runnable work) throws Exception {
        var ready = new CountDownLatch(threads);
        var done = new ArrayList<Future<Optional<String>>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                done.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    try {
                        work.run();
                        return Optional.empty();
                    } catch (PostingRefused refused) {
                        return Optional.of(refused.code());
                    }
                }));
            }
        }
        var answers = new ArrayList<Optional<String>>();
        for (Future<Optional<String>> one : done) {
            answers.add(one.get());
        }
        return answers;
    }

    @Test
    void what_a_cancelled_or_reversed_payment_took_is_open_again() {
        ExpenseClaim claim = books.approved("100");
        Payment cancelled = books.create(books.paying(claim, "100"));
        world.run(tx -> books.payments.cancel(tx, cancelled.id(), "wrong account", books.meera));
        Payment reversed = books.post(books.create(books.paying(claim, "100")));

        world.run(
                tx -> books.payments.reverse(tx, reversed.id(), Optional.empty(), "returned by the bank", books.meera));
        world.run(tx -> books.payments.reverse(tx, reversed.id(), Optional.empty(), "again", books.meera));

        assertThat(books.claim(claim.id()).openAmount()).isEqualTo("100.00");
        assertThat(books.claim(claim.id()).status()).isEqualTo(ExpenseClaim.Status.APPROVED);
        assertThat(books.payment(reversed.id()).status()).isEqualTo(Status.REVERSED);
        assertThat(books.payment(cancelled.id()).status()).isEqualTo(Status.CANCELLED);
        assertThat(books.balance("1000")).isEqualTo("0.00");
        assertThat(books.balance("2300")).isEqualTo("-100.00");
        assertThat(refusal(() -> books.post(cancelled))).isEqualTo("wrong_state");
        assertThat(refusal(() -> world.run(tx -> books.payments.cancel(tx, reversed.id(), "x", books.meera))))
                .isEqualTo("wrong_state");
        assertThat(refusal(() -> world.run(tx -> books.payments.post(tx, new UUID(1, 2), books.meera))))
                .isEqualTo("not_found");
    }

    @Test
    void a_blocked_supplier_and_one_whose_bank_was_changed_are_not_paid() {
        UUID supplier = supplier("S1");
        Payment draft = books.create(books.toSupplier(supplier, "10"));

        world.sql("update suppliers set bank_verified = false where tenant_id = :tenant and id = :id", supplier);
        assertThat(refusal(() -> books.post(draft))).isEqualTo("bank_unverified");
        world.sql(
                "update suppliers set bank_verified = true, status = 'blocked' where tenant_id = :tenant and id = :id",
                supplier);
        assertThat(refusal(() -> books.post(draft))).isEqualTo("party_blocked");
        assertThat(refusal(() -> books.create(books.toSupplier(supplier, "10"))))
                .isEqualTo("party_blocked");
        assertThat(refusal(() -> books.create(books.toSupplier(new UUID(1, 2), "10"))))
                .isEqualTo("not_found");

        assertThat(books.payment(draft.id()).status()).isEqualTo(Status.DRAFT);
        assertThat(world.count("journals")).isZero();
    }

    private UUID supplier(String code) {
        return world.run(tx -> tx.handle()
                .createQuery("select id from suppliers where tenant_id = :tenant and code = :code")
                .bind("tenant", tx.tenant())
                .bind("code", code)
                .mapTo(UUID.class)
                .one());
    }

    @Test
    void a_foreign_payment_posts_what_the_rate_has_moved() {
        var dollars = new ExpenseClaim.Submission(
                Optional.empty(),
                Optional.empty(),
                "travel",
                Optional.of("USD"),
                Optional.of(new BigDecimal("80")),
                Books.claim("travel", "100").lines());
        UUID id = world.run(tx -> books.claims.submit(tx, dollars, books.requester))
                .id();
        ExpenseClaim claim = World.outcome(
                world.<ByHand<ExpenseClaim>>run(tx -> books.claims.approve(tx, id, Optional.empty(), books.meera)));
        NewPayment base = books.paying(claim, "100");

        books.post(books.create(new NewPayment(
                base.direction(),
                base.partyType(),
                base.partyId(),
                base.amount(),
                Optional.of("USD"),
                Optional.of(new BigDecimal("83")),
                base.allocations(),
                base.method(),
                base.date(),
                base.reference())));

        assertThat(books.balance("2300")).isEqualTo("0.00");
        assertThat(books.balance("1000")).isEqualTo("-8300.00");
        assertThat(books.balance("5910")).isEqualTo("300.00");
        books.assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update payments set amount = 1, amount_base = 1 where tenant_id = :tenant and id = :id",
                "update payments set status = 'draft', journal_id = null, posted_at = null where tenant_id = :tenant and id = :id",
                "update payments set date = date + 1 where tenant_id = :tenant and id = :id",
                "update payments set status = 'cancelled', end_reason = 'x' where tenant_id = :tenant and id = :id",
                "update payment_allocations set amount = 1 where tenant_id = :tenant and payment_id = :id",
                "delete from payment_allocations where tenant_id = :tenant and payment_id = :id",
                "delete from payments where tenant_id = :tenant and id = :id",
                """
                insert into payment_allocations (tenant_id, payment_id, document_type, document_id, amount, number, rate)
                values (:tenant, :id, 'expense_claim', :id, 1, 'x', 1)
                """,
                "update expense_claims set open_amount = open_amount + 1000 where tenant_id = :tenant",
                "update expense_claims set amount = amount + 1 where tenant_id = :tenant",
                "update expense_claims set status = 'submitted', journal_id = null, approved_amount = null, open_amount = 0 where tenant_id = :tenant"
            })
    void what_was_paid_refuses_every_change_by_sql(String statement) {
        Payment posted = books.post(books.create(books.paying(books.approved("100"), "100")));

        assertThatThrownBy(() -> world.sql(statement, posted.id())).isInstanceOf(RuntimeException.class);

        assertThat(books.payment(posted.id())).isEqualTo(posted);
    }

    /** Invariants 2 and 4: after any history every claim is paid as far as it says, and the books balance. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void after_any_history_no_claim_is_overpaid_and_the_trial_balance_is_zero(long seed) {
        var random = new Random(seed);
        List<ExpenseClaim> claims = List.of(books.approved("100"), books.approved("250.50"), books.approved("33.33"));
        var made = new ArrayList<Payment>();
        for (int i = 0; i < 60; i++) {
            int what = made.isEmpty() ? 0 : random.nextInt(5);
            try {
                if (what < 2) {
                    ExpenseClaim claim = claims.get(random.nextInt(claims.size()));
                    String amount =
                            BigDecimal.valueOf(1 + random.nextInt(9_000), 2).toPlainString();
                    made.add(books.create(books.paying(claim, amount)));
                    continue;
                }
                Payment one = made.get(random.nextInt(made.size()));
                if (what == 2) {
                    books.post(one);
                } else if (what == 3) {
                    world.run(tx -> books.payments.cancel(tx, one.id(), "history", books.meera));
                } else {
                    world.run(tx -> books.payments.reverse(tx, one.id(), Optional.empty(), "history", books.meera));
                }
            } catch (PostingRefused refused) {
                assertThat(refused.code()).isIn("over_allocation", "document_already_paid", "wrong_state");
            }
        }

        BigDecimal owed = BigDecimal.ZERO;
        for (ExpenseClaim claim : claims) {
            BigDecimal taken = sum(claim, Status.DRAFT).add(sum(claim, Status.POSTED));
            assertThat(books.claim(claim.id()).openAmount())
                    .isEqualByComparingTo(claim.amount().subtract(taken));
            owed = owed.add(claim.amount()).subtract(sum(claim, Status.POSTED));
        }
        assertThat(books.balance("2300")).isEqualByComparingTo(owed.negate());
        books.assertBalanced();
    }

    private BigDecimal sum(ExpenseClaim claim, Status status) {
        return world
                .run(tx -> books.payments.list(
                        tx, Optional.of(status), Optional.empty(), Optional.empty(), Optional.empty(), 500))
                .stream()
                .flatMap(payment -> payment.allocations().stream())
                .filter(allocation -> allocation.documentId().equals(claim.id()))
                .map(Payment.Allocation::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
