package dev.millrace.language;

import dev.millrace.language.check.Check;
import java.util.List;
import java.util.Optional;

/** Runs the {@code tests} that stand beside a definition: what saving runs too. */
public final class DefinitionTests {
    private DefinitionTests() {}

    /**
     * What became of the tests of one text.
     *
     * @param problems everything that is wrong with the text, in its order, failures of tests included; warnings too
     * @param ran false: the text has errors beside its tests, so none was run
     * @param tests in the order of the text; those for which no time was left are missing
     */
    public record Tested(List<Problem> problems, boolean ran, List<Test> tests) {
        public Tested {
            problems = List.copyOf(problems);
            tests = List.copyOf(tests);
        }

        public boolean passed() {
            return problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
        }
    }

    /**
     * One test.
     *
     * @param failures each with its place: {@code test_failed}, or what is wrong with the test itself
     * @param simulated what came; empty when the test itself is wrong
     */
    public record Test(String name, List<Problem> failures, Optional<Simulated> simulated) {
        public Test {
            failures = List.copyOf(failures);
        }

        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /** Never throws, whatever the text. */
    public static Tested run(String yaml, Catalogue catalogue) {
        return Check.tests(yaml, catalogue);
    }
}
