package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import static dev.millrace.erp.payables.Cases.d;
import static dev.millrace.erp.payables.Cases.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.MatchResult;
import dev.millrace.erp.MatchResult.Decision;
import dev.millrace.erp.MatchResult.Missing;
import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.payables.MatchFacts.Accepted;
import dev.millrace.erp.payables.MatchFacts.Order;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked cases of the rules, each with its numbers, and what they leave out. */
class ThreeWayMatchTest {
    private static final MatchTolerances STEEL = MatchTolerances.USUAL.with(MatchTolerances.Overrides.of(
            Optional.empty(), Optional.empty(), Optional.of(d("1")), Optional.of(d("5000")), Optional.empty()));

    /** One row of the table: what comes in, and all that has to come out. */
    record Worked(
            String name,
            Cases given,
            Outcome outcome,
            Decision decision,
            List<String> codes,
            String variance,
            String percent) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Worked> worked() {
        return List.of(
                new Worked(
                        "1 agrees",
                        ordered("100", "250", "100", "0").invoiced("100", "250").totalling("29500.00"),
                        Outcome.MATCHED,
                        Decision.RELEASE,
                        List.of(),
                        "0.00",
                        "0.00"),
                new Worked(
                        "2 a little dearer",
                        ordered("100", "250", "100", "0").invoiced("100", "254").totalling("29972.00"),
                        Outcome.WITHIN_TOLERANCE,
                        Decision.RELEASE,
                        List.of("price_within_tolerance"),
                        "400.00",
                        "1.60"),
                new Worked(
                        "3 the same percentage of much more",
                        ordered("1000", "250", "1000", "0")
                                .invoiced("1000", "254")
                                .totalling("299720.00"),
                        Outcome.VARIANCE,
                        Decision.REVIEW,
                        List.of("price_over"),
                        "4000.00",
                        "1.60"),
                new Worked(
                        "4 too many percent",
                        ordered("100", "250", "100", "0").invoiced("100", "260").totalling("30680.00"),
                        Outcome.VARIANCE,
                        Decision.REVIEW,
                        List.of("price_over"),
                        "1000.00",
                        "4.00"),
                new Worked(
                        "5 a part",
                        ordered("100", "250", "60", "0").invoiced("60", "250").totalling("17700.00"),
                        Outcome.MATCHED,
                        Decision.RELEASE,
                        List.of(),
                        "0.00",
                        "0.00"),
                new Worked(
                        "6 before the goods",
                        ordered("100", "250", "60", "0").invoiced("100", "250").totalling("29500.00"),
                        Outcome.AWAITING_RECEIPT,
                        Decision.HOLD,
                        List.of("awaiting_receipt"),
                        "10000.00",
                        "66.67"),
                new Worked(
                        "7 more than ordered",
                        ordered("100", "250", "100", "60").invoiced("45", "250").totalling("13275.00"),
                        Outcome.VARIANCE,
                        Decision.REVIEW,
                        List.of("quantity_over_ordered"),
                        "1250.00",
                        "12.50"),
                new Worked(
                        "8 weighed goods",
                        ordered("10", "54800", "10.05", "0")
                                .within(STEEL)
                                .invoiced("10.05", "54800")
                                .totalling("649873.20"),
                        Outcome.WITHIN_TOLERANCE,
                        Decision.RELEASE,
                        List.of("quantity_within_tolerance"),
                        "2740.00",
                        "0.50"),
                new Worked(
                        "9 the wrong tax",
                        ordered("100", "250", "100", "0")
                                .invoiced("100", "250", "0", "0", "4500")
                                .totalling("29500.00"),
                        Outcome.VARIANCE,
                        Decision.REVIEW,
                        List.of("tax_type_mismatch"),
                        "0.00",
                        "0.00"),
                new Worked(
                        "10 tax rounded otherwise",
                        ordered("333", "15.35", "333", "0")
                                .invoiced("333", "15.35", "460.40", "460.40", "0")
                                .rounded("-0.35")
                                .totalling("6032.00"),
                        Outcome.WITHIN_TOLERANCE,
                        Decision.RELEASE,
                        List.of("tax_rounding"),
                        "0.00",
                        "0.00"),
                new Worked(
                        "11 it came before",
                        ordered("100", "250", "0", "0").duplicateOf("INV-101").invoiced("500", "999"),
                        Outcome.DUPLICATE,
                        Decision.REJECT,
                        List.of("duplicate_number"),
                        "0.00",
                        "0.00"),
                new Worked(
                        "12 service, goods and freight",
                        new Cases()
                                .betweenStates()
                                .andOrdered(Mode.TWO_WAY, "20", "16500", "0", "0")
                                .invoiced("20", "16500")
                                .andOrdered(Mode.THREE_WAY, "50", "412", "30", "0")
                                .invoiced("50", "412")
                                .charged("750")
                                .totalling("414458.00"),
                        Outcome.AWAITING_RECEIPT,
                        Decision.HOLD,
                        List.of("awaiting_receipt", "unplanned_charges"),
                        "8240.00",
                        "2.41"));
    }

    @ParameterizedTest
    @MethodSource("worked")
    void the_worked_cases_come_out_as_computed(Worked worked) {
        MatchResult result = worked.given().match();

        assertThat(result.outcome()).isEqualTo(worked.outcome());
        assertThat(result.decision()).isEqualTo(worked.decision());
        assertThat(result.codes()).isEqualTo(worked.codes());
        assertThat(result.totalVariance()).isEqualTo(d(worked.variance()));
        assertThat(result.variancePercent()).isEqualTo(d(worked.percent()));
    }

    @Test
    void a_result_says_line_by_line_what_was_compared() {
        MatchResult result =
                ordered("100", "250", "60", "10").invoiced("80", "254").match();

        assertThat(result.lines())
                .containsExactly(new MatchResult.Line(
                        1,
                        Optional.of(new UUID(2, 1)),
                        Mode.THREE_WAY,
                        d("100"),
                        d("60"),
                        d("10"),
                        d("80"),
                        d("30"),
                        d("250"),
                        d("254"),
                        d("1.60"),
                        d("320.00"),
                        d("3657.60"),
                        d("3657.60"),
                        d("0.00"),
                        Outcome.AWAITING_RECEIPT,
                        List.of("awaiting_receipt", "price_within_tolerance")));
        assertThat(result.missingReceipt()).containsExactly(new Missing(Optional.of(new UUID(2, 1)), "ITEM1", d("30")));
        assertThat(result.summary())
                .isEqualTo("Goods are not in yet: line 1: 30 of 80 not received yet, worth 7500.00;"
                        + " line 1: price 254 instead of 250, +1.60 %, +320.00");
    }

    @Test
    void the_tax_of_the_tenth_case_is_off_by_36_paise_in_each_half() {
        MatchResult.Line line = ordered("333", "15.35", "333", "0")
                .invoiced("333", "15.35", "460.40", "460.40", "0")
                .match()
                .lines()
                .getFirst();

        assertThat(line.expectedTax()).isEqualTo(d("920.08"));
        assertThat(line.invoiceTax()).isEqualTo(d("920.80"));
        assertThat(line.taxVariance()).isEqualTo(d("0.72"));
    }

    @Test
    void a_duplicate_is_not_looked_at_any_further() {
        MatchResult result = ordered("100", "250", "0", "0")
                .duplicateOf("INV-101")
                .ordered(new Order(new UUID(9, 9), "EUR", Status.CANCELLED))
                .invoiced("500", "999")
                .match();

        assertThat(result.codes()).containsExactly("duplicate_number");
        assertThat(result.duplicateOf()).contains("INV-101");
        assertThat(result.lines()).isEmpty();
    }

    @Test
    void an_invoice_of_an_order_that_cannot_be_its_own_is_invalid() {
        assertThat(of(new Order(Cases.SUPPLIER, "INR", Status.CANCELLED))).containsExactly("order_cancelled");
        assertThat(of(new Order(Cases.SUPPLIER, "INR", Status.DRAFT))).containsExactly("order_not_approved");
        assertThat(of(new Order(Cases.SUPPLIER, "INR", Status.PENDING_APPROVAL)))
                .containsExactly("order_not_approved");
        assertThat(of(new Order(Cases.SUPPLIER, "INR", Status.RETURNED))).containsExactly("order_not_approved");
        assertThat(of(new Order(new UUID(9, 9), "INR", Status.APPROVED))).containsExactly("supplier_differs");
        assertThat(of(new Order(Cases.SUPPLIER, "EUR", Status.APPROVED))).containsExactly("currency_differs");
        assertThat(of(new Order(Cases.SUPPLIER, "INR", Status.CLOSED))).isEmpty();
    }

    private static List<String> of(Order order) {
        MatchResult result = ordered("100", "250", "100", "0")
                .ordered(order)
                .invoiced("100", "250")
                .match();
        if (!result.codes().isEmpty()) {
            assertThat(result.outcome()).isEqualTo(Outcome.INVALID);
            assertThat(result.decision()).isEqualTo(Decision.REJECT);
        }
        return result.codes();
    }

    @Test
    void an_invoice_that_does_not_add_up_is_invalid_from_more_than_a_rupee_on() {
        assertThat(exact().totalling("29501.00").match().outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(exact().totalling("29501.01").match().codes()).containsExactly("total_differs");
        assertThat(exact().totalling("29498.99").match().codes()).containsExactly("total_differs");
        assertThat(exact().rounded("1.00").match().outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(exact().rounded("-1.01").match().codes()).containsExactly("round_off_too_large");
    }

    private static Cases exact() {
        return ordered("100", "250", "100", "0").invoiced("100", "250");
    }

    @Test
    void limits_hold_to_the_last_paisa() {
        // Two percent of 250 is 5; 200 pieces make 1,000.
        assertThat(ordered("200", "250", "200", "0")
                        .invoiced("200", "255")
                        .match()
                        .codes())
                .containsExactly("price_within_tolerance");
        assertThat(ordered("200", "250", "200", "0")
                        .invoiced("200", "255.01")
                        .match()
                        .codes())
                .containsExactly("price_over");
        assertThat(ordered("201", "250", "201", "0")
                        .invoiced("201", "255")
                        .match()
                        .codes())
                .containsExactly("price_over");
        assertThat(ordered("1", "10", "1", "0").invoiced("1", "11").match().codes())
                .containsExactly("price_within_tolerance");
        assertThat(ordered("1", "10", "1", "0").invoiced("1", "11.01").match().codes())
                .containsExactly("price_over");
        assertThat(ordered("100", "250", "100", "0")
                        .invoiced("100", "225")
                        .match()
                        .codes())
                .containsExactly("price_lower");
        assertThat(ordered("100", "250", "100", "0")
                        .invoiced("100", "224.99")
                        .match()
                        .codes())
                .containsExactly("price_suspiciously_low");
    }

    @Test
    void a_tax_is_off_from_more_than_a_rupee_in_one_component_on() {
        assertThat(taxed("2251.00", "2250.00", "0")).containsExactly("tax_rounding");
        assertThat(taxed("2251.01", "2250.00", "0")).containsExactly("tax_mismatch");
        assertThat(taxed("0", "0", "0")).containsExactly("tax_mismatch");
        assertThat(taxed("2250.00", "2250.00", "0.01")).containsExactly("tax_type_mismatch");
    }

    private static List<String> taxed(String cgst, String sgst, String igst) {
        return ordered("100", "250", "100", "0")
                .invoiced("100", "250", cgst, sgst, igst)
                .match()
                .codes();
    }

    @Test
    void without_an_order_small_invoices_pass_and_twins_do_not() {
        Cases small = new Cases().withoutOrder().invoiced("1", "8474.57");
        Cases large = new Cases().withoutOrder().invoiced("1", "8474.59");
        Cases twin = new Cases().withoutOrder().likeAnother().invoiced("1", "100");

        assertThat(small.match().outcome()).isEqualTo(Outcome.WITHIN_TOLERANCE);
        assertThat(large.match().outcome()).isEqualTo(Outcome.VARIANCE);
        assertThat(large.match().codes()).containsExactly("no_purchase_order");
        assertThat(twin.match().outcome()).isEqualTo(Outcome.VARIANCE);
        assertThat(twin.match().codes()).containsExactly("no_purchase_order", "possible_duplicate");
        assertThat(exact().likeAnother().match().outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(exact().likeAnother().match().codes()).containsExactly("possible_duplicate");
    }

    @Test
    void a_line_that_its_order_does_not_know_counts_as_without_an_order() {
        Cases mixed = ordered("100", "250", "100", "0").invoiced("100", "250");
        Cases unknown = mixed.andNothing().invoiced("1", "9000");

        MatchResult result = unknown.match();

        assertThat(result.codes()).containsExactly("no_purchase_order");
        assertThat(result.outcome()).isEqualTo(Outcome.VARIANCE);
        assertThat(result.lines().get(1).mode()).isEqualTo(Mode.NONE);
    }

    @Test
    void limits_are_in_the_companys_own_currency() {
        Cases euros = ordered("100", "250", "100", "0")
                .ordered(new Order(Cases.SUPPLIER, "EUR", Status.APPROVED))
                .in("EUR", "90")
                .invoiced("100", "250.11");

        assertThat(euros.match().codes()).containsExactly("price_within_tolerance");
        assertThat(ordered("100", "250", "100", "0")
                        .ordered(new Order(Cases.SUPPLIER, "EUR", Status.APPROVED))
                        .in("EUR", "90")
                        .invoiced("100", "250.12")
                        .match()
                        .codes())
                .containsExactly("price_over");
    }

    @Test
    void lines_of_one_invoice_share_what_there_is() {
        MatchResult result = ordered("100", "250", "60", "0")
                .invoiced("60", "250")
                .invoiced("60", "250")
                .match();

        assertThat(result.lines().get(0).status()).isEqualTo(Outcome.MATCHED);
        assertThat(result.lines().get(1).codes()).containsExactly("quantity_over_ordered");
        assertThat(result.lines().get(1).previouslyInvoiced()).isEqualTo(d("60"));
        assertThat(result.lines().get(1).quantityVariance()).isEqualTo(d("60"));
    }

    @Test
    void what_was_accepted_is_accepted_again_unless_it_grew() {
        var accepted = new Accepted("price_over", 1, d("10"));
        Cases same = ordered("100", "250", "100", "0").accepting(accepted).invoiced("100", "260");
        Cases less = ordered("100", "250", "100", "0").accepting(accepted).invoiced("100", "259");
        Cases more = ordered("100", "250", "100", "0").accepting(accepted).invoiced("100", "260.01");
        Cases other = ordered("100", "250", "100", "50").accepting(accepted).invoiced("100", "260");
        Cases later = ordered("100", "250", "0", "0").accepting(accepted).invoiced("100", "260");

        assertThat(same.match().outcome()).isEqualTo(Outcome.WITHIN_TOLERANCE);
        assertThat(same.match().codes()).containsExactly("accepted");
        assertThat(less.match().codes()).containsExactly("accepted");
        assertThat(more.match().codes()).containsExactly("price_over");
        assertThat(other.match().codes()).containsExactly("quantity_over_ordered", "accepted");
        assertThat(later.match().outcome()).isEqualTo(Outcome.AWAITING_RECEIPT);
        assertThat(later.match().codes()).containsExactly("awaiting_receipt", "accepted");
    }

    @Test
    void an_approval_accepts_what_somebody_had_to_look_at_and_never_missing_goods() {
        MatchFacts both =
                ordered("100", "250", "60", "0").invoiced("100", "260").facts();

        assertThat(ThreeWayMatch.acceptable(both, MatchTolerances.USUAL))
                .containsExactly(new Accepted("price_over", 1, d("10")));
    }
}
