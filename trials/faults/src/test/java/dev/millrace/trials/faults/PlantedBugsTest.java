package dev.millrace.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trials.faults.Report.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R27, the alarm works: each planted bug turns the trial of its class of faults red, by the invariant that is meant. */
class PlantedBugsTest {
    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void R27_the_suite_finds(PlantedBug bug) throws InterruptedException {
        Report report =
                Trials.run(Trial.Plan.of(bug, Trials.SEED), "bug-" + bug.name().toLowerCase(java.util.Locale.ROOT));

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.VIOLATED);
        assertThat(report.violated())
                .as(report.text())
                .extracting(Report.Finding::name)
                .contains(bug.invariant());
    }
}
