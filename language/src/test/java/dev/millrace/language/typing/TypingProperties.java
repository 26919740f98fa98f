package dev.millrace.language.typing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expression;
import dev.millrace.language.Problem.Severity;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Assertions;

class TypingProperties {

    @Property(tries = 3_000)
    void an_expression_without_findings_never_fails_by_the_type_of_a_value(@ForAll long seed, @ForAll long payload) {
        String source = new TypedExpressions(seed).next();
        Typing typing = Sample.typing(source);
        boolean clean = typing.findings().stream()
                .allMatch(finding -> finding.code().code().equals("currencies_differ"));
        Statistics.label("clean").collect(clean);
        Statistics.label("clean").coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 30);
            coverage.check(false).percentage(share -> share > 15);
        });
        if (!clean) {
            return;
        }
        try {
            var value = Sample.parsed(source).evaluate(new Payloads(payload).scope());
            assertThat(fits(value, typing.type())).as(source + " gave " + value).isTrue();
        } catch (EvaluationException failure) {
            assertThat(failure.code()).as(source + ": " + failure.getMessage()).isNotIn("type_error", "undefined");
        }
    }

    /** What comes out is of the type that was foretold. */
    private static boolean fits(tools.jackson.databind.JsonNode value, Type type) {
        return switch (type) {
            case Type.Unknown any -> true;
            case Type.None none -> value.isNull();
            case Type.Truth truth -> value.isBoolean();
            case Type.Decimal number ->
                value.isNumber()
                        && (!number.whole()
                                || value.decimalValue().stripTrailingZeros().scale() <= 0);
            case Type.Text text ->
                value.isString() && (text.words().isEmpty() || text.words().contains(value.stringValue()));
            case Type.Items items -> value.isArray() && value.valueStream().allMatch(item -> fits(item, items.item()));
            case Type.Mapping map -> value.isObject();
            case Type.Maybe maybe -> value.isNull() || fits(value, maybe.type());
        };
    }

    /** The tests of the package {@code expression} make any text: typing it fails never, and ends soon. */
    @Property(tries = 2_000)
    void any_expression_has_a_type_in_time_and_its_findings_point_into_it(@ForAll long seed) {
        String source = new TypedExpressions(seed).next();
        Expression expression = Sample.parsed(source);

        Typing typing = Assertions.assertTimeout(
                Duration.ofMillis(500), () -> Typing.of(expression, Sample.scope(Declared.NORMALISED)));

        assertThat(typing.findings()).allSatisfy(finding -> {
            assertThat(finding.at().offset()).isBetween(0, source.length() - 1);
            assertThat(finding.at().offset() + finding.at().length()).isBetween(1, source.length());
            assertThat(finding.at().in(source)).isNotBlank();
            assertThat(finding.expected()).isNotBlank();
            assertThat(finding.found()).isNotBlank().doesNotEndWith(".");
        });
        assertThat(typing.findings().stream().filter(f -> f.severity() == Severity.WARNING))
                .allSatisfy(f -> assertThat(f.code().code()).isIn("possibly_none", "currencies_differ"));
    }

    /** Nothing is known: then nothing is said, but of what fails whatever it is. */
    @Property(tries = 500)
    void of_what_is_not_known_nothing_is_missing_or_unknown(@ForAll long seed) {
        String source = new TypedExpressions(seed).next();

        assertThat(Typing.of(Sample.parsed(source), TypeScope.EMPTY).findings())
                .allSatisfy(finding -> assertThat(finding.code().code()).isIn("type_mismatch"));
    }
}
