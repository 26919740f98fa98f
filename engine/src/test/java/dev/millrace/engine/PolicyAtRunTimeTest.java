package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.policy.PolicyGate;
import dev.millrace.engine.policy.RulesInForce;
import dev.millrace.language.ActionType;
import dev.millrace.language.Policies;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a company allows is asked again before each action runs, not only when a definition is saved. */
class PolicyAtRunTimeTest {
    private static final EngineFixture FIXTURE = EngineFixture.shared();

    private static final String EFFECT = """
            workflow:
              name: rules
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config:
                    role: Finance Head
                    entity_type: order
                    entity_id: "{{ trigger.id }}"
                    requester: "{{ trigger.requested_by }}"
                - id: work
                  action: trial.effect
                  depends_on: ask
            """;

    /** Nobody is asked below 5000. */
    private static final String PAY = """
            workflow:
              name: pay
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  condition: trigger.amount > 5000
                  if_skipped: pass
                  config:
                    role: Finance Head
                    entity_type: order
                    entity_id: "{{ trigger.id }}"
                    amount: "{{ trigger.amount }}"
                    requester: "{{ trigger.requested_by }}"
                - id: pay
                  action: trial.pay
                  depends_on: ask
                  config: { order_id: "{{ trigger.id }}", amount: "{{ trigger.amount }}", currency: %s }
            """;

    private static final String ASKED_AMOUNT =
            EFFECT.replace("        requester:", "        amount: \"{{ trigger.amount }}\"\n        requester:");

    private final TestCompany company = FIXTURE.company();

    @Test
    void an_action_that_was_forbidden_meanwhile_fails_its_step_for_good() {
        company.enable(EFFECT);
        UUID execution = company.start("100");
        Request request = company.awaitRequest(execution);

        set("{\"forbidden_actions\": [\"trial.*\"]}");
        company.approve(request, company.meera);

        company.awaitStatus(execution, "failed");
        assertFailed(execution, "work", "action_forbidden");
        assertThat(company.effects(execution, "work")).isZero();
    }

    @Test
    void a_module_that_was_switched_off_meanwhile_fails_the_step_and_the_node_goes_on() {
        company.enable(EFFECT);
        UUID execution = company.start("100");
        Request request = company.awaitRequest(execution);

        switchModules(Set.of("core"));
        company.approve(request, company.meera);

        company.awaitStatus(execution, "failed");
        assertFailed(execution, "work", "module_disabled");
        assertThat(company.effects(execution, "work")).isZero();

        TestCompany other = FIXTURE.company();
        other.enable(EFFECT);
        UUID theirs = other.start("100");
        other.approve(other.awaitRequest(theirs), other.meera);
        other.awaitStatus(theirs, "completed");
    }

    @Test
    void an_amount_above_the_limit_is_not_paid_without_an_approval() {
        company.enable(PAY.formatted("INR"));
        set("""
                {"approval_above": [{"actions": ["trial.*"], "amount": "1000"}]}""");

        UUID above = company.start("1000.01");
        UUID at = company.start("1000");

        company.awaitStatus(above, "failed");
        assertFailed(above, "pay", "approval_missing_on_path");
        company.awaitStatus(at, "completed");
        assertThat(company.effects(at, "pay")).isOne();
    }

    @Test
    void an_approval_that_was_granted_lets_the_amount_pass() {
        company.enable(PAY.formatted("INR"));
        set("""
                {"approval_above": [{"actions": ["trial.*"], "amount": "1000"}]}""");
        UUID execution = company.start("6000");

        company.approve(company.awaitRequest(execution), company.meera);

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "pay")).isOne();
    }

    @Test
    void one_approval_is_too_few_where_two_are_asked_for() {
        company.enable(PAY.formatted("INR"));
        set("""
                {"approval_above": [{"actions": ["trial.pay"], "amount": "1000", "levels": 2}]}""");
        UUID execution = company.start("6000");

        company.approve(company.awaitRequest(execution), company.meera);

        company.awaitStatus(execution, "failed");
        assertFailed(execution, "pay", "approval_missing_on_path");
    }

    @Test
    void an_amount_in_another_currency_may_be_any_amount() {
        company.enable(PAY.formatted("USD"));
        set("""
                {"approval_above": [{"actions": ["trial.*"], "amount": "1000"}]}""");

        UUID execution = company.start("20");

        company.awaitStatus(execution, "failed");
        assertFailed(execution, "pay", "approval_missing_on_path");
    }

    @Test
    void an_approval_of_another_document_does_not_count() {
        company.enable(PAY.formatted("INR")
                .replace("entity_id: \"{{ trigger.id }}\"", "entity_id: 01a20e42-0000-7000-8000-000000000000"));
        set("""
                {"approval_above": [{"actions": ["trial.*"], "amount": "1000"}]}""");
        UUID execution = company.start("6000");

        company.approve(company.awaitRequest(execution), company.meera);

        company.awaitStatus(execution, "failed");
        assertFailed(execution, "pay", "approval_missing_on_path");
    }

    @Test
    void what_a_rule_of_time_approved_does_not_count() {
        company.enable(byTime(PAY.formatted("INR").replaceAll("(?m)^ +amount: .*trigger.amount }}\"\n", ""), "pay"));
        set("""
                {"approval_above": [{"actions": ["trial.*"], "amount": "1000"}]}""");
        UUID execution = company.start("6000");
        company.awaitRequest(execution);

        FIXTURE.engine.clock().advance(Duration.ofHours(2));

        company.awaitStatus(execution, "failed");
        assertFailed(execution, "pay", "approval_missing_on_path");
    }

    @Test
    void time_approves_nothing_where_the_policy_forbids_it_meanwhile() {
        company.enable(byTime(EFFECT, "work"));
        UUID execution = company.start("100");
        company.awaitRequest(execution);
        set("{\"forbidden_actions\": [\"erp.approval.auto_approve\"]}");

        FIXTURE.engine.clock().advance(Duration.ofHours(2));

        company.awaitStatus(execution, "failed");
        assertFailed(execution, "ask", "approval_expired");
        assertThat(error(execution, "ask")).contains("policy forbids erp.approval.auto_approve");
    }

    @ParameterizedTest
    @CsvSource({"100, completed", "100.01, failed"})
    void time_approves_amounts_up_to_the_limit_of_the_definition(String amount, String becomes) {
        set("{\"auto_approve_amounts\": \"allow\"}");
        company.enable(byTime(ASKED_AMOUNT, "work").replace("reason: small", "reason: small, max_amount: 100"));
        UUID execution = company.start(amount);
        company.awaitRequest(execution);

        FIXTURE.engine.clock().advance(Duration.ofHours(2));

        company.awaitStatus(execution, becomes);
        if (becomes.equals("failed")) {
            assertFailed(execution, "ask", "approval_expired");
            assertThat(error(execution, "ask")).contains("Expected at most 100 but the request is for 100.01");
        }
        assertThat(company.effects(execution, "work")).isEqualTo(becomes.equals("completed") ? 1 : 0);
    }

    @Test
    void a_node_asks_for_the_rules_once_in_five_seconds_and_heeds_a_change_by_another_node_then() {
        var nanos = new AtomicLong();
        var gate = new PolicyGate(
                new RulesInForce(FIXTURE.engine.transactions(), FIXTURE.directory, nanos::get),
                FIXTURE.directory,
                FIXTURE.engine.transactions());
        ActionType effect = new ActionRegistry()
                .register(new TrialEffect())
                .find("trial.effect")
                .orElseThrow()
                .type();
        gate.check(company.tenant, effect);

        FIXTURE.directory.setPolicies(company.tenant, policies("{\"forbidden_actions\": [\"trial.*\"]}"));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        gate.check(company.tenant, effect);
        assertThat(FIXTURE.directory.policyReads(company.tenant)).isEqualTo(1);

        nanos.incrementAndGet();
        assertThatThrownBy(() -> gate.check(company.tenant, effect))
                .isInstanceOfSatisfying(
                        ActionFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("action_forbidden"));
        assertThat(FIXTURE.directory.policyReads(company.tenant)).isEqualTo(2);
    }

    /** Time approves what nobody has decided within an hour. */
    private static String byTime(String yaml, String next) {
        String deadline =
                "      on_timeout: { after: 1h, action: erp.approval.auto_approve, config: { reason: small } }\n";
        return yaml.replace("    - id: " + next, deadline + "    - id: " + next);
    }

    private void set(String json) {
        FIXTURE.directory.setPolicies(company.tenant, policies(json));
        changed();
    }

    private void switchModules(Set<String> modules) {
        FIXTURE.directory.setModules(company.tenant, modules);
        changed();
    }

    private void changed() {
        company.run(tx -> {
            FIXTURE.engine.rulesChanged(tx);
            return 0;
        });
    }

    private static Policies policies(String json) {
        return ((Policies.Read.Good) Policies.of(Json.read(json))).policies();
    }

    private void assertFailed(UUID execution, String step, String code) {
        assertThat(company.statusOf(execution, step)).isEqualTo("failed");
        assertThat(error(execution, step)).contains(code);
    }

    private String error(UUID execution, String step) {
        return company.steps(execution).get(step).error().orElseThrow().toString();
    }
}
