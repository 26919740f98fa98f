package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.DefinitionTests.Tested;
import dev.millrace.language.Simulated.Ran;
import dev.millrace.language.StepState.Status;
import dev.millrace.language.check.TestCatalogue;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests in the templates: they pass, and together they run every step and every handler. */
class TemplateTestsTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();

    @ParameterizedTest
    @MethodSource("dev.millrace.language.check.TestCatalogue#templates")
    void every_template_passes_its_tests_which_run_every_step_and_handler(String name) {
        String yaml = TestCatalogue.template(name);

        Tested tested = DefinitionTests.run(yaml, CATALOGUE);

        assertThat(tested.problems())
                .filteredOn(p -> p.severity() == Problem.Severity.ERROR)
                .isEmpty();
        assertThat(tested.tests()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(tested.tests()).allMatch(DefinitionTests.Test::passed);
        assertThat(ran(tested)).as("what the tests run").containsAll(units(yaml));
    }

    private static Set<String> ran(Tested tested) {
        var ran = new TreeSet<String>();
        for (DefinitionTests.Test test : tested.tests()) {
            for (Ran unit : test.simulated().orElseThrow().units().values()) {
                if (unit.status() == Status.COMPLETED || unit.status() == Status.FAILED) {
                    ran.add(unit.unit());
                }
            }
        }
        return ran;
    }

    private static Set<String> units(String yaml) {
        Definition definition = ((Checked.Valid) Checker.check(yaml, CATALOGUE)).definition();
        var units = new TreeSet<String>();
        for (Step step : definition.steps()) {
            units.add(step.id());
            for (int n = 0; n < step.onError().list().size(); n++) {
                units.add(Planner.onErrorId(step.id(), n));
            }
        }
        return units;
    }
}
