package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.DefinitionTests.Tested;
import dev.millrace.language.check.TestCatalogue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DefinitionTestsTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();

    private static final String WORKFLOW = """
            workflow:
              name: orders
              trigger: { event: purchase_order.created, condition: trigger.amount_base > 10 }
              steps:
                - id: head
                  action: erp.approval.request
                  condition: trigger.amount_base > 100
                  if_skipped: pass
                  config: { role: Finance Head, amount: "{{ trigger.amount_base }}", message: "{{ trigger.po_number }}" }
                  on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
                - id: lock
                  action: erp.purchase_order.lock
                  depends_on: head
                  config: { purchase_order_id: "{{ trigger.id }}" }
            tests:
            """;

    @Test
    void tests_that_pass_leave_the_definition_valid_and_give_what_came() {
        Tested tested = tested("""
                - name: small
                  trigger: { payload: { amount_base: 50 } }
                  expect: { path: [lock], approvals: [] }
                - name: large
                  trigger: { payload: { amount_base: 500, po_number: PO-1 } }
                  given: { approvals: { head: [silence, { decision: approve, by: cfo@x, comment: fine, after: 2h }] } }
                  expect:
                    starts: true
                    path: [head, lock]
                    status: completed
                    outcome: succeeded
                    approvals:
                      - { step: head, role: Finance Head, user: null, amount: 500, currency: INR, level: 1, decision: expired }
                      - { role: CFO, level: 2, decision: approved, by: cfo@x, comment: fine }
                    steps:
                      head: { status: completed, attempts: 1, input: { message: PO-1 }, output: { escalated: true, comment: fine } }
                """);

        assertThat(tested.problems()).isEmpty();
        assertThat(tested.ran()).isTrue();
        assertThat(tested.tests()).extracting(DefinitionTests.Test::name).containsExactly("small", "large");
        assertThat(tested.tests()).allMatch(DefinitionTests.Test::passed);
        assertThat(tested.tests().get(1).simulated().orElseThrow().path()).containsExactly("head", "lock");
    }

    @Test
    void what_comes_out_otherwise_is_an_error_at_the_value_that_was_expected() {
        Tested tested = tested("""
                - name: large
                  trigger: { payload: { amount_base: 500, po_number: PO-1 } }
                  given: { approvals: { head: { decision: reject, by: meera, comment: too dear } } }
                  expect:
                    path: [head, lock]
                    status: failed
                    outcome: succeeded
                    approvals: [{ role: CFO, amount: 5 }]
                    steps:
                      head: { status: completed, input: { message: PO-2 }, error: { code: broken } }
                      lock: { status: completed }
                """);

        assertThat(shown(tested))
                .containsExactly(
                        "test_failed 20:11 Expected path [head, lock] in test 'large' but it went [head]; lock was not reached.",
                        "test_failed 21:13 Expected status 'failed' in test 'large' but it is 'completed' (head: approval_rejected, Rejected by meera: too dear).",
                        "test_failed 22:14 Expected outcome 'succeeded' in test 'large' but it is 'rejected' (head: approval_rejected, Rejected by meera: too dear).",
                        "test_failed 23:25 Expected 'CFO' at expect.approvals[0].role in test 'large' but it is 'Finance Head'.",
                        "test_failed 23:38 Expected 5 at expect.approvals[0].amount in test 'large' but it is 500.",
                        "test_failed 25:23 Expected 'completed' at expect.steps.head.status in test 'large' but it is 'failed' (approval_rejected: Rejected by meera: too dear).",
                        "test_failed 25:52 Expected 'PO-2' at expect.steps.head.input.message in test 'large' but it is 'PO-1'.",
                        "test_failed 25:75 Expected 'broken' at expect.steps.head.error.code in test 'large' but it is 'approval_rejected'.",
                        "test_failed 26:23 Expected 'completed' at expect.steps.lock.status in test 'large' but it is 'not_run'.");
        assertThat(tested.problems().getFirst().path()).isEqualTo("tests[0].expect.path");
        assertThat(tested.tests().getFirst().passed()).isFalse();
        assertThat(tested.tests().getFirst().failures()).hasSize(9);
    }

    @Test
    void a_workflow_that_does_not_start_says_why_with_the_values() {
        assertThat(shown(tested("""
                - name: tiny
                  trigger: { payload: { amount_base: 10 } }
                  expect: { path: [lock] }
                - name: small
                  trigger: { payload: { amount_base: 11 } }
                  expect: { starts: false }
                - name: none
                  trigger: { payload: { amount_base: 9 } }
                  expect: { starts: false }
                """)))
                .containsExactly(
                        "test_failed 18:11 Expected that the workflow starts in test 'tiny' but it does not: trigger.amount_base > 10 is false (trigger.amount_base = 10).",
                        "test_failed 21:21 Expected that the workflow does not start in test 'small' but it does: trigger.amount_base > 10 is true (trigger.amount_base = 11).");
    }

    @Test
    void a_test_that_says_nothing_of_the_end_does_not_hide_a_failure() {
        assertThat(shown(tested("""
                - name: broken
                  trigger: { payload: { amount_base: 50 } }
                  given: { failures: { lock: { code: wrong_state, message: It is closed } } }
                  expect: { path: [lock] }
                """)))
                .containsExactly(
                        "test_failed 19:11 Expected that the workflow does not fail in test 'broken' but it does: lock: wrong_state, It is closed.");
    }

    @Test
    void the_number_of_approvals_counts() {
        assertThat(shown(tested("""
                - name: small
                  trigger: { payload: { amount_base: 50 } }
                  expect: { approvals: [{ role: CFO }] }
                - name: large
                  trigger: { payload: { amount_base: 500 } }
                  expect: { approvals: [] }
                """)))
                .containsExactly(
                        "test_failed 18:24 Expected 1 request for approval in test 'small' but there is none.",
                        "test_failed 21:24 Expected no request for approval in test 'large' but there came 1 request: head asked Finance Head.");
    }

    @Test
    void steps_and_events_that_are_not_there_are_reported_with_the_nearest() {
        assertThat(shown(tested("""
                - name: wrong
                  trigger: { event: purchase_order.creatd }
                  given:
                    now: yesterday
                    approvals: { haed: approve, lock: approve }
                    outputs: { lokc: {} }
                    failures: { "head.on_timeout[1]": { code: x }, "head[0]": { code: x } }
                    events: [{ event: goods_receipt.postd }]
                  expect:
                    path: [lokc]
                    approvals: [{ step: lock }]
                    steps: { lokc: { status: completed }, "head.on_timeout[0]": { status: not_run } }
                """)))
                .containsExactly(
                        "unknown_event 17:21 Expected an event that starts this workflow at tests[0].trigger.event but got 'purchase_order.creatd'; did you mean 'purchase_order.created'?",
                        "type_mismatch 19:10 Expected an instant such as 2026-01-05T10:00:00+05:30 at tests[0].given.now but got 'yesterday'.",
                        "unknown_step 20:18 Expected the id of a step that asks for approval at tests[0].given.approvals.haed but got 'haed'; did you mean 'head'?",
                        "unknown_step 20:33 Expected the id of a step that asks for approval at tests[0].given.approvals.lock but got 'lock'.",
                        "unknown_step 21:16 Expected the id of a step, an item or a handler at tests[0].given.outputs.lokc but got 'lokc'; did you mean 'lock'?",
                        "unknown_step 22:17 Expected the id of a step, an item or a handler at tests[0].given.failures[\"head.on_timeout[1]\"] but got 'head.on_timeout[1]'; did you mean 'head.on_timeout[0]'?",
                        "unknown_step 22:52 Expected the id of a step, an item or a handler at tests[0].given.failures[\"head[0]\"] but got 'head[0]'.",
                        "unknown_event 23:23 Expected an event of this company's modules at tests[0].given.events[0].event but got 'goods_receipt.postd'; did you mean 'goods_receipt.posted'?",
                        "unknown_step 25:12 Expected the id of a step at tests[0].expect.path[0] but got 'lokc'; did you mean 'lock'?",
                        "unknown_step 26:25 Expected the id of a step that asks for approval at tests[0].expect.approvals[0].step but got 'lock'.",
                        "unknown_step 27:14 Expected the id of a step, an item or a handler at tests[0].expect.steps.lokc but got 'lokc'; did you mean 'lock'?");
    }

    @Test
    void what_does_not_fit_the_event_or_the_output_is_reported_where_it_stands() {
        assertThat(shown(tested("""
                - name: wrong payload
                  trigger: { payload: { amuont_base: 50, total_amount: much, lines: [{ quantity: few }] } }
                  expect: {}
                - name: wrong output
                  trigger: { payload: { amount_base: 50 } }
                  given: { outputs: { lock: { chnged: true, locked_at: noon } } }
                  expect: {}
                """)))
                .containsExactly(
                        "unknown_field 17:25 Expected a field of purchase_order.created at tests[0].trigger.payload.amuont_base but got 'amuont_base'; did you mean 'amount_base'?",
                        "type_mismatch 17:56 tests[0].trigger.payload.total_amount: expected a number but got 'much'.",
                        "type_mismatch 17:82 tests[0].trigger.payload.lines[0].quantity: expected a number but got 'few'.",
                        "unknown_field 21:39 tests[1].given.outputs.lock.chnged: expected a known field but got 'chnged'; did you mean 'changed'?",
                        "type_mismatch 21:56 tests[1].given.outputs.lock.locked_at: expected an instant with its zone such as 2026-11-24T04:52:55Z but got 'noon'.");
    }

    @Test
    void every_unknown_key_and_word_is_refused() {
        Tested tested = tested("""
                - name: wrong
                  triger: {}
                  trigger: { playload: {} }
                  given: { approvals: { head: approved }, output: {}, failures: { lock: { message: x } } }
                  expect: { stats: failed, steps: { lock: { state: done, status: done } }, outcome: fine }
                  note: x
                  x-note: kept
                """);

        assertThat(tested.problems())
                .extracting(p -> p.code() + " " + p.path())
                .containsExactlyInAnyOrder(
                        "unknown_key tests[0].triger",
                        "unknown_key tests[0].trigger.playload",
                        "not_one_of tests[0].given.approvals.head",
                        "unknown_key tests[0].given.output",
                        "required tests[0].given.failures.lock.code",
                        "unknown_key tests[0].expect.stats",
                        "unknown_key tests[0].expect.steps.lock.state",
                        "not_one_of tests[0].expect.steps.lock.status",
                        "not_one_of tests[0].expect.outcome",
                        "unknown_key tests[0].note");
        assertThat(tested.ran()).isFalse();
        assertThat(tested.tests()).isEmpty();
    }

    @Test
    void a_workflow_with_several_events_wants_to_know_which() {
        String yaml = WORKFLOW.replace("event: purchase_order.created,", "event: [purchase_order.created, sales_order.created],")
                .replace("\"{{ trigger.po_number }}\"", "x")
                + """
                - name: which
                  trigger: { payload: { amount_base: 50 } }
                  expect: { path: [lock] }
                """;

        assertThat(shown(DefinitionTests.run(yaml, CATALOGUE)))
                .containsExactly(
                        "required 17:12 tests[0].trigger.event: required. Expected one of purchase_order.created, sales_order.created because each of them starts this workflow; add it.");
    }

    @Test
    void more_than_a_hundred_tests_are_refused_and_a_hundred_run() {
        assertThat(tested(many(100)).tests()).hasSize(100).allMatch(DefinitionTests.Test::passed);
        assertThat(tested(many(101)).problems())
                .extracting(p -> p.code() + " " + p.path())
                .containsExactly("out_of_range tests");
    }

    @Test
    void tests_stop_when_their_budget_is_spent() {
        String items = IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String yaml = """
                workflow:
                  name: loop
                  trigger: { manual: true }
                  steps:
                    - id: each
                      action: core.set
                      for_each: trigger.list
                      max_parallel: 1
                      config: { values: { n: "{{ item }}" } }
                tests:
                """
                + IntStream.range(0, 20)
                        .mapToObj(n -> "  - { name: t" + n + ", trigger: { payload: { list: [" + items
                                + "] } }, expect: {} }\n")
                        .collect(Collectors.joining());

        Tested tested = DefinitionTests.run(yaml, CATALOGUE);

        assertThat(tested.problems()).extracting(Problem::code).containsExactly("test_limit");
        assertThat(tested.passed()).isFalse();
        assertThat(tested.tests()).hasSizeLessThan(20);
    }

    @Test
    void other_errors_come_first() {
        Tested tested = DefinitionTests.run(
                WORKFLOW.replace("Finance Head", "Nobody") + many(1).replace("[lock]", "[head]"), CATALOGUE);

        assertThat(tested.problems()).extracting(Problem::code).containsExactly("unknown_role");
        assertThat(tested.ran()).isFalse();
        assertThat(DefinitionTests.run("", CATALOGUE).problems())
                .extracting(Problem::code)
                .containsExactly("document_empty");
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "- { name: t" + n + ", trigger: { payload: { amount_base: 50 } }, expect: { path: [lock] } }\n")
                .collect(Collectors.joining());
    }

    private static Tested tested(String tests) {
        return DefinitionTests.run(WORKFLOW + tests, CATALOGUE);
    }

    private static List<String> shown(Tested tested) {
        return tested.problems().stream()
                .map(p -> p.code() + " " + p.line() + ":" + p.column() + " " + p.message())
                .toList();
    }
}
