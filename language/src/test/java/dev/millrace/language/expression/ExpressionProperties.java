package dev.millrace.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Assertions;

class ExpressionProperties {

    @Property(tries = 500)
    void arithmetic_agrees_with_exact_decimals(
            @ForAll @BigRange(min = "-999999999999", max = "999999999999") @Scale(4) BigDecimal a,
            @ForAll @BigRange(min = "-999999999999", max = "999999999999") @Scale(4) BigDecimal b) {
        assertThat(number(a, "+", b)).isEqualByComparingTo(a.add(b));
        assertThat(number(a, "-", b)).isEqualByComparingTo(a.subtract(b));
        assertThat(number(a, "*", b)).isEqualByComparingTo(a.multiply(b));
        if (b.signum() != 0) {
            assertThat(number(a, "/", b)).isEqualByComparingTo(a.divide(b, Numbers.CONTEXT));
            assertThat(number(a, "//", b).multiply(b).add(number(a, "%", b))).isEqualByComparingTo(a);
            assertThat(number(a, "%", b).signum()).isIn(0, b.signum());
        }
    }

    @Property(tries = 300)
    void a_number_in_a_text_is_written_as_it_was(@ForAll @Scale(8) BigDecimal a) {
        String text = Trying.parsed("(" + a.toPlainString() + ") ~ ''")
                .evaluate(Trying.scope())
                .stringValue();

        assertThat(text).isEqualTo(a.toPlainString());
    }

    @Property(tries = 2_000)
    void any_text_is_parsed_or_refused_in_time_and_never_throws(@ForAll("soup") String text) {
        Assertions.assertTimeout(Duration.ofMillis(500), () -> {
            switch (Expressions.expression(text)) {
                case Parsed.Good<Expression> good -> evaluate(good.value());
                case Parsed.Bad<Expression> bad ->
                    assertThat(bad.faults()).allSatisfy(fault -> {
                        assertThat(fault.message()).startsWith("Expected ").contains(", but ");
                        assertThat(fault.offset()).isBetween(0, text.length());
                    });
            }
            Expressions.template(Values.JSON.stringNode(text), path -> false);
        });
    }

    private static void evaluate(Expression expression) {
        try {
            assertThat(expression.evaluate(Trying.scope()).isMissingNode()).isFalse();
        } catch (EvaluationException refused) {
            assertThat(refused.code()).isIn("undefined", "type_error", "template_limit", "template_error");
        }
    }

    @Provide
    Arbitrary<String> soup() {
        Arbitrary<String> token = Arbitraries.of(List.of(
                "trigger",
                ".",
                "count",
                "lines",
                "words",
                "[",
                "]",
                "(",
                ")",
                "{",
                "}",
                "{{",
                "}}",
                "{%",
                "{#",
                "#}",
                "'a'",
                "\"",
                "'",
                "\\",
                "1",
                "0",
                "2.5",
                "1e9",
                "-",
                "+",
                "*",
                "**",
                "/",
                "//",
                "%",
                "~",
                "|",
                "if",
                "else",
                "and",
                "or",
                "not",
                "in",
                "is",
                "defined",
                "none",
                "odd",
                "<",
                "==",
                ",",
                ":",
                "=",
                "upper",
                "join",
                "map",
                "select",
                "'upper'",
                "attribute",
                "sort",
                "default",
                "round",
                "date",
                "money",
                "truncate",
                "_x",
                "é",
                "💥",
                "\n"));
        Arbitrary<String> characters = Arbitraries.strings().ofMaxLength(40);
        return Arbitraries.oneOf(token.list().ofMaxSize(30).map(list -> String.join(" ", list)), characters);
    }

    private static BigDecimal number(BigDecimal a, String operator, BigDecimal b) {
        return Trying.parsed("(" + a.toPlainString() + ")" + operator + "(" + b.toPlainString() + ")")
                .evaluate(Trying.scope())
                .decimalValue();
    }
}
