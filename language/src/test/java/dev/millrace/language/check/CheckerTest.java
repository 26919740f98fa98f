package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Definition;
import dev.millrace.language.Handlers.Handler;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.Retry;
import dev.millrace.language.Step;
import dev.millrace.language.Trigger;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final String HEAD = """
            workflow:
              name: test-flow
              trigger:
                event: purchase_order.created
              steps:
            """;

    @ParameterizedTest
    @MethodSource("dev.millrace.language.check.TestCatalogue#templates")
    void the_templates_are_valid(String name) {
        Checked checked = Checker.check(TestCatalogue.template(name), CATALOGUE);

        assertThat(checked.problems()).noneMatch(p -> p.severity() == Severity.ERROR);
        assertThat(checked).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void a_valid_text_becomes_a_definition_with_everything_in_it() {
        Definition definition = valid(TestCatalogue.template("purchase-order-approval"));

        assertThat(definition.name()).isEqualTo("purchase-order-approval");
        assertThat(definition.enabled()).isEmpty();
        assertThat(definition.trigger())
                .asInstanceOf(type(Trigger.OnEvent.class))
                .satisfies(t -> assertThat(t.events()).containsExactly("purchase_order.created"));
        assertThat(definition.steps())
                .extracting(Step::id)
                .containsExactly("finance_head", "lock", "tell_requester", "tell_supplier");
        Step approval = definition.step("finance_head").orElseThrow();
        assertThat(approval.condition()).isPresent();
        assertThat(approval.retry()).isEqualTo(Retry.DEFAULT);
        assertThat(approval.onTimeout()).singleElement().satisfies(d -> {
            assertThat(d.after()).isEqualTo(Duration.ofHours(24));
            assertThat(d.action()).isEqualTo("erp.approval.escalate");
            assertThat(d.thenContinue()).isFalse();
        });
        assertThat(approval.onError().list())
                .extracting(Handler::action)
                .containsExactly("erp.purchase_order.cancel", "erp.notification.send", "core.stop");
        assertThat(definition.step("lock").orElseThrow().dependsOn()).containsExactly("finance_head");
        assertThat(definition.step("tell_supplier").orElseThrow().dependsOn()).containsExactly("lock");
    }

    @Test
    void every_form_of_a_step_is_understood() {
        Definition definition = valid("""
                x-owner: finance
                workflow:
                  name: forms
                  version: 3
                  enabled: false
                  description: all forms
                  trigger: { manual: true, inputs: { type: object, properties: { n: {} }, additionalProperties: false } }
                  steps:
                    - id: mail
                      action: erp.notification.send
                      if_skipped: pass
                      retry: { max_attempts: 5, initial_delay: 2s, multiplier: 1.5, max_delay: PT5M }
                      timeout: 30s
                      condition: "{{ trigger.n > 1.10 }}"
                      config: { channel: email, to: a@b.example, subject: "{{ trigger.n }}", x-note: kept out }
                      on_error: continue
                    - id: stop
                      action: core.stop
                      depends_on: [mail]
                      condition: true
                      config: { reason: done }
                      on_error: { do: { action: core.stop, config: { reason: x } }, then: continue }
                  on_failure:
                    - { action: core.stop, config: { reason: "{{ steps.stop.error.message }}" } }
                """);

        assertThat(definition.enabled()).contains(false);
        assertThat(definition.trigger()).isInstanceOf(Trigger.Manual.class);
        Step mail = definition.step("mail").orElseThrow();
        assertThat(mail.passIfSkipped()).isTrue();
        assertThat(mail.retry()).isEqualTo(new Retry(5, Duration.ofSeconds(2), 1.5, Duration.ofMinutes(5)));
        assertThat(mail.timeout()).contains(Duration.ofSeconds(30));
        assertThat(mail.condition().orElseThrow().source()).isEqualTo("trigger.n > 1.10");
        assertThat(mail.config().source().propertyNames()).containsExactly("channel", "to", "subject");
        assertThat(mail.onError().list()).isEmpty();
        assertThat(mail.onError().thenContinue()).isTrue();
        Step stop = definition.step("stop").orElseThrow();
        assertThat(stop.dependsOn()).containsExactly("mail");
        assertThat(stop.onError().list()).hasSize(1);
        assertThat(stop.onError().thenContinue()).isTrue();
        assertThat(definition.onFailure().list()).hasSize(1);
    }

    @Test
    void a_schedule_is_read() {
        Checked checked = Checker.check("""
                workflow:
                  name: scheduled
                  trigger: { schedule: "0 9 15 * *", timezone: Asia/Kolkata, catch_up: all }
                  steps:
                    - { id: a, action: core.stop, config: { reason: "{{ trigger.scheduled_for }}" } }
                """, CATALOGUE);

        assertThat(checked).isInstanceOf(Checked.Valid.class);
        assertThat(checked.problems()).isEmpty();
        assertThat(((Checked.Valid) checked).definition().trigger())
                .asInstanceOf(type(Trigger.OnSchedule.class))
                .satisfies(t -> {
                    assertThat(t.schedule().words()).isEqualTo("at 09:00 on the 15th of every month");
                    assertThat(t.zone()).contains(ZoneId.of("Asia/Kolkata"));
                    assertThat(t.catchUp()).isEqualTo(Trigger.CatchUp.ALL);
                });
    }

    @Test
    void an_action_of_a_module_that_the_company_lacks_names_the_module() {
        Catalogue withoutInventory = TestCatalogue.of(Set.of("core", "procurement"));

        Checked checked = Checker.check(
                HEAD + "    - { id: a, action: erp.inventory.adjust_stock, config: {} }\n", withoutInventory);

        assertThat(checked.problems()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("module_missing");
            assertThat(p.message()).contains("needs the module inventory, which this company does not have");
        });
    }

    @Test
    void a_time_that_is_moved_in_a_question_to_the_database_says_what_to_move_instead() {
        Checked checked = Checker.check(
                HEAD
                        + "    - { id: a, action: erp.query.list, config: { entity: purchase_order, where: row.created_at | add_days(2) > now } }\n",
                CATALOGUE);

        assertThat(errors(checked)).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("filter_invalid");
            assertThat(p.message())
                    .isEqualTo("Expected a date before | add_days at steps[0].config.where but got"
                            + " 'row.created_at | add_days(2)'; row.created_at has a time too, so move the other side, as in"
                            + " (now | add_days(-2)).");
        });
    }

    @Test
    void a_missing_field_reads_as_the_specification_says() {
        Checked checked =
                Checker.check(HEAD + "    - { id: a, action: erp.approval.request, config: {} }\n", CATALOGUE);

        assertThat(errors(checked)).singleElement().satisfies(p -> {
            assertThat(p.path()).isEqualTo("steps[0].config.role");
            assertThat(p.message()).contains("steps[0].config.role: required");
        });
    }

    @Test
    void a_misspelt_role_reads_as_the_specification_says() {
        Checked checked = Checker.check(
                HEAD + "    - { id: a, action: erp.approval.request, config: { role: Finance Haed } }\n", CATALOGUE);

        assertThat(errors(checked))
                .extracting(Problem::message)
                .containsExactly("Expected a role of this company at steps[0].config.role but got 'Finance Haed';"
                        + " did you mean 'Finance Head'?");
    }

    @Test
    void names_of_roles_in_templates_are_not_judged() {
        Checked checked = Checker.check(
                HEAD + "    - { id: a, action: erp.approval.request, config: { role: '{{ trigger.category }}' } }\n",
                CATALOGUE);

        assertThat(checked).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void five_hundred_steps_are_accepted_and_one_more_is_not() {
        assertThat(Checker.check(HEAD + steps(500), CATALOGUE)).isInstanceOf(Checked.Valid.class);
        assertThat(Checker.check(HEAD + steps(501), CATALOGUE).problems())
                .extracting(Problem::code)
                .containsExactly("too_many_steps");
    }

    @Test
    void a_hostile_number_of_problems_is_cut_off() {
        String text = HEAD
                + IntStream.range(0, 400)
                        .mapToObj(i -> "    - { id: X, action: y, a: 1, b: 2, depends_on: [q, r, s], timeout: 1 }\n")
                        .collect(Collectors.joining());

        List<Problem> problems = Checker.check(text, CATALOGUE).problems();

        assertThat(problems).hasSize(Findings.MAX + 1);
        assertThat(problems.getLast().code()).isEqualTo("too_many_problems");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~",
                "workflow:",
                "workflow: {}",
                "workflow: { steps: 7, trigger: [] }",
                "[[[",
                "? {a: b}\n: c",
                "workflow: { steps: [1, null, [], {}], trigger: { event: {} }, on_failure: 1 }",
                "workflow: { steps: [{ id: {}, action: [], depends_on: {}, config: 1, on_error: [1], on_timeout: [[]], retry: 1 }] }",
                "\u0000",
                "\uFEFFworkflow: 1",
                "- - - -\n",
                "workflow: !!null",
                "{",
                "'",
                "&a a",
                "*a",
                "%YAML 9.9\n---\na"
            })
    void whatever_the_text_there_is_a_problem_and_no_exception(String text) {
        Checked checked = Checker.check(text, CATALOGUE);

        assertThat(checked).isInstanceOf(Checked.Invalid.class);
        assertThat(checked.problems()).isNotEmpty();
    }

    private static List<Problem> errors(Checked checked) {
        return checked.problems().stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .toList();
    }

    private static String steps(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "    - { id: s" + i + ", action: core.stop, config: { reason: x }"
                        + (i > 0 ? ", depends_on: s" + (i - 1) : "") + " }\n")
                .collect(Collectors.joining());
    }

    private static Definition valid(String yaml) {
        Checked checked = Checker.check(yaml, CATALOGUE);
        assertThat(checked.problems()).isEmpty();
        return Stream.of(checked)
                .map(Checked.Valid.class::cast)
                .findFirst()
                .orElseThrow()
                .definition();
    }
}
