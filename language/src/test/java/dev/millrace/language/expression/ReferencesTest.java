package dev.millrace.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "a.b.c > 1 + d # a.b.c@0 d@12",
                "a['b'][0].c[-1] # a.b.0.c.-1@0",
                "a[b.c].d # a@0 b.c@2",
                "a.b | default(c) # a.b?@0 c@14",
                "a.b | if_none(0) > 1 # a.b?@0",
                "a.b | upper # a.b@0",
                "(a.b + 1) | default(0) # a.b@1",
                "a.b is defined # a.b?@0",
                "a.b is not none # a.b?@0",
                "a.b is odd # a.b@0",
                "a.b if a.b is not none else 0 # a.b?@0 a.b?@7",
                "0 if a.b is none else a.b # a.b?@5 a.b?@22",
                "a.b if a.b is none else 0 # a.b@0 a.b?@7",
                "a.b if a.b else 0 # a.b?@0 a.b?@7",
                "a.b is defined and a.b > 1 # a.b?@0 a.b?@19",
                "a.b > 1 and a.b is defined # a.b@0 a.b?@12",
                "a.b is none or a.b > 1 # a.b?@0 a.b?@15",
                "a.b is not none and a.c is not none and a.b > a.c # a.b?@0 a.c?@20 a.b?@40 a.c?@46",
                "not (a.b is none) and a.b > 1 # a.b?@5 a.b?@22",
                "a.b and a.b.c # a.b?@0 a.b.c@8",
                "rows | map(attribute='x') | join(s) # rows@0 s@33",
                "rows | selectattr('x', 'gt', a.b) # rows@0 a.b@29",
                "now | date # now@0",
                "[a, {'k': b}, c ~ d, -e, f[g:]] # a@1 b@10 c@14 d@18 e@22 f@25 g@27",
                "1 + 2 # ``",
            })
    void the_paths_that_are_read_are_told_in_order_with_those_that_are_guarded(String expression, String paths) {
        String found = Trying.parsed(expression).references().stream()
                .map(path -> String.join(".", path.path()) + (path.guarded() ? "?" : "") + "@" + path.offset())
                .collect(Collectors.joining(" "));

        assertThat(found).isEqualTo(paths);
    }
}
