package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Expressions tried over HTTP. */
class ExpressionTrialTest {
    private static final String PATH = "/workflows/expressions/evaluate";
    private static final String CONTEXT = """
            {"trigger": {"po_number": "PO/1", "total_amount": 1180000.10, "note": null, "lines": [{"qty": 2}, {"qty": 3}]},
             "steps": {"ask": {"output": {"status": "approved"}}}, "nothing": null, "own": {"a": true}}""";

    private static Answer evaluate(String expression) {
        return evaluate(expression, CONTEXT);
    }

    private static Answer evaluate(String expression, String context) {
        String text = new JsonMapper().writeValueAsString(expression);
        return Api.as(Flow.AUDITOR).post(PATH, "{\"expression\": " + text + ", \"context\": " + context + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            trigger.total_amount > 500000                | true              | boolean
            {{ trigger.total_amount }}                   | 1180000.10        | number
            0.1 + 0.2                                    | 0.3               | number
            PO {{ trigger.po_number }} for {{ own.a }}   | "PO PO/1 for true"| string
            plain {{ 'text' }}                           | "plain text"      | string
            steps.ask.output.status                      | "approved"        | string
            trigger.lines | map(attribute='qty') | sum   | 5                 | number
            trigger.lines[-1]                            | {"qty":3}         | map
            [1, 'a']                                     | [1,"a"]           | list
            trigger.note                                 | null              | none
            nothing                                      | null              | none
            12345678 | money                             | "₹1,23,45,678.00" | string
            """)
    void a_value_comes_with_its_type(String expression, String json, String type) {
        Answer answer = evaluate(expression).expect(200);

        assertThat(answer.text()).isEqualTo("{\"value\":" + json + ",\"type\":\"" + type + "\"}");
    }

    @Test
    void now_is_the_databases() {
        assertThat(evaluate("now").expect(200).at("/value")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 +                                       | template_syntax                | 4
            {{ trigger.po_number | uper }}            | unknown_filter                 | 24
            ünï {{ trigger.nothing }}                 | undefined                      | 15
            {{ own.a }} and {{ trigger.po_number - 1 }} | type_error                   | 38
            other.field                               | undefined                      | 1
            {% if true %}                             | template_statement_not_allowed | 1
            trigger.po_number.upper()                 | method_call_not_allowed        | 24
            trigger.__class__                         | unknown_name                   | 9
            'x' * 100000                              | template_limit                 | 5
            """)
    void what_cannot_be_evaluated_is_the_answer_with_its_place(String expression, String code, int column) {
        Answer answer = evaluate(expression).expect(200);

        assertThat(answer.at("/error/code")).as(answer.text()).isEqualTo(code);
        assertThat(answer.body().at("/error/column").asInt()).as(answer.text()).isEqualTo(column);
        assertThat(answer.at("/error/message")).isNotEmpty();
        assertThat(answer.body().has("value")).isFalse();
    }

    @Test
    void an_expression_may_spend_no_more_than_in_the_engine() {
        assertThat(evaluate("10 ** 1000000").expect(200).at("/error/code")).isEqualTo("template_limit");
        assertThat(evaluate("(".repeat(500) + "1" + ")".repeat(500)).expect(200).at("/error/code"))
                .isEqualTo("template_limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{{ }}"})
    void an_empty_expression_is_an_error_in_the_answer(String expression) {
        assertThat(evaluate(expression).expect(200).at("/error/code")).isEqualTo("template_syntax");
    }

    @Test
    void the_context_may_be_left_out_and_must_be_a_map() {
        Api api = Api.as(Flow.AUDITOR);

        assertThat(api.post(PATH, "{\"expression\": \"1 + 1\"}").expect(200).text())
                .isEqualTo("{\"value\":2,\"type\":\"number\"}");
        evaluate("1", "[]").expectProblem(422, "type_mismatch");
        api.post(PATH, "{}").expectProblem(422, "required");
        evaluate("1 + ".repeat(6000) + "1").expectProblem(422, "out_of_range");
        evaluate("1", "{\"big\": \"" + "x".repeat(300_000) + "\"}").expectProblem(413, "payload_too_large");
    }
}
