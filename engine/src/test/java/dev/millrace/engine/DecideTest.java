package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** core.decide. */
class DecideTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private UUID decide(String amount, String otherwise) {
        company.enable("""
                workflow:
                  name: deciding%s
                  trigger: { event: order.created }
                  steps:
                    - id: route
                      action: core.decide
                      config:
                        rules:
                          - { when: trigger.amount > 100, then: { role: CFO, limit: "{{ trigger.amount * 2 }}" } }
                          - { when: trigger.amount > 10, then: { role: Finance Head, limit: 100 } }
                        %s
                    - { id: after, action: trial.effect, depends_on: route, config: { note: "{{ steps.route.output.role }}" } }
                """.formatted(otherwise.isEmpty() ? "" : "-otherwise", otherwise));
        return company.publish(company.order(amount)).executions().getFirst();
    }

    private JsonNode output(UUID execution) {
        company.awaitStatus(execution, "completed");
        return company.steps(execution).get("route").output().orElseThrow();
    }

    @Test
    void the_first_rule_that_holds_gives_the_output() {
        JsonNode first = output(decide("101", ""));

        assertThat(first.path("row").intValue()).isEqualTo(1);
        assertThat(first.path("role").asString()).isEqualTo("CFO");
        assertThat(first.path("limit").intValue()).isEqualTo(202);
    }

    @Test
    void a_later_rule_counts_when_those_before_do_not_hold() {
        UUID execution = decide("100", "");

        assertThat(output(execution).path("row").intValue()).isEqualTo(2);
        assertThat(company.steps(execution)
                        .get("after")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .asString())
                .isEqualTo("Finance Head");
    }

    @Test
    void without_a_rule_that_holds_otherwise_is_row_0() {
        assertThat(output(decide("1", "otherwise: { role: nobody }"))
                        .path("row")
                        .intValue())
                .isZero();
    }

    @Test
    void without_a_rule_and_without_otherwise_the_step_fails() {
        UUID execution = decide("1", "");

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(view.error().orElseThrow().path("code").asString()).isEqualTo("no_rule_matched");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "core.decide | { rules: [{ when: 1 / (trigger.amount - 7) > 1, then: { a: 1 } }] }",
                "core.set | { values: { a: '{{ 1 / (trigger.amount - 7) }}' } }"
            })
    void what_cannot_be_computed_fails_the_step_by_its_code(String action, String config) {
        company.enable("""
                workflow:
                  name: %s
                  trigger: { event: order.created }
                  steps:
                    - { id: compute, action: %s, config: %s }
                """.formatted(action.replace('.', '-'), action, config));

        UUID execution = company.start("7");

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(view.error().orElseThrow().path("code").asString()).isEqualTo("template_error");
    }
}
