package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.language.EventType;
import dev.millrace.language.Shapes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A company with claims to pay, and what tests ask of its books. */
final class Books {
    final World world = new World();
    final Journals journals = world.erp.journals(world.events, world.trail());
    final Payments payments = world.erp.payments(world.events, world.documents, world.trail());
    final ExpenseClaims claims = world.erp.expenseClaims(world.events, world.documents, world.trail());
    final Periods periods = world.erp.periods(world.events, world.trail());
    final Actor requester = world.requester();
    final Actor meera = Actor.user(world.member("finance.head"));
    final Actor admin = Actor.user(world.member("admin"));
    final UUID employee = world.member("requester").id();

    /** Of the requester, in one line with a receipt. */
    ExpenseClaim submitted(String amount) {
        return world.run(tx -> claims.submit(tx, claim("travel", amount), requester));
    }

    static ExpenseClaim.Submission claim(String category, String amount) {
        return new ExpenseClaim.Submission(
                Optional.empty(),
                Optional.empty(),
                category,
                Optional.empty(),
                Optional.empty(),
                List.of(new ExpenseClaim.NewLine(
                        LocalDate.of(2026, 11, 3), "Taxi to the plant", new BigDecimal(amount), true)));
    }

    ExpenseClaim approved(String amount) {
        UUID id = submitted(amount).id();
        ByHand<ExpenseClaim> byHand = world.run(tx -> claims.approve(tx, id, Optional.empty(), meera));
        return World.outcome(byHand);
    }

    PaymentRun release(PaymentRun run, Actor actor) {
        ByHand<PaymentRun> byHand = world.run(tx -> payments.release(tx, run.id(), actor));
        return World.outcome(byHand);
    }

    ExpenseClaim claim(UUID id) {
        return world.run(tx -> claims.find(tx, id)).orElseThrow();
    }

    NewPayment paying(ExpenseClaim claim, String amount) {
        return new NewPayment(
                Payment.Direction.OUTGOING,
                Payment.PartyType.EMPLOYEE,
                employee,
                new BigDecimal(amount),
                Optional.empty(),
                Optional.empty(),
                List.of(new NewPayment.Allocation("expense_claim", claim.id(), new BigDecimal(amount))),
                Payment.Method.BANK_TRANSFER,
                Optional.empty(),
                Optional.empty());
    }

    NewPayment toSupplier(UUID supplier, String amount) {
        return new NewPayment(
                Payment.Direction.OUTGOING,
                Payment.PartyType.SUPPLIER,
                supplier,
                new BigDecimal(amount),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Payment.Method.BANK_TRANSFER,
                Optional.empty(),
                Optional.empty());
    }

    Payment create(NewPayment payment) {
        return world.run(tx -> payments.create(tx, payment, requester));
    }

    Payment post(Payment payment) {
        return world.run(tx -> payments.post(tx, payment.id(), meera));
    }

    Payment payment(UUID id) {
        return world.run(tx -> payments.find(tx, id)).orElseThrow();
    }

    PaymentRun propose(Payment... drafts) {
        LocalDate day = today().plusDays(1);
        return world.run(tx -> payments.propose(
                tx,
                new PaymentRun.Proposal(
                        "HDFC current",
                        day,
                        Optional.empty(),
                        List.of(drafts).stream().map(Payment::id).toList(),
                        false),
                requester));
    }

    LocalDate today() {
        return world.run(tx ->
                LocalDate.ofInstant(tx.now(), world.erp.directory().tenant(tx).timeZone()));
    }

    TrialBalance balance() {
        return world.run(tx -> journals.trialBalance(tx, LocalDate.of(2099, 1, 1)));
    }

    /** Debit less credit. */
    BigDecimal balance(String code) {
        return balance().lines().stream()
                .filter(line -> line.accountCode().equals(code))
                .map(TrialBalance.Line::balance)
                .findFirst()
                .orElse(new BigDecimal("0.00"));
    }

    void assertBalanced() {
        assertThat(balance().debit()).isEqualByComparingTo(balance().credit());
    }

    static String refusal(ThrowingCallable call) {
        PostingRefused refused = catchThrowableOfType(PostingRefused.class, call);
        assertThat(refused).as("it was not refused").isNotNull();
        return refused.code();
    }

    /** Every event that was told has the shape of its type. */
    void assertEventsFit() {
        for (NewEvent event : world.events.published) {
            EventType type = ErpCatalogue.events().stream()
                    .filter(t -> t.name().equals(event.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(Shapes.fit(event.payload(), type.payload()).misfits())
                    .as(event.name())
                    .isEmpty();
        }
    }
}
