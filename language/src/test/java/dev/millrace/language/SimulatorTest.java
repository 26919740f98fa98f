package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Script.Answer;
import dev.millrace.language.Script.Arrival;
import dev.millrace.language.Script.Decision;
import dev.millrace.language.Script.Failing;
import dev.millrace.language.Simulated.Asked;
import dev.millrace.language.Simulated.Moment;
import dev.millrace.language.StepState.Status;
import dev.millrace.language.check.TestCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SimulatorTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final Instant AT = Instant.parse("2026-01-05T04:30:00Z");
    private static final Answer SILENCE = Answer.of(Decision.SILENCE);
    private static final Answer APPROVE = Answer.of(Decision.APPROVE);

    private static final String APPROVAL = """
            - id: boss
              action: erp.approval.request
              config: { role: Finance Head, amount: "{{ trigger.amount }}", message: "Pay?" }
              on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO, message: "Late" } }
            - { id: after, action: core.set, depends_on: boss, config: { values: { who: "{{ steps.boss.output.decided_by }}" } } }
            """;

    @Test
    void everybody_approves_at_once_when_the_script_says_nothing() {
        Simulated came = manual(APPROVAL, "{\"amount\": 5}", Script.NONE);

        assertThat(came.path()).containsExactly("boss", "after");
        assertThat(came.outcome()).isEqualTo("succeeded");
        assertThat(came.endedAt()).isEqualTo(AT);
        Asked asked = came.approvals().getFirst();
        assertThat(asked.role()).contains("Finance Head");
        assertThat(asked.amount().orElseThrow()).isEqualByComparingTo("5");
        assertThat(asked.currency()).contains("INR");
        assertThat(asked.status()).isEqualTo("approved");
        assertThat(output(came, "after").path("who").asString())
                .isEqualTo(asked.decidedBy().orElseThrow());
    }

    @Test
    void silence_escalates_at_the_deadline_and_the_next_answer_is_the_higher_role_s() {
        var answer = new Answer(Decision.APPROVE, Optional.of("cfo@x"), Optional.of("fine"), Duration.ofHours(2));

        Simulated came = manual(APPROVAL, "{\"amount\": 5}", approvals("boss", SILENCE, answer));

        assertThat(came.approvals()).extracting(Asked::status).containsExactly("expired", "approved");
        Asked second = came.approvals().get(1);
        assertThat(second.role()).contains("CFO");
        assertThat(second.level()).isEqualTo(2);
        assertThat(second.message()).contains("Late\nPay?");
        assertThat(second.askedAt()).isEqualTo(AT.plus(Duration.ofHours(24)));
        assertThat(came.endedAt()).isEqualTo(AT.plus(Duration.ofHours(26)));
        JsonNode output = output(came, "boss");
        assertThat(output.path("escalated").booleanValue()).isTrue();
        assertThat(output.path("level").asInt()).isEqualTo(2);
        assertThat(output.path("comment").asString()).isEqualTo("fine");
    }

    @Test
    void without_any_answer_the_last_request_expires_after_thirty_days() {
        Simulated came = manual(APPROVAL, "{\"amount\": 5}", approvals("boss", SILENCE));

        assertThat(came.status() + " " + came.outcome()).isEqualTo("failed expired");
        assertThat(came.failed().orElseThrow().error().code()).isEqualTo("approval_expired");
        assertThat(came.failed().orElseThrow().error().message()).isEqualTo("Nobody decided within 31 days");
        assertThat(came.endedAt()).isEqualTo(AT.plus(Duration.ofDays(31)));
    }

    @Test
    void an_answer_at_the_deadline_comes_too_late() {
        var late = new Answer(Decision.APPROVE, Optional.empty(), Optional.empty(), Duration.ofHours(24));

        Simulated came = manual(APPROVAL, "{\"amount\": 5}", approvals("boss", late, APPROVE));

        assertThat(came.approvals()).extracting(Asked::status).containsExactly("expired", "approved");
    }

    @Test
    void a_rejection_ends_the_execution_as_rejected_with_the_comment() {
        var no = new Answer(Decision.REJECT, Optional.of("f@x"), Optional.of("too much"), Duration.ZERO);

        Simulated came = manual(APPROVAL, "{\"amount\": 5}", approvals("boss", no));

        assertThat(came.status() + " " + came.outcome()).isEqualTo("completed rejected");
        assertThat(came.path()).containsExactly("boss");
        StepError error = unit(came, "boss").error().orElseThrow();
        assertThat(error.code()).isEqualTo("approval_rejected");
        assertThat(error.message()).isEqualTo("Rejected by f@x: too much");
        assertThat(error.details().path("decided_by").asString()).isEqualTo("f@x");
    }

    @Test
    void what_is_sent_back_is_asked_again_at_the_same_level_and_the_deadline_runs_on() {
        var back = new Answer(Decision.RETURN, Optional.empty(), Optional.of("add a quote"), Duration.ofHours(20));

        Simulated came = manual(APPROVAL, "{\"amount\": 5}", approvals("boss", back, SILENCE, APPROVE));

        assertThat(came.approvals()).extracting(Asked::status).containsExactly("returned", "expired", "approved");
        assertThat(came.approvals()).extracting(Asked::level).containsExactly(1, 1, 2);
        assertThat(came.approvals().get(1).expiresAt()).isEqualTo(AT.plus(Duration.ofHours(24)));
    }

    @Test
    void who_asked_and_who_is_left_out_is_not_heard() {
        String step = """
                - id: boss
                  action: erp.approval.request
                  config: { role: Finance Head, exclude_users: [asha@acme.example] }
                """;

        for (String by : List.of("me@x", "asha@acme.example")) {
            var answer = new Answer(Decision.APPROVE, Optional.of(by), Optional.empty(), Duration.ZERO);
            Simulated came = manual(step, "{\"requested_by\": \"me@x\"}", approvals("boss", answer));

            assertThat(came.outcome()).isEqualTo("expired");
            assertThat(came.timeline()).extracting(Moment::what).contains("unheard");
        }
    }

    private static final String TWO = """
            - id: both
              action: erp.approval.request
              config: { role: Accounts, min_approvals: 2, exclude_users: [asha@acme.example] }
              on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
            """;

    private static Answer approvalBy(String who, int hours) {
        return new Answer(Decision.APPROVE, Optional.of(who), Optional.empty(), Duration.ofHours(hours));
    }

    @Test
    void a_quorum_needs_as_many_different_people_and_takes_as_many_answers() {
        Simulated silent = manual(TWO, "{}", Script.NONE);
        Simulated two = manual(TWO, "{}", approvals("both", approvalBy("a@x", 1), approvalBy("b@x", 5)));
        Simulated same = manual(
                TWO, "{}", approvals("both", approvalBy("a@x", 1), approvalBy("a@x", 5), approvalBy("c@x", 1)));
        Simulated left = manual(TWO, "{}", approvals("both", approvalBy("asha@acme.example", 1), APPROVE));

        assertThat(silent.approvals()).extracting(Asked::status).containsExactly("approved");
        assertThat(silent.endedAt()).isEqualTo(AT);
        assertThat(two.endedAt()).isEqualTo(AT.plus(Duration.ofHours(5)));
        assertThat(output(two, "both").path("decided_by").asString()).isEqualTo("b@x");
        assertThat(two.timeline()).extracting(Moment::text).contains("a@x, 1 of 2");
        // Who approves twice is heard once; the next level begins at none, and of it one person answers only.
        assertThat(same.approvals()).extracting(Asked::status).containsExactly("expired", "expired");
        assertThat(same.timeline()).extracting(Moment::text).contains("a@x has approved already", "c@x, 1 of 2");
        assertThat(left.approvals()).extracting(Asked::status).containsExactly("expired", "expired");
    }

    @Test
    void the_first_rejection_rejects_a_quorum() {
        var no = new Answer(Decision.REJECT, Optional.of("b@x"), Optional.of("no"), Duration.ofHours(2));

        Simulated came = manual(TWO, "{}", approvals("both", approvalBy("a@x", 1), no));

        assertThat(came.outcome()).isEqualTo("rejected");
        assertThat(came.endedAt()).isEqualTo(AT.plus(Duration.ofHours(2)));
    }

    @Test
    void deadlines_by_the_business_calendar_count_working_hours_only() {
        String step = """
                - id: boss
                  action: erp.approval.request
                  config: { role: Finance Head, calendar: business }
                  on_timeout:
                    - { after: 4h, action: erp.notification.send, config: { channel: in_app, to_role: CFO, body: Late }, then: continue }
                    - { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
                """;

        // From Monday 10:00 in India, by working days from 09:00 to 18:00.
        Simulated came = manual(step, "{}", approvals("boss", SILENCE, APPROVE));

        assertThat(came.approvals().getFirst().expiresAt()).isEqualTo(Instant.parse("2026-01-07T10:30:00Z"));
        assertThat(came.endedAt()).isEqualTo(Instant.parse("2026-01-07T10:30:00Z"));
        assertThat(came.timeline())
                .filteredOn(moment -> moment.unit().equals("boss.on_timeout[0]"))
                .extracting(Moment::at)
                .containsOnly(Instant.parse("2026-01-05T08:30:00Z"));
    }

    private static final String OTHER = """
            - { id: sub, action: core.run_workflow, config: { workflow: other } }
            - { id: after, action: core.set, depends_on: sub, condition: "steps.sub.output.status == 'completed'", config: { values: { n: "{{ steps.sub.output.outputs.count | default(0) }}" } } }
            """;

    @Test
    void another_workflow_succeeds_unless_the_script_gives_it_an_answer() {
        Simulated silent = manual(OTHER, "{}", Script.NONE);
        Simulated given = manual(OTHER, "{}", new Script(
                        Map.of(), Map.of("sub", json("{\"outputs\": {\"count\": 7}}")), Map.of(), List.of()));
        Simulated failed = manual(
                OTHER,
                "{}",
                new Script(
                        Map.of(),
                        Map.of(),
                        Map.of("sub", new Failing("child_failed", "It is broken", OptionalInt.empty())),
                        List.of()));
        Simulated apart = manual(
                OTHER.replace("workflow: other", "workflow: other, wait: false"), "{}", Script.NONE);

        assertThat(output(silent, "after").path("n").asInt()).isZero();
        assertThat(output(given, "after").path("n").asInt()).isEqualTo(7);
        assertThat(failed.outcome()).isEqualTo("failed");
        assertThat(failed.failed().orElseThrow().error().code()).isEqualTo("child_failed");
        assertThat(apart.path()).containsExactly("sub");
    }

    @Test
    void a_role_without_members_is_passed_over_at_once() {
        String step = APPROVAL.replace("Finance Head", "Auditor");

        Simulated came = simulate(step, "manual: true", Optional.empty(), "{\"amount\": 5}", Script.NONE);

        assertThat(came.approvals()).extracting(a -> a.role().orElseThrow()).containsExactly("Auditor", "CFO");
        assertThat(came.endedAt()).isEqualTo(AT);
    }

    @Test
    void time_approves_what_has_no_amount_and_nothing_that_has_one() {
        String step = """
                - id: boss
                  action: erp.approval.request
                  config: { role: Finance Head, amount: "{{ trigger.amount }}" }
                  on_timeout: { after: 1h, action: erp.approval.auto_approve, config: { reason: routine, max_amount: 10 } }
                """;

        Simulated without = manual(step, "{\"amount\": null}", approvals("boss", SILENCE));
        Simulated small = manual(step, "{\"amount\": 5}", approvals("boss", SILENCE));
        Simulated large = manual(step, "{\"amount\": 11}", approvals("boss", SILENCE));

        assertThat(without.outcome()).isEqualTo("succeeded");
        assertThat(output(without, "boss").path("auto").booleanValue()).isTrue();
        assertThat(output(without, "boss").path("decided_by").asString()).isEqualTo("system");
        assertThat(small.failed().orElseThrow().error().message()).contains("This company does not let anything");
        assertThat(large.failed().orElseThrow().error().message())
                .contains("Expected at most 10 but the request is for 11");
    }

    @Test
    void a_reminder_goes_out_and_the_wait_goes_on() {
        String step = """
                - id: boss
                  action: erp.approval.request
                  config: { role: Finance Head }
                  on_timeout:
                    - { after: 1h, action: core.set, config: { values: { reminded: 1 } }, then: continue }
                    - { after: 3h, action: core.set, config: { values: { given_up: 1 } } }
                """;
        var later = new Answer(Decision.APPROVE, Optional.empty(), Optional.empty(), Duration.ofHours(2));

        Simulated in = manual(step, "{}", approvals("boss", later));
        Simulated never = manual(step, "{}", approvals("boss", SILENCE));

        assertThat(in.outcome()).isEqualTo("succeeded");
        assertThat(in.units()).containsKey("boss.on_timeout[0]").doesNotContainKey("boss.on_timeout[1]");
        assertThat(in.endedAt()).isEqualTo(AT.plus(Duration.ofHours(2)));
        assertThat(never.units()).containsKeys("boss.on_timeout[0]", "boss.on_timeout[1]");
        assertThat(never.failed().orElseThrow().error().message()).isEqualTo("Nobody decided within 3 h");
    }

    @Test
    void an_entry_that_fails_once_is_repeated_before_the_step_ends() {
        String step = """
                - id: boss
                  action: erp.approval.request
                  config: { role: Finance Head }
                  on_timeout: { after: 1h, action: core.set, config: { values: { a: 1 } } }
                """;
        var script = new Script(
                Map.of("boss", List.of(SILENCE)),
                Map.of(),
                Map.of("boss.on_timeout[0]", new Failing("busy", "Busy", OptionalInt.of(1))),
                List.of());

        Simulated came = manual(step, "{}", script);

        assertThat(unit(came, "boss.on_timeout[0]").attempts()).isEqualTo(2);
        assertThat(came.endedAt()).isEqualTo(AT.plus(Duration.ofHours(1)).plusSeconds(1));
        assertThat(came.outcome()).isEqualTo("expired");
    }

    @Test
    void failures_are_repeated_after_the_longest_delay_and_then_succeed_or_not() {
        String step = """
                - id: call
                  action: erp.notification.send
                  retry: { max_attempts: 3, initial_delay: 10s, multiplier: 3, max_delay: 1h }
                  config: { channel: in_app, to_role: Accounts, body: hello }
                """;

        Simulated twice = manual(step, "{}", failing("call", OptionalInt.of(2)));
        Simulated thrice = manual(step, "{}", failing("call", OptionalInt.of(3)));
        Simulated forGood = manual(step, "{}", failing("call", OptionalInt.empty()));

        assertThat(twice.outcome()).isEqualTo("succeeded");
        assertThat(unit(twice, "call").attempts()).isEqualTo(3);
        assertThat(twice.endedAt()).isEqualTo(AT.plusSeconds(40));
        assertThat(thrice.outcome()).isEqualTo("failed");
        assertThat(unit(thrice, "call").attempts()).isEqualTo(3);
        assertThat(unit(forGood, "call").attempts()).isEqualTo(1);
        assertThat(forGood.failed().orElseThrow().error().message()).isEqualTo("It broke");
    }

    @Test
    void handlers_see_the_error_and_on_failure_runs_when_nothing_handles_it() {
        String handled = """
                - id: call
                  action: core.set
                  config: { values: { a: 1 } }
                  on_error: { action: core.set, config: { values: { why: "{{ steps.call.error.code }}" } } }
                """;

        Simulated came = manual(handled, "{}", failing("call", OptionalInt.empty()));
        Simulated failed = simulate(
                "- { id: call, action: core.set, config: { values: { a: 1 } } }",
                "manual: true\n  on_failure: { action: core.set, config: { values: { b: 2 } } }",
                Optional.empty(),
                "{}",
                failing("call", OptionalInt.empty()));

        assertThat(came.outcome()).isEqualTo("succeeded");
        assertThat(output(came, "call.on_error[0]").path("why").asString()).isEqualTo("broken");
        assertThat(failed.outcome()).isEqualTo("failed");
        assertThat(output(failed, "on_failure[0]").path("b").asInt()).isEqualTo(2);
    }

    @Test
    void pure_actions_do_what_they_do() {
        String steps = """
                - { id: sum, action: core.set, config: { values: { total: "{{ trigger.a + trigger.b }}" } } }
                - id: size
                  action: core.decide
                  depends_on: sum
                  config:
                    rules:
                      - { when: "steps.sum.output.total > 10", then: { size: large } }
                    otherwise: { size: small }
                - id: sure
                  action: core.assert
                  depends_on: size
                  config: { that: "steps.size.output.size == 'large'", message: "Too small" }
                - { id: stop, action: core.stop, depends_on: sure, config: { reason: done, status: cancelled } }
                - { id: never, action: core.set, depends_on: stop, config: { values: { a: 1 } } }
                """;

        Simulated large = manual(steps, "{\"a\": 7, \"b\": 4}", Script.NONE);
        Simulated small = manual(steps, "{\"a\": 7, \"b\": 3}", Script.NONE);

        assertThat(output(large, "size").toString()).isEqualTo("{\"row\":1,\"size\":\"large\"}");
        assertThat(large.path()).containsExactly("sum", "size", "sure", "stop");
        assertThat(large.status() + " " + large.outcome()).isEqualTo("cancelled stopped");
        assertThat(output(small, "size").path("row").asInt()).isZero();
        assertThat(small.failed().orElseThrow().error().code()).isEqualTo("assertion_failed");
        assertThat(small.failed().orElseThrow().error().message()).isEqualTo("Too small");
    }

    @Test
    void waits_pass_by_the_clock_and_one_for_the_past_at_once() {
        String steps = """
                - { id: nap, action: core.wait, config: { for: 45d } }
                - { id: day, action: core.wait, depends_on: nap, config: { until_day: "day 20 10:00" } }
                - { id: past, action: core.wait, depends_on: day, config: { until: "2020-01-01T00:00:00Z" } }
                - { id: wrong, action: core.wait, depends_on: past, config: { until_day: "someday" } }
                """;

        Simulated came = manual(steps, "{}", Script.NONE);

        assertThat(output(came, "nap").path("resumed_at").asString()).isEqualTo("2026-02-19T04:30:00.000000Z");
        assertThat(output(came, "day").path("resumed_at").asString()).isEqualTo("2026-02-20T04:30:00.000000Z");
        assertThat(came.endedAt()).isEqualTo(Instant.parse("2026-02-20T04:30:00Z"));
        assertThat(came.failed().orElseThrow().error().code()).isEqualTo("until_invalid");
    }

    private static final String WAIT = """
            - id: goods
              action: core.wait_for_event
              config: { event: goods_receipt.posted, match: "event.purchase_order_id == trigger.id" }
            """;

    private static final String ORDER = "6a96733f-2cfb-3179-8e06-c323642e68bb";

    @Test
    void an_event_that_matches_ends_the_wait_and_no_other_does() {
        var other = arrival("5a96733f-2cfb-3179-8e06-c323642e68bb", Duration.ofHours(1));
        var right = arrival(ORDER, Duration.ofHours(2));
        String payload = "{\"id\": \"" + ORDER + "\"}";

        Simulated came = manual(WAIT, payload, new Script(Map.of(), Map.of(), Map.of(), List.of(other, right)));
        Simulated nothing = manual(WAIT, payload, new Script(Map.of(), Map.of(), Map.of(), List.of(other)));
        Simulated given = manual(
                WAIT,
                payload,
                new Script(Map.of(), Map.of("goods", json("{\"event_id\": \"e7\"}")), Map.of(), List.of()));

        assertThat(came.endedAt()).isEqualTo(AT.plus(Duration.ofHours(2)));
        assertThat(output(came, "goods")
                        .path("payload")
                        .path("purchase_order_id")
                        .asString())
                .isEqualTo(ORDER);
        assertThat(nothing.outcome()).isEqualTo("expired");
        assertThat(nothing.failed().orElseThrow().error().code()).isEqualTo("wait_timed_out");
        assertThat(nothing.endedAt()).isEqualTo(AT.plus(Duration.ofDays(30)));
        assertThat(output(given, "goods").path("event_id").asString()).isEqualTo("e7");
    }

    @Test
    void an_event_before_the_wait_counts_only_since_the_trigger() {
        String late = "- { id: nap, action: core.wait, config: { for: 3h } }\n"
                + WAIT.replace("  config", "  depends_on: nap\n  config");
        String since = late.replace("trigger.id\"", "trigger.id\", since: trigger");
        var script = new Script(Map.of(), Map.of(), Map.of(), List.of(arrival(ORDER, Duration.ofHours(1))));
        String payload = "{\"id\": \"" + ORDER + "\"}";

        assertThat(manual(late, payload, script).outcome()).isEqualTo("expired");
        assertThat(manual(since, payload, script).outcome()).isEqualTo("succeeded");
        assertThat(manual(since, payload, script).endedAt()).isEqualTo(AT.plus(Duration.ofHours(3)));
    }

    private static final String EACH = """
            - id: each
              action: erp.notification.send
              for_each: trigger.names
              max_parallel: 2
              config: { channel: in_app, to: "{{ item }}", body: "You are number {{ item_index }}" }
            - { id: after, action: core.set, depends_on: each, config: { values: { n: "{{ steps.each.output | length }}" } } }
            """;

    @Test
    void a_step_runs_for_each_item_with_its_own_input_output_and_failures() {
        String payload = "{\"names\": [\"a\", \"b\", \"c\"]}";
        var outputs = new Script(
                Map.of(), Map.of("each", JsonMapper.shared().readTree("[{\"recipients\": 4}]")), Map.of(), List.of());

        Simulated came = manual(EACH, payload, outputs);
        Simulated failed = manual(EACH, payload, failing("each[1]", OptionalInt.empty()));

        assertThat(came.path()).containsExactly("each", "after");
        assertThat(unit(came, "each[2]").input().orElseThrow().path("body").asString())
                .isEqualTo("You are number 2");
        assertThat(output(came, "each").values())
                .extracting(o -> o.path("recipients").asInt())
                .containsExactly(4, 0, 0);
        assertThat(output(came, "after").path("n").asInt()).isEqualTo(3);
        assertThat(failed.failed().orElseThrow().error().code()).isEqualTo("items_failed");
        assertThat(unit(failed, "each[2]").status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void approvals_for_each_item_are_asked_as_places_become_free() {
        String steps = """
                - id: each
                  action: erp.approval.request
                  for_each: trigger.names
                  max_parallel: 1
                  config: { role: Finance Head, message: "{{ item }}?" }
                  on_timeout: { after: 1h, action: erp.approval.escalate, config: { to_role: CFO, message: "{{ item }}!" } }
                """;
        var hour = new Answer(Decision.APPROVE, Optional.empty(), Optional.empty(), Duration.ofMinutes(30));
        var script = new Script(
                Map.of("each", List.of(hour), "each[1]", List.of(SILENCE, hour)), Map.of(), Map.of(), List.of());

        Simulated came = manual(steps, "{\"names\": [\"a\", \"b\"]}", script);

        assertThat(came.approvals()).extracting(Asked::step).containsExactly("each[0]", "each[1]", "each[1]");
        assertThat(came.approvals().get(2).message()).contains("b!\nb?");
        assertThat(came.endedAt()).isEqualTo(AT.plus(Duration.ofHours(2)));
    }

    @Test
    void a_trigger_condition_that_is_false_says_so_with_the_values_that_it_read() {
        Simulated came = purchase("trigger.total_amount > 500000", "{\"total_amount\": 480000}");

        assertThat(came.starts()).isFalse();
        assertThat(came.reason()).isEqualTo("trigger.total_amount > 500000 is false");
        assertThat(came.values()).extracting(Simulated.Value::path).containsExactly("trigger.total_amount");
        assertThat(came.values().getFirst().value().decimalValue()).isEqualByComparingTo("480000");
        assertThat(came.outcome()).isEqualTo("not_started");
        assertThat(came.units()).isEmpty();
    }

    @Test
    void a_payload_that_does_not_fit_starts_nothing_and_says_where() {
        Simulated came = purchase("true", "{\"total_amount\": \"much\"}");

        assertThat(came.starts()).isFalse();
        assertThat(came.misfits()).extracting(Fitted.Misfit::path).containsExactly("total_amount");
    }

    @Test
    void another_event_or_a_start_by_hand_starts_nothing() {
        Definition definition =
                definition("- { id: a, action: core.stop, config: { reason: x } }", "event: supplier.created");

        Simulated hand = Simulator.run(definition, CATALOGUE, Happening.started(json("{}"), AT), Script.NONE);
        Simulated other = Simulator.run(
                definition, CATALOGUE, Happening.event("purchase_order.created", json("{}"), AT), Script.NONE);

        assertThat(hand.reason()).isEqualTo("it starts by supplier.created, not by a start by hand");
        assertThat(other.reason()).isEqualTo("it starts by supplier.created, not by purchase_order.created");
    }

    @Test
    void an_output_in_the_script_that_does_not_fit_is_refused() {
        var script = new Script(
                Map.of(), Map.of("call", json("{\"recipents\": 1}"), "nowhere", json("{}")), Map.of(), List.of());

        Simulated came = manual(
                "- { id: call, action: erp.notification.send, config: { channel: in_app, to_role: CFO, body: x } }",
                "{}",
                script);

        assertThat(came.starts()).isFalse();
        assertThat(came.misfits())
                .extracting(m -> m.code() + " " + m.path())
                .containsExactlyInAnyOrder("unknown_field outputs.call.recipents", "unknown_step outputs.nowhere");
    }

    @Test
    void the_inputs_of_a_manual_trigger_are_asked_for() {
        String trigger = "manual: true, inputs: { type: object, required: [n], properties: { n: { type: integer } } }";

        Simulated bad = simulate(SET, "{ " + trigger + " }", Optional.empty(), "{\"n\": \"x\"}", Script.NONE);
        Simulated good = simulate(SET, "{ " + trigger + " }", Optional.empty(), "{\"n\": 1}", Script.NONE);

        assertThat(bad.starts()).isFalse();
        assertThat(bad.misfits()).hasSize(1);
        assertThat(good.outcome()).isEqualTo("succeeded");
    }

    private static final String SET = "- { id: a, action: core.set, config: { values: { a: 1 } } }";

    @Test
    void a_config_that_does_not_fit_when_it_is_rendered_fails_the_step() {
        String step = "- { id: a, action: core.stop, config: { reason: \"{{ trigger.why }}\" } }";

        Simulated empty = manual(step, "{\"why\": \"\"}", Script.NONE);
        Simulated undefined = manual(step, "{}", Script.NONE);

        assertThat(empty.failed().orElseThrow().error().code()).isEqualTo("config_invalid");
        assertThat(empty.failed().orElseThrow().error().message()).startsWith("reason: ");
        assertThat(undefined.failed().orElseThrow().error().code()).isEqualTo("undefined");
    }

    @Test
    void with_several_events_the_trigger_tells_which_it_was() {
        String steps = "- { id: a, action: core.set, config: { values: { which: \"{{ trigger.event_name }}\" } } }";
        Definition definition =
                definition(steps, "event: [supplier_invoice.received, supplier_invoice.receipt_arrived]");
        Shape shape = payload("supplier_invoice.receipt_arrived");
        ObjectNode payload = Simulator.plausible(shape, json("{}"), AT, CATALOGUE);

        Simulated came = Simulator.run(
                definition, CATALOGUE, Happening.event("supplier_invoice.receipt_arrived", payload, AT), Script.NONE);

        assertThat(output(came, "a").path("which").asString()).isEqualTo("supplier_invoice.receipt_arrived");
    }

    @Test
    void a_run_ends_at_the_limit_of_work() {
        Simulator simulator = Simulator.of(definition(EACH, "manual: true"), CATALOGUE);

        Simulated came = simulator.run(Happening.started(json("{\"names\": [\"a\", \"b\"]}"), AT), Script.NONE, 60);

        assertThat(came.status()).isEqualTo("unfinished");
    }

    @Test
    void the_same_comes_of_the_same() {
        Simulator simulator = Simulator.of(definition(APPROVAL, "manual: true"), CATALOGUE);
        var happening = Happening.started(json("{\"amount\": 5}"), AT);

        assertThat(simulator.run(happening, Script.NONE)).isEqualTo(simulator.run(happening, Script.NONE));
    }

    private static Shape payload(String event) {
        return Optional.ofNullable(CATALOGUE.events().get(event)).orElseThrow().payload();
    }

    private static Simulated purchase(String condition, String given) {
        Definition definition = definition(SET, "{ event: purchase_order.created, condition: " + condition + " }");
        Shape shape = payload("purchase_order.created");
        ObjectNode payload = Simulator.plausible(shape, json(given), AT, CATALOGUE);
        return Simulator.run(
                definition, CATALOGUE, Happening.event("purchase_order.created", payload, AT), Script.NONE);
    }

    private static Simulated manual(String steps, String payload, Script script) {
        return simulate(steps, "manual: true", Optional.empty(), payload, script);
    }

    private static Simulated simulate(
            String steps, String trigger, Optional<String> event, String payload, Script script) {
        var happening = new Happening(event, json(payload), AT, json("{}"));
        return Simulator.run(definition(steps, trigger), CATALOGUE, happening, script);
    }

    private static Definition definition(String steps, String trigger) {
        boolean inline = trigger.startsWith("{");
        String yaml = "workflow:\n  name: simulated\n  trigger: " + (inline ? trigger : "\n    " + trigger)
                + "\n  steps:\n" + steps.indent(4);
        Checked checked = Checker.check(yaml, CATALOGUE);
        assertThat(checked.problems())
                .filteredOn(p -> p.severity() == Problem.Severity.ERROR)
                .isEmpty();
        return ((Checked.Valid) checked).definition();
    }

    private static Script approvals(String step, Answer... answers) {
        return new Script(Map.of(step, List.of(answers)), Map.of(), Map.of(), List.of());
    }

    private static Script failing(String unit, OptionalInt times) {
        return new Script(Map.of(), Map.of(), Map.of(unit, new Failing("broken", "It broke", times)), List.of());
    }

    private static Arrival arrival(String order, Duration after) {
        return new Arrival("goods_receipt.posted", json("{\"purchase_order_id\": \"" + order + "\"}"), after);
    }

    private static JsonNode output(Simulated came, String unit) {
        return unit(came, unit).output();
    }

    private static Simulated.Ran unit(Simulated came, String unit) {
        return Optional.ofNullable(came.units().get(unit))
                .orElseThrow(() -> new AssertionError(unit + " did not run: " + came.failed()));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
