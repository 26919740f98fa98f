package dev.millrace.language.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.Expressions.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TemplateTest {

    @Test
    void the_config_of_an_approval_is_rendered_with_types_kept() {
        JsonNode config = Trying.json("""
                {"role": "Finance Head", "amount": "{{ trigger.total_amount }}",
                 "message": "{{ trigger.po_number }} from {{ trigger.supplier_name }} for {{ trigger.total_amount }}",
                 "lines": [{"account": "{{ trigger.lines[0].account }}"}, 5], "that": "row.amount > 1"}""");

        JsonNode rendered = Trying.template(config).render(Trying.scope());

        assertThat(rendered).isEqualTo(Trying.json("""
                {"role": "Finance Head", "amount": 512345.50, "message": "PO-17 from Asha Steel for 512345.50",
                 "lines": [{"account": "5100"}, 5], "that": "row.amount > 1"}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " {{ trigger.count }} ¦3",
                "{{ trigger.count }}{{ trigger.count }}¦\"33\"",
                "a{# b #}c¦\"ac\"",
                "a {#- b -#} c¦\"ac\"",
                "a {{- 'b' -}} c¦\"abc\"",
                "x {{ '}}' }}¦\"x }}\"",
                "x {{ {'a': {'b': 1}} }}¦\"x {\\\"a\\\": {\\\"b\\\": 1}}\"",
                "x {{ none }}|{{ true }}|{{ [1.50, 'a'] }}¦\"x |true|[1.50, \\\"a\\\"]\"",
                "a } b }} { c¦\"a } b }} { c\"",
            })
    void a_text_keeps_what_stands_around_its_expressions(String template, String value) {
        assertThat(JsonText.write(Trying.rendered(template), 0, new Evaluation(Trying.scope())))
                .isEqualTo(value);
    }

    @Test
    void a_failure_begins_with_the_path_of_its_field() {
        JsonNode tree = Trying.json("{\"lines\": [{\"account\": \"{{ trigger.acount }}\"}]}");

        assertThatThrownBy(() -> Trying.template(tree).render(Trying.scope()))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("lines[0].account: trigger.acount is not there");
    }

    @Test
    void every_fault_of_every_text_is_told_at_its_place() {
        JsonNode tree = Trying.json("""
                {"a": "{{ 1 + }} and {{ x.y() }} {% if x %}", "b": ["ok", "{{ x"], "that": "{{ x }}"}""");

        Parsed<?> parsed = Expressions.template(tree, path -> path.equals("that"));

        List<Fault> faults = ((Parsed.Bad<?>) parsed).faults();
        assertThat(faults)
                .extracting(fault -> fault.path() + "@" + fault.offset() + " " + fault.code())
                .containsExactly(
                        "a@7 template_syntax",
                        "a@20 method_call_not_allowed",
                        "a@26 template_statement_not_allowed",
                        "b[1]@4 template_syntax",
                        "that@0 template_syntax");
    }

    @Test
    void expressions_are_listed_with_the_path_of_their_text() {
        JsonNode tree = Trying.json("{\"a\": \"{{ x.y | default(1) }}\", \"b\": [\"no\", \"{{ z }} {{ u }}\"]}");

        assertThat(Trying.template(tree).expressions())
                .extracting(placed -> placed.path() + ": " + placed.expression().source())
                .containsExactly("a: x.y | default(1)", "b[1]: z", "b[1]: u");
    }
}
