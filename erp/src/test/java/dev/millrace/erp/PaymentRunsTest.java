package dev.millrace.erp;

import static dev.millrace.erp.Books.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.PaymentRun.Proposal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PaymentRunsTest {
    private final Books books = new Books();
    private final World world = books.world;

    @Test
    void a_run_takes_drafts_and_is_released_by_another_one_all_on_its_day() {
        ExpenseClaim claim = books.approved("100");
        Payment first = books.create(books.paying(claim, "60"));
        Payment second = books.create(books.paying(claim, "40"));

        PaymentRun run = books.propose(first, second);
        PaymentRun released = books.release(run, books.meera);
        PaymentRun again = books.release(run, books.meera);

        assertThat(run.totalAmount()).isEqualTo("100.00");
        assertThat(released.status()).isEqualTo(PaymentRun.Status.RELEASED);
        assertThat(released.approvedBy())
                .containsExactly(world.member("finance.head").id());
        assertThat(again).isEqualTo(released);
        assertThat(books.payment(first.id()).status()).isEqualTo(Payment.Status.POSTED);
        assertThat(books.payment(second.id()).date()).isEqualTo(run.valueDate());
        assertThat(books.claim(claim.id()).status()).isEqualTo(ExpenseClaim.Status.PAID);
        JsonNode proposed = world.events.published.stream()
                .filter(event -> event.name().equals("payment_run.proposed"))
                .findFirst()
                .orElseThrow()
                .payload();
        assertThat(proposed.get("payment_count").asInt()).isEqualTo(2);
        assertThat(proposed.get("largest_payment").decimalValue()).isEqualByComparingTo("60");
        books.assertEventsFit();
    }

    @Test
    void who_prepared_a_run_does_not_release_it() {
        PaymentRun run = books.propose(books.create(books.paying(books.approved("100"), "100")));

        assertThat(refusal(() -> books.release(run, books.requester))).isEqualTo("segregation_of_duties");
        assertThatThrownBy(() -> world.sql("""
                        update payment_runs set status = 'released', approved_by = array[prepared_by]
                         where tenant_id = :tenant and id = :id
                        """, run.id())).isInstanceOf(RuntimeException.class);

        assertThat(books.balance("1000")).isEqualTo("0.00");
    }

    @Test
    void a_payment_that_cannot_be_posted_keeps_the_whole_run_back() {
        Payment good = books.create(books.paying(books.approved("100"), "100"));
        UUID supplier = world.run(tx -> tx.handle()
                .createQuery("select id from suppliers where tenant_id = :tenant and code = 'S1'")
                .bind("tenant", tx.tenant())
                .mapTo(UUID.class)
                .one());
        Payment bad = books.create(books.toSupplier(supplier, "10"));
        PaymentRun run = books.propose(good, bad);
        world.sql("update suppliers set bank_verified = false where tenant_id = :tenant and id = :id", supplier);

        assertThat(refusal(() -> books.release(run, books.meera))).isEqualTo("bank_unverified");

        assertThat(books.payment(good.id()).status()).isEqualTo(Payment.Status.DRAFT);
        assertThat(world.run(tx -> books.payments.findRun(tx, run.id()))
                        .orElseThrow()
                        .status())
                .isEqualTo(PaymentRun.Status.PROPOSED);
        assertThat(books.balance("1000")).isEqualTo("0.00");
    }

    @Test
    void a_cancelled_run_frees_what_it_was_to_pay() {
        ExpenseClaim claim = books.approved("100");
        Payment draft = books.create(books.paying(claim, "100"));
        PaymentRun run = books.propose(draft);

        assertThat(refusal(() -> books.post(draft))).isEqualTo("wrong_state");
        assertThat(refusal(() -> books.propose(draft))).isEqualTo("wrong_state");
        PaymentRun cancelled = world.run(tx -> books.payments.cancelRun(tx, run.id(), "not yet", books.meera));
        PaymentRun again = world.run(tx -> books.payments.cancelRun(tx, run.id(), "again", books.meera));

        assertThat(again).isEqualTo(cancelled);
        assertThat(cancelled.cancelReason()).contains("not yet");
        assertThat(books.claim(claim.id()).openAmount()).isEqualTo("100.00");
        assertThat(books.payment(draft.id()).status()).isEqualTo(Payment.Status.CANCELLED);
        assertThat(refusal(() -> books.release(run, books.meera))).isEqualTo("wrong_state");
    }

    @Test
    void a_run_of_what_is_due_drafts_one_payment_for_each_party() {
        books.approved("100");
        books.approved("50");
        LocalDate day = books.today();

        assertThat(refusal(() -> world.run(tx -> books.payments.propose(
                        tx,
                        new Proposal("HDFC", day.minusDays(1), Optional.empty(), List.of(), true),
                        books.requester))))
                .isEqualTo("date_invalid");
        assertThat(refusal(() -> world.run(tx -> books.payments.propose(
                        tx, new Proposal("HDFC", day, Optional.empty(), List.of(), false), books.requester))))
                .isEqualTo("nothing_to_pay");
        PaymentRun run = world.run(tx -> books.payments.propose(
                tx, new Proposal("HDFC", day, Optional.empty(), List.of(), true), books.requester));

        assertThat(run.paymentCount()).isEqualTo(1);
        assertThat(run.totalAmount()).isEqualTo("150.00");
    }
}
