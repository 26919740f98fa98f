package dev.millrace.language.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Policies;
import dev.millrace.language.Problem;
import dev.millrace.language.Reading;
import dev.millrace.language.check.TestCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readings word by word. Set the system property {@code readings.write} to {@code src/test/resources/readings} to write
 * them anew; then read each aloud before you keep it.
 */
class GoldenReadingTest {
    private static final Catalogue CATALOGUE = TestCatalogue.with(
            TestCatalogue.everything(),
            new Policies(
                    false,
                    false,
                    List.of(),
                    List.of(),
                    List.of("hooks.example.com"),
                    false,
                    Set.of("reject"),
                    false,
                    BigDecimal.ZERO));

    @ParameterizedTest
    @MethodSource("dev.millrace.language.check.TestCatalogue#templates")
    void a_template_reads_as_it_was_approved(String name) throws IOException {
        assertThatReads(name, TestCatalogue.template(name));
    }

    /** Between them they hold every construct of the language that the templates do not use. */
    @ParameterizedTest
    @ValueSource(strings = {"constructs/starts", "constructs/manual", "constructs/approvals"})
    void every_construct_reads_as_it_was_approved(String name) throws IOException {
        assertThatReads(name, resource(name + ".yaml").orElseThrow());
    }

    private static void assertThatReads(String name, String yaml) throws IOException {
        Checked checked = Checker.check(yaml, CATALOGUE);
        assertThat(checked.problems())
                .as("a definition that is valid, but for what policy forbids")
                .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR
                        && !problem.code().equals("auto_approval_forbidden"));

        String text = Reading.of(Checker.rebuild(yaml, CATALOGUE.actions()), CATALOGUE)
                .text();

        Optional<String> folder = Optional.ofNullable(System.getProperty("readings.write"));
        if (folder.isPresent()) {
            Files.writeString(Path.of(folder.get(), name + ".txt"), text);
        }
        assertThat(text).isEqualTo(resource(name + ".txt").orElse(""));
    }

    private static Optional<String> resource(String name) throws IOException {
        try (InputStream in = GoldenReadingTest.class.getResourceAsStream("/readings/" + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
