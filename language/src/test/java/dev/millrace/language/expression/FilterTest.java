package dev.millrace.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own filters and the places where a filter of Jinja2 needs a word; the rest is compared with the real one. */
class FilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "none | if_none(1) # 1",
                "0 | if_none(1) # 0",
                "'' | if_none(1) # \"\"",
                "trigger.nothing | if_none(1) # 1",
                "none | default(1) # null",
                "none | default(1, true) # 1",
                "trigger.supplier_email | d('x', boolean=true) # \"x\"",
                "trigger.id | default(trigger.nothing) # \"7f\"",
                "none | upper # \"\"",
                "true | upper # \"TRUE\"",
                "[1, none, true] | join('-') # \"1--true\"",
                "{'b': [1.50, none], 'a': '<\"'} | tojson # \"{\\\"b\\\": [1.50, null], \\\"a\\\": \\\"<\\\\\\\"\\\"}\"",
                "[1, {}] | tojson(indent=1) # \"[\\n 1,\\n {}\\n]\"",
                "[1.0, 1, '1', true, none, [1], [1]] | unique # [1.0, \"1\", true, null, [1]]",
                "trigger.lines | sum(attribute='amount') # 123.15",
                "trigger.lines | selectattr('amount', 'gt', 10) | map(attribute='account') # [\"5100\", \"5200\"]",
                "trigger.lines | map(attribute='tags.0', default='-') # [\"a\", \"-\", \"b\"]",
                "trigger.lines | map(attribute='tags') | map('length') # [1, 0, 2]",
                "trigger.words | sort # [\"Apple\", \"fig\", \"pear\"]",
                "trigger.notes | list # [\"a\"]",
                "[] | first | default('none') # \"none\"",
                "2.5 | round # 2",
                "3.5 | round # 4",
                "2.345 | round(2) # 2.34",
                "5 | round(2) # 5.00",
                "'0x1f' | int(base=16) # 31",
                "'x' | int('no') # \"no\"",
                "1234 | round(-2) ~ '' # \"1200\"",
                "'\u00a0a' | trim # \"a\"",
            })
    void a_filter_gives_what_jinja_means_by_it(String expression, String value) {
        assertThat(Trying.value(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "1234567.5 | money # ₹12,34,567.50",
                "100 | money # ₹100.00",
                "'-100000' | money # -₹1,00,000.00",
                "0.125 | money # ₹0.13",
                "-0.001 | money # ₹0.00",
                "1234567.5 | money('USD') # USD 1,234,567.50",
                "1234.5 | money(currency='JPY') # JPY 1,235",
                "1 | money('KWD') # KWD 1.000",
                "123456789012 | money # ₹1,23,45,67,89,012.00",
            })
    void money_is_written_as_people_of_its_country_do(String expression, String text) {
        assertThat(Trying.value(expression)).isEqualTo("\"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "trigger.due | date # 30 Nov 2026",
                "trigger.at | date('dd.MM.yyyy HH:mm') # 01.12.2026 01:30",
                "'2026-11-24T10:00:00' | date('HH:mm') # 10:00",
                "'2026-11-24T10:00:00-02:00' | date('HH:mm') # 17:30",
                "trigger.due | add_days(1) # 2026-12-01",
                "trigger.due | add_days(-30) # 2026-10-31",
                "trigger.at | add_days(1) # 2026-12-01T20:00:00.000000Z",
                "'2026-11-27' | add_working_days(1) # 2026-11-30",
                "'2026-11-27' | add_working_days(6) # 2026-12-07",
                "'2026-11-28' | add_working_days(1) # 2026-11-30",
                "'2026-11-28' | add_working_days(0) # 2026-11-28",
                "'2026-11-30' | add_working_days(-1) # 2026-11-27",
                "'2026-11-29' | add_working_days(-5) # 2026-11-23",
                "'2026-11-27' | add_working_days(5) # 2026-12-04",
            })
    void a_date_is_read_in_the_zone_of_the_tenant(String expression, String text) {
        assertThat(Trying.value(expression)).isEqualTo("\"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "trigger.due | days_until,6",
                "'2026-11-23' | days_until,-1",
                "now | days_until,0",
                "trigger.at | days_until,7"
            })
    void days_until_counts_whole_days_of_the_tenant(String expression, String days) {
        assertThat(Trying.value(expression)).isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "none | money # type_error",
                "1 | money('XXY') # template_error",
                "'soon' | date # type_error",
                "'2026-02-30' | date # type_error",
                "trigger.due | date('bogus{') # template_error",
                "'a' | abs # type_error",
                "3 | join # type_error",
                "[1, 'a'] | sort # type_error",
                "['a'] | sum # type_error",
                "trigger.lines | map(attribute='nothing') # undefined",
                "trigger.lines | sort(attribute='_class') # undefined",
                "[] | min # undefined",
                "'abc' | truncate(2) # template_error",
                "1 | round(0.5) # type_error",
                "trigger.due | add_days(1000000) # template_limit",
            })
    void a_value_that_does_not_fit_is_told_with_what_was_expected(String expression, String code) {
        var failure = Trying.failure(expression);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.offset()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "a | map # template_syntax",
                "a | map('nope') # unknown_filter",
                "a | map(upper) # template_syntax",
                "a | select('nope') # unknown_test",
                "a | selectattr # template_syntax",
                "a | join(sep=1) # template_syntax",
                "a | replace('x') # template_syntax",
                "a | if_none # template_syntax",
                "a | map(attribute='x').y # template_syntax",
            })
    void arguments_that_do_not_fit_are_faults_when_the_definition_is_saved(String expression, String code) {
        assertThat(Trying.fault(expression).code()).isEqualTo(code);
    }
}
