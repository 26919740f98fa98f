package dev.millrace.language.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Change;
import dev.millrace.language.Checker;
import dev.millrace.language.Differences;
import dev.millrace.language.check.TestCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told about each kind of change; the table is {@code differences/changes.txt}. */
class DifferencesTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();

    record Row(String from, String to, List<String> told) {
        @Override
        public String toString() {
            return from.strip().lines().findFirst().orElse("") + " -> " + to.strip().lines().findFirst().orElse("");
        }
    }

    static Stream<Row> rows() throws IOException {
        return Stream.of(resource("changes.txt").split("\n\n", -1))
                .map(DifferencesTest::row)
                .filter(row -> !row.from().isEmpty());
    }

    private static Row row(String block) {
        List<String> told = new ArrayList<>();
        StringBuilder from = new StringBuilder();
        StringBuilder to = new StringBuilder();
        for (String line : block.lines().toList()) {
            if (line.startsWith("- ")) {
                from.append(from.isEmpty() ? "" : "\n").append(line.substring(2));
            } else if (line.startsWith("+ ")) {
                to.append(to.isEmpty() ? "" : "\n").append(line.substring(2));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                told.add(line);
            }
        }
        return new Row(from.toString(), to.toString(), told);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_change_is_told_in_words(Row row) throws IOException {
        String before = resource("before.yaml");
        assertThat(before).contains(row.from());

        List<String> told = told(before, before.replace(row.from(), row.to()));

        assertThat(told).isEqualTo(row.told());
    }

    private static List<String> told(String before, String after) {
        return Differences.between(
                        Checker.rebuild(before, CATALOGUE.actions()),
                        Checker.rebuild(after, CATALOGUE.actions()),
                        CATALOGUE)
                .stream()
                .map(DifferencesTest::line)
                .toList();
    }

    private static String line(Change change) {
        return String.join(
                " | ",
                change.kind().name(),
                change.path(),
                change.step().orElse("-"),
                change.weakens() ? "weakens" : "-",
                change.words());
    }

    private static String resource(String name) throws IOException {
        String path = "/differences/" + name;
        try (InputStream in = Objects.requireNonNull(DifferencesTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
