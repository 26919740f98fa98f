package dev.millrace.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "trigger.total_amount > 500000 # true",
                "{{ trigger.po_number }} # \"PO-17\"",
                "trigger.supplier_email is not none # false",
                "trigger.supplier_email | if_none('no') # \"no\"",
                "trigger.nothing | default('no') # \"no\"",
                "trigger.lines[0].account # \"5100\"",
                "trigger.lines[-1]['amount'] # 3.05",
                "trigger[key] # \"Asha Steel\"",
                "trigger.words[1:] # [\"Apple\", \"fig\"]",
                "trigger.words[::-1] # [\"fig\", \"Apple\", \"pear\"]",
                "'héllo'[1:3] # \"él\"",
                "'abc'[-1] # \"c\"",
                "1 < 2 < 3 # true",
                "1 < 3 < 2 # false",
                "0 or 'x' # \"x\"",
                "0 and 'x' # 0",
                "not 1 == 2 # true",
                "2 in [1, 2] and 'a' not in 'bcd' # true",
                "'id' in trigger # true",
                "1 if false else 2 if true else 3 # 2",
                "-2 ** 2 # 4",
                "2 ** 3 ** 2 # 64",
                "1 ~ 2 * 3 # \"16\"",
                "-7 // 2 # -4",
                "-7 % 2 # 1",
                "7 % -2 # -1",
                "1 / 4 # 0.25",
                "10 / 3 # 3.333333333333333333333333333333333",
                "1.50 ~ '' # \"1.50\"",
                "1e3 ~ '' # \"1000\"",
                "1_000 + 1 # 1001",
                "'a' * 3 + 'b' # \"aaab\"",
                "[1] + [2] # [1, 2]",
                "[1, 2] * 2 # [1, 2, 1, 2]",
                "(1, 2) # [1, 2]",
                "() # []",
                "{'a': {'b': [1,]}} # {\"a\": {\"b\": [1]}}",
                "{'a': 1}.a # 1",
                "'1' == 1 # false",
                "true == 1 # false",
                "1.0 == 1 # true",
                "[1, {'a': 2}] == [1.0, {'a': 2.00}] # true",
                "'a' 'b' # \"ab\"",
                "'it\\'s' # \"it's\"",
                "'\\u20b9' # \"₹\"",
                "4 is divisibleby 2 and 3 is odd # true",
                "none ~ 'x' ~ true # \"xtrue\"",
                "now # \"2026-11-24T04:52:55.000000Z\"",
            })
    void an_expression_gives_what_jinja_means_by_it(String expression, String value) {
        assertThat(Trying.value(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "none,false",
        "0,false",
        "0.00,false",
        "'''''',false",
        "[],false",
        "{},false",
        "'''0''',true",
        "[0],true"
    })
    void a_condition_is_read_as_jinja_reads_it(String condition, boolean holds) {
        assertThat(Trying.parsed(condition).holds(Trying.scope())).isEqualTo(holds);
    }

    @Test
    void an_undefined_field_is_named_with_what_is_there() {
        var failure = Trying.failure("1 + trigger.supplier.nmae");

        assertThat(failure.code()).isEqualTo("undefined");
        assertThat(failure.offset()).isEqualTo(20);
        assertThat(failure)
                .hasMessageStartingWith("trigger.supplier.nmae is not there; trigger.supplier has name, city");
    }

    @ParameterizedTest
    @CsvSource({
        "nothing",
        "trigger.nothing",
        "trigger.nothing.more",
        "trigger.supplier_email.host",
        "trigger.lines[9]",
        "1 if false",
        "trigger[hidden]",
        "trigger.count.real"
    })
    void what_is_not_there_is_an_error(String expression) {
        assertThat(Trying.failure(expression).code()).isEqualTo("undefined");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"'1' < 1", "1 + 'a'", "none + 1", "{} < {}", "1 in 'abc'", "true + 1", "2 ** 0.5", "-'a'", "{1: 2}"
            })
    void operands_that_do_not_fit_are_an_error(String expression) {
        assertThat(Trying.failure(expression).code()).isEqualTo("type_error");
    }

    @Test
    void a_division_by_zero_is_an_error_with_advice() {
        assertThat(Trying.failure("1 / (1 - 1)"))
                .hasMessage("Expected a divisor other than 0, but it is 0; test it first: a / b if b != 0 else 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "1 + # template_syntax # 3",
                "1 2 # template_syntax # 2",
                "'abc # template_syntax # 0",
                "(1 # template_syntax # 2",
                "a.b( # method_call_not_allowed # 3",
                "{{ range(3) }} # method_call_not_allowed # 8",
                "('a' | string)() # method_call_not_allowed # 14",
                "{% if a %} # template_statement_not_allowed # 0",
                "_x # unknown_name # 0",
                "a._x # unknown_name # 2",
                "a['_x'] # unknown_name # 2",
                "a | uper # unknown_filter # 4",
                "a is stringy # unknown_test # 5",
                "a is odd is even # template_syntax # 9",
                "a $ b # template_syntax # 2",
                "3a # template_syntax # 1",
                "a | default(1, 2, 3) # template_syntax # 18",
            })
    void a_fault_has_its_code_and_place(String expression, String code, int offset) {
        var fault = Trying.fault(expression);

        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.offset()).isEqualTo(offset);
        assertThat(fault.message()).startsWith("Expected ").contains(", but ");
    }

    @Test
    void a_mistyped_name_is_answered_with_the_nearest_one() {
        assertThat(Trying.fault("a | defualt(1)").message()).endsWith("did you mean 'default'?");
    }
}
