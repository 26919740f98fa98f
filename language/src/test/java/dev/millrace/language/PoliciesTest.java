package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PoliciesTest {

    @Test
    void what_is_left_out_is_as_in_the_default() {
        assertThat(read("{}")).isEqualTo(new Policies.Read.Good(Policies.DEFAULT));
    }

    @Test
    void all_that_is_written_is_read() {
        var read = (Policies.Read.Good) read("""
                {"self_approval": "allow", "distinct_approvers": "allow",
                 "approval_above": [
                   {"actions": ["erp.ledger.*", "erp.payment_run.release"], "amount": "100000", "currency": "base",
                    "levels": 2},
                   {"actions": ["erp.expense_claim.approve"], "amount": "25000.50"}],
                 "forbidden_actions": ["core.run_workflow"], "webhook_hosts": ["hooks.acme.example"],
                 "auto_approve_amounts": "allow", "comment_required": ["approve", "reject"],
                 "second_person_for_definitions": "on", "change_tolerance": "2.5"}
                """);

        assertThat(read.policies())
                .isEqualTo(new Policies(
                        true,
                        true,
                        List.of(
                                new Policies.ApprovalAbove(
                                        List.of("erp.ledger.*", "erp.payment_run.release"),
                                        new BigDecimal("100000"),
                                        2),
                                new Policies.ApprovalAbove(
                                        List.of("erp.expense_claim.approve"), new BigDecimal("25000.50"), 1)),
                        List.of("core.run_workflow"),
                        List.of("hooks.acme.example"),
                        true,
                        Set.of("approve", "reject"),
                        true,
                        new BigDecimal("2.5")));
        assertThat(Policies.of(read.policies().toJson())).isEqualTo(read);
    }

    @Test
    void no_comment_is_required_where_the_list_is_empty() {
        var read = (Policies.Read.Good) read("{\"comment_required\": []}");

        assertThat(read.policies().commentRequired()).isEmpty();
        assertThat(Policies.of(read.policies().toJson())).isEqualTo(read);
    }

    @Test
    void the_default_is_written_in_full() {
        assertThat(Policies.DEFAULT.toJson()).isEqualTo(JsonMapper.shared().readTree("""
                {"self_approval": "forbid", "distinct_approvers": "forbid_same_person_twice", "approval_above": [],
                 "forbidden_actions": [], "webhook_hosts": [], "auto_approve_amounts": "forbid",
                 "comment_required": ["reject"], "second_person_for_definitions": "off",
                 "change_tolerance": "0"}
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            []                                                               | type_mismatch  |
            {"selfapproval": "forbid"}                                       | unknown_field  | selfapproval
            {"self_approval": "maybe"}                                       | not_one_of     | self_approval
            {"self_approval": false}                                         | type_mismatch  | self_approval
            {"change_tolerance": "-1"}                                       | out_of_range   | change_tolerance
            {"change_tolerance": "100.5"}                                    | out_of_range   | change_tolerance
            {"approval_above": [{"amount": "1"}]}                            | required       | approval_above[0].actions
            {"approval_above": [{"actions": ["a.b"]}]}                       | required       | approval_above[0].amount
            {"approval_above": [{"actions": [], "amount": "1"}]}             | out_of_range   | approval_above[0].actions
            {"approval_above": [{"actions": ["a.b"], "amount": "-1"}]}       | out_of_range   | approval_above[0].amount
            {"approval_above": [{"actions": ["a.b"], "amount": "much"}]}     | type_mismatch  | approval_above[0].amount
            {"approval_above": [{"actions": ["*.b"], "amount": "1"}]}        | out_of_range   | approval_above[0].actions[0]
            {"approval_above": [{"actions": ["a.b"], "amount": "1", "levels": 0}]} | out_of_range | approval_above[0].levels
            {"approval_above": [{"actions": ["a.b"], "amount": "1", "levels": 4}]} | out_of_range | approval_above[0].levels
            {"approval_above": [{"actions": ["a.b"], "amount": "1", "currency": "USD"}]} | not_one_of | approval_above[0].currency
            {"forbidden_actions": ["core.stop", "Core Stop"]}                | out_of_range   | forbidden_actions[1]
            {"webhook_hosts": ["https://a.example"]}                         | out_of_range   | webhook_hosts[0]
            {"webhook_hosts": ["127.0.0.1"]}                                 | out_of_range   | webhook_hosts[0]
            {"webhook_hosts": ["127.1"]}                                     | out_of_range   | webhook_hosts[0]
            {"webhook_hosts": ["0x7f000001"]}                                | out_of_range   | webhook_hosts[0]
            {"webhook_hosts": ["[::1]"]}                                     | out_of_range   | webhook_hosts[0]
            {"webhook_hosts": ["a.example."]}                                | out_of_range   | webhook_hosts[0]
            {"comment_required": ["return"]}                                 | not_one_of     | comment_required[0]
            {"second_person_for_definitions": "yes"}                         | not_one_of     | second_person_for_definitions
            """)
    void what_is_wrong_is_said_with_its_place(String json, String code, String path) {
        var read = (Policies.Read.Bad) read(json);

        assertThat(read.misfits()).singleElement().satisfies(misfit -> {
            assertThat(misfit.code()).isEqualTo(code);
            assertThat(misfit.path()).isEqualTo(path == null ? "" : path);
        });
    }

    private static Policies.Read read(String json) {
        return Policies.of(JsonMapper.shared().readTree(json));
    }
}
