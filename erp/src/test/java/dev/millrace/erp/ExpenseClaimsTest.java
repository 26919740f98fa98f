package dev.millrace.erp;

import static dev.millrace.erp.Books.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExpenseClaimsTest {
    private final Books books = new Books();
    private final World world = books.world;

    @Test
    void less_than_claimed_may_be_approved_and_more_may_not() {
        ExpenseClaim claim = books.submitted("100");

        assertThat(refusal(() -> approve(claim, "100.01"))).isEqualTo("amount_above_claim");
        assertThat(refusal(() -> approve(claim, "0"))).isEqualTo("amount_invalid");
        ExpenseClaim approved = approve(claim, "80.50");
        ExpenseClaim again = approve(claim, "100");

        assertThat(approved.approvedAmount()).contains(new BigDecimal("80.50"));
        assertThat(approved.openAmount()).isEqualTo("80.50");
        assertThat(again).isEqualTo(approved);
        assertThat(books.balance("5600")).isEqualTo("80.50");
    }

    private ExpenseClaim approve(ExpenseClaim claim, String amount) {
        ByHand<ExpenseClaim> byHand =
                world.run(tx -> books.claims.approve(tx, claim.id(), Optional.of(new BigDecimal(amount)), books.meera));
        return World.outcome(byHand);
    }

    @Test
    void nobody_approves_a_claim_of_their_own_and_none_is_decided_twice() {
        ExpenseClaim claim = books.submitted("100");

        ByHand<ExpenseClaim> own =
                world.run(tx -> books.claims.approve(tx, claim.id(), Optional.empty(), books.requester));
        assertThat(own).isInstanceOf(ByHand.Own.class);
        world.run(tx -> books.claims.reject(tx, claim.id(), "private", books.meera));
        world.run(tx -> books.claims.reject(tx, claim.id(), "again", books.meera));

        assertThat(books.claim(claim.id()).rejectReason()).contains("private");
        assertThat(refusal(() -> approve(claim, "1"))).isEqualTo("wrong_state");
        UUID approved = books.approved("5").id();
        assertThat(refusal(() -> world.run(tx -> books.claims.reject(tx, approved, "x", books.meera))))
                .isEqualTo("wrong_state");
        assertThat(refusal(() -> world.run(tx -> books.claims.reject(tx, new UUID(1, 2), "x", books.meera))))
                .isEqualTo("not_found");
    }

    @Test
    void a_claim_needs_a_member_lines_and_another_ones_decision() {
        assertThat(refusal(() -> submit(Books.claim("travel", "1"), Actor.SYSTEM)))
                .isEqualTo("submitter_unknown");
        assertThat(refusal(() -> submit(Books.claim("travel", "0"), books.requester)))
                .isEqualTo("amount_invalid");
        assertThat(refusal(() -> submit(Books.claim(" ", "1"), books.requester)))
                .isEqualTo("lines_invalid");
        assertThat(refusal(() -> submit(managedBy(books.employee, List.of()), books.requester)))
                .isEqualTo("manager_unknown");
        assertThat(refusal(() -> submit(managedBy(new UUID(1, 2), List.of()), books.requester)))
                .isEqualTo("manager_unknown");
        UUID meera = world.member("finance.head").id();
        assertThat(refusal(() -> submit(managedBy(meera, List.of()), books.requester)))
                .isEqualTo("lines_invalid");

        submit(managedBy(meera, Books.claim("x", "12").lines()), books.requester);

        assertThat(world.count("expense_claims")).isEqualTo(1);
        assertThat(world.events.published.getLast().payload().get("manager_id").asString())
                .isEqualTo(meera.toString());
        books.assertEventsFit();
    }

    private ExpenseClaim submit(ExpenseClaim.Submission claim, Actor actor) {
        return world.run(tx -> books.claims.submit(tx, claim, actor));
    }

    private static ExpenseClaim.Submission managedBy(UUID manager, List<ExpenseClaim.NewLine> lines) {
        return new ExpenseClaim.Submission(
                Optional.empty(), Optional.of(manager), "office", Optional.empty(), Optional.empty(), lines);
    }
}
