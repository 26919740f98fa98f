package dev.millrace.language.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.yaml.YamlText.Read;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.10 | 1.10",
                "500000.10 | 500000.10",
                "9999999999999999.99 | 9999999999999999.99",
                "12 | 12",
                "-0x1F | \"-0x1F\"",
                "0x1F | 31",
                "0o17 | 15",
                "017 | 17",
                "1e3 | 1E+3",
                "yes | \"yes\"",
                "on | \"on\"",
                "True | true",
                "~ | null",
                "`12:30:00` | \"12:30:00\"",
                "2026-11-24 | \"2026-11-24\"",
                "'1.10' | \"1.10\"",
                ".inf | \".inf\"",
                "1_000 | \"1_000\"",
            })
    void scalars_are_those_of_the_core_schema(String written, String json) {
        assertThat(tree("a: " + written).document().path("a").toString()).isEqualTo(json);
    }

    @Test
    void every_value_and_key_has_its_place() {
        YamlTree tree = tree("""
                # comment
                workflow:
                  steps:
                    - id: é\uD83D\uDE00a
                      config: { role: CFO, "a.b": [1, two] }

                tests: []
                """);

        assertThat(tree.value("workflow.steps[0]")).isEqualTo(new Mark(4, 7, 35, 5, 45, 87));
        assertThat(tree.key("workflow.steps[0].config.role")).matches(m -> m.line() == 5 && m.column() == 17);
        assertThat(tree.value("workflow.steps[0].config[\"a.b\"][1]"))
                .matches(m -> m.column() == 39 && m.endColumn() == 42);
        assertThat(tree.value("workflow.steps[0].id")).matches(m -> m.column() == 11 && m.endColumn() == 14);
    }

    @Test
    void what_is_not_there_is_placed_at_what_is_around_it() {
        YamlTree tree = tree("a:\n  b: 1\n");

        assertThat(tree.value("a.c[\"d.e\"].f[3]")).isEqualTo(tree.value("a"));
        assertThat(tree.value("x.y")).isEqualTo(tree.value(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain x", "\"quoted \\\" \\u20B9 \\U0001F600 x\"", "'it''s x'", "\uD83D\uDE00 x"})
    void a_character_of_a_text_is_found(String written) {
        String text = "k: " + written + "\n";
        YamlTree tree = tree(text);
        String read = tree.document().path("k").stringValue();

        Mark at = tree.within("k", read, read.indexOf('x'));

        assertThat(at.line()).isEqualTo(1);
        assertThat(at.column()).isEqualTo(text.codePointCount(0, text.indexOf('x')) + 1);
    }

    @Test
    void aliases_are_refused_before_any_is_followed() {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
                + IntStream.range(1, 9)
                        .mapToObj(i -> "%c: &%c [%s]\n"
                                .formatted(
                                        'a' + i,
                                        'a' + i,
                                        "*%c,".formatted('a' + i - 1).repeat(9)))
                        .collect(Collectors.joining());
        YamlText.read("warm: up");

        long start = System.nanoTime();
        List<YamlFault> faults = faults(bomb);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(100));
        assertThat(faults).extracting(YamlFault::code).containsExactly(ProblemCode.YAML_ALIAS_LIMIT);
    }

    @Test
    void nesting_is_limited_without_recursion() {
        assertThat(faults("[".repeat(5000) + "]".repeat(5000)))
                .extracting(f -> f.code() + " " + f.mark().column())
                .containsExactly("YAML_TOO_DEEP 51");
        assertThat(YamlText.read("[".repeat(50) + "]".repeat(50))).isInstanceOf(Read.Tree.class);
    }

    @Test
    void y2_the_longest_text_is_accepted_and_one_byte_more_is_not() {
        String longest = "a: x\n# " + "é".repeat(40) + "\n";
        longest = longest + "# " + "c".repeat(YamlText.MAX_BYTES - bytes(longest) - 2);

        assertThat(bytes(longest)).isEqualTo(262_144);
        assertThat(YamlText.read(longest)).isInstanceOf(Read.Tree.class);
        assertThat(faults(longest + "c")).extracting(YamlFault::code).containsExactly(ProblemCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void one_text_may_be_64_kib_long_and_a_number_200_digits() {
        assertThat(faults("a: " + "x".repeat(65_537)))
                .extracting(YamlFault::code)
                .containsExactly(ProblemCode.TEXT_TOO_LONG);
        assertThat(YamlText.read("a: " + "x".repeat(65_536))).isInstanceOf(Read.Tree.class);
        assertThat(faults("a: " + "1".repeat(201)))
                .extracting(YamlFault::code)
                .containsExactly(ProblemCode.OUT_OF_RANGE);
        assertThat(faults("a: 1e999999999")).extracting(YamlFault::code).containsExactly(ProblemCode.OUT_OF_RANGE);
        assertThat(faults("a: 1e99999999999")).extracting(YamlFault::code).containsExactly(ProblemCode.OUT_OF_RANGE);
    }

    @Test
    void long_keys_around_many_values_do_not_eat_the_memory() {
        String key = "k".repeat(499);

        assertThat(faults(key + ": { " + key + ": [" + "a,".repeat(20_000) + "] }"))
                .extracting(YamlFault::code)
                .containsExactly(ProblemCode.TEXT_TOO_LONG);
    }

    @Test
    void too_many_values_are_refused() {
        assertThat(faults("[" + "a,".repeat(50_001) + "]"))
                .extracting(YamlFault::code)
                .containsExactly(ProblemCode.YAML_TOO_MANY_VALUES);
    }

    @Test
    void a_character_that_nobody_can_read_has_its_place() {
        assertThat(faults("a: b\nc: \u0007"))
                .extracting(
                        f -> f.code() + " " + f.mark().line() + ":" + f.mark().column())
                .containsExactly("YAML_SYNTAX 2:4");
    }

    @Test
    void a_merge_key_is_a_key_like_any_other() {
        assertThat(tree("<<: { a: 1 }").document().toString()).isEqualTo("{\"<<\":{\"a\":1}}");
    }

    private static int bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }

    private static YamlTree tree(String text) {
        Read read = YamlText.read(text);
        assertThat(read).isInstanceOf(Read.Tree.class);
        return ((Read.Tree) read).tree();
    }

    private static List<YamlFault> faults(String text) {
        return switch (YamlText.read(text)) {
            case Read.Tree tree -> tree.faults();
            case Read.Unreadable unreadable -> unreadable.faults();
        };
    }
}
