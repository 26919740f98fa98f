package dev.millrace.language.expression;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Template;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T1 to T4 of the specification's cases. */
class ReviewCasesTest {
    private static final long KIBIBYTE = 1_024;

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{{ trigger.getClass() }} # method_call_not_allowed # 19",
                "{{ ''.class.forName('x') }} # unknown_name # 6",
                "{{ (1).TYPE }} # unknown_name # 7",
                "{{ trigger['__class__'] }} # unknown_name # 11",
                "{{ trigger.__class__ }} # unknown_name # 11",
            })
    void t1_nothing_of_java_can_be_named(String template, String code, int offset) {
        Fault fault = templateFault(template);

        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.offset()).isEqualTo(offset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trigger['__' ~ 'class__']",
                "trigger['get' ~ 'Class']",
                "trigger[hidden]",
                "[1]['size' ~ '']",
                "[{'_x': 1}] | map(attribute='_' ~ 'x') | first"
            })
    void t1_a_dynamic_key_never_reaches_a_java_object(String expression) {
        assertThat(Trying.failure(expression).code()).isEqualTo("undefined");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in b %}",
                "{% include '/etc/passwd' %}",
                "{% set a = 1 %}",
                "{% raw %}{{ x }}{% endraw %}"
            })
    void t2_statements_are_refused(String template) {
        assertThat(templateFault(template).code()).isEqualTo("template_statement_not_allowed");
    }

    @Test
    void t2_comments_are_dropped() {
        assertThat(Trying.rendered("a{# {{ no }} {% no %} #}b").stringValue()).isEqualTo("ab");
    }

    static Stream<String> greedy() {
        return Stream.of(
                "'a' * 1000000000",
                "range(1000000000)",
                "'a'" + " | upper".repeat(1_000),
                "(".repeat(2_000) + "1" + ")".repeat(2_000),
                "[".repeat(2_000),
                "-".repeat(2_000) + "1",
                "not ".repeat(2_000) + "1",
                "2 ** 999999999",
                "2 ** -999999999",
                "0.5 ** 999999999",
                "10 ** 500 * 10 ** 501",
                "1e999999999999",
                "1e999999 + 1",
                "[1] * 1000000000",
                "'a' * 60000 ~ 'b' * 60000",
                "(['a' * 60000] * 1000) | join",
                "('a' * 60000) | replace('', 'b' * 60000)",
                "('a' * 60000) | replace('a' * 30000 ~ 'b', '')",
                "('a' * 30000 ~ 'b') in 'a' * 60000",
                "(['a' * 60000] * 5000) | sort",
                "(['a' * 60000] * 5000) | map('length') | sum",
                "(['2026-11-24'] * 9000) | map('add_working_days', 90000) | map('date') | join",
                "1 + ".repeat(900) + "1",
                "x" + ".y".repeat(900),
                "'" + "x".repeat(9_000) + "'",
                "1 if 1 else ".repeat(120) + "1");
    }

    @ParameterizedTest
    @MethodSource("greedy")
    void t3_what_would_need_too_much_is_refused_at_once(String expression) {
        assertThat(code(expression)).isIn("template_limit", "method_call_not_allowed");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fastest = Long.MAX_VALUE;
        long smallest = Long.MAX_VALUE;

        for (int i = 0; i < 5; i++) {
            long memory = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            code(expression);
            fastest = Math.min(fastest, System.nanoTime() - start);
            smallest = Math.min(smallest, threads.getCurrentThreadAllocatedBytes() - memory);
        }

        assertThat(NANOSECONDS.toMillis(fastest)).as("ms").isLessThanOrEqualTo(50);
        assertThat(smallest / KIBIBYTE).as("KiB").isLessThanOrEqualTo(KIBIBYTE);
    }

    @ParameterizedTest
    @MethodSource("deepest")
    void t3_the_deepest_expression_allowed_fits_on_a_small_stack(String expression) throws Exception {
        AtomicReference<String> outcome = new AtomicReference<>("");

        Thread thread = new Thread(null, () -> outcome.set(code(expression)), "small stack", 512 * KIBIBYTE);
        thread.start();
        thread.join();

        assertThat(outcome.get()).isNotEmpty().isNotEqualTo("template_limit");
    }

    static Stream<String> deepest() {
        return Stream.of(
                "1 + ".repeat(498) + "1",
                "'a'" + " | upper".repeat(498),
                "1 and ".repeat(498) + "1",
                "(".repeat(98) + "1" + ")".repeat(98),
                "[".repeat(98) + "-1" + "]".repeat(98),
                "1 if 0 else ".repeat(98) + "1");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1 + 0.2,0.3",
        "9999999999999999.99 + 0.01,10000000000000000.00",
        "(10 / 3) | round(2),3.33",
    })
    void t4_money_is_exact(String expression, String value) {
        assertThat(Trying.value(expression)).isEqualTo(value);
    }

    @Test
    void t4_a_text_and_a_number_have_no_order() {
        assertThat(Trying.failure("\"5\" < 5").code()).isEqualTo("type_error");
    }

    private static Fault templateFault(String template) {
        return switch (Expressions.template(Values.JSON.stringNode(template), path -> false)) {
            case Parsed.Good<Template> good -> throw new AssertionError("accepted: " + template);
            case Parsed.Bad<Template> bad -> bad.faults().getFirst();
        };
    }

    private static String code(String expression) {
        return switch (Expressions.expression(expression)) {
            case Parsed.Bad<Expression> bad -> bad.faults().getFirst().code();
            case Parsed.Good<Expression> good -> {
                try {
                    yield String.valueOf(good.value().evaluate(Trying.scope()));
                } catch (EvaluationException failure) {
                    yield failure.code();
                }
            }
        };
    }
}
