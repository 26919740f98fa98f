package dev.millrace.language.typing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.Operations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypingTest {

    record Row(String expression, String type, String findings) {
        @Override
        public String toString() {
            return expression;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_type_of_an_expression_and_what_is_wrong_with_it(Row row) {
        Typing typing = Sample.typing(row.expression());

        assertThat(Sample.shown(typing.type())).isEqualTo(row.type());
        assertThat(Sample.shown(row.expression(), typing.findings())).isEqualTo(row.findings());
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(TypingTest.class.getResourceAsStream("rows.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("!")).map(TypingTest::row).toList().stream();
        }
    }

    private static Row row(String line) {
        List<String> parts = List.of(line.split(" #", -1));
        assertThat(parts).as(line).hasSize(3);
        return new Row(parts.get(0), parts.get(1).strip(), parts.get(2).strip());
    }

    @Test
    void the_table_of_signatures_knows_every_filter_and_test_with_as_many_parameters() {
        assertThat(Operations.filters().keySet())
                .allSatisfy(name -> assertThat(Signatures.knows(name, true))
                        .as("filter " + name)
                        .isTrue());
        assertThat(Operations.tests().keySet())
                .allSatisfy(name -> assertThat(Signatures.knows(name, false))
                        .as("test " + name)
                        .isTrue());
        assertThat(Operations.filters().values())
                .allSatisfy(filter -> assertThat(
                                Signatures.filter(new dev.millrace.language.expression.Node.Call(filter, List.of(), 0))
                                        .parameters())
                        .as("parameters of " + filter.name())
                        .hasSameSizeAs(filter.parameters()));
    }

    /** Fields that nobody completes may be not there at all: those default replaces. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "trigger.email # text?? # ",
                "trigger.email | default('x') # text # ",
                "trigger.email | default('x') | upper # text # ",
                "trigger.email | upper # text # possibly_none `email`",
                "trigger.margin + 1 # number # possibly_none `margin`",
                "trigger.margin | d(0) + 1 # number # ",
            })
    void what_came_in_without_being_completed_is_replaced_by_default(String source, String type, String findings) {
        Expression expression = Sample.parsed(source);
        Typing typing = Typing.of(expression, Sample.scope(Declared.AS_GIVEN));

        assertThat(Sample.shown(typing.type())).isEqualTo(type);
        assertThat(Sample.shown(source, typing.findings())).isEqualTo(Objects.requireNonNullElse(findings, ""));
    }

    /** What a condition proves of the paths that it reads. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "trigger.email is not none # trigger trigger.email",
                "trigger.email # trigger trigger.email",
                "not trigger.email # trigger",
                "trigger.margin > 5 # trigger trigger.margin",
                "trigger.margin | if_none(0) > 5 # trigger trigger.margin",
                "trigger.margin | if_none(9) > 5 # trigger",
                "5 < trigger.margin | if_none(0) # trigger trigger.margin",
                "trigger.email == 'x' # trigger trigger.email",
                "trigger.email != 'x' # trigger",
                "trigger.email in ['x', 'y'] # trigger trigger.email",
                "trigger.email is none or trigger.margin > 1 # trigger",
                "trigger.email is not none or trigger.email == 'x' # trigger trigger.email",
                "trigger.a is not none and trigger.b is not none # trigger trigger.a trigger.b",
                "steps.a.status == 'completed' # steps steps.a steps.a.output steps.a.status",
                "'completed' == steps.a.status # steps steps.a steps.a.output steps.a.status",
                "steps.a.status == 'skipped' # steps steps.a steps.a.status",
                "steps.a.output.x is not none # steps steps.a steps.a.output steps.a.output.x",
                "trigger.contact.name == 'x' # trigger trigger.contact trigger.contact.name",
                "trigger.tags | length > 0 # trigger trigger.tags",
                "trigger.margin | round is odd # trigger trigger.margin",
                "(trigger.margin | if_none(false)) # trigger trigger.margin",
                "1 < trigger.margin < 5 # trigger trigger.margin",
            })
    void a_condition_that_held_proves_that_paths_have_values(String condition, String paths) {
        List<String> proven = Typing.presentWhenTrue(Sample.parsed(condition)).stream()
                .map(path -> String.join(".", path))
                .sorted()
                .toList();

        assertThat(String.join(" ", proven)).isEqualTo(paths);
    }
}
