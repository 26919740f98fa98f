package dev.millrace.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trials.faults.Report.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R27, the alarm works: each planted bug turns the trial of its class of faults red, by the invariant that is meant. */
class PlantedBugsTest {
    /** A frozen node does harm only if it wakes while it writes: now and then a trial has no such moment. */
    private static final int TRIALS_MAX = 3;

    @ParameterizedTest
    // Without limits of sessions a trial waits for minutes until somebody gives up: not in every build.
    @EnumSource(value = PlantedBug.class, mode = EnumSource.Mode.EXCLUDE, names = "NO_SESSION_LIMITS")
    void R27_the_suite_finds(PlantedBug bug) throws InterruptedException {
        String name = "bug-" + bug.name().toLowerCase(java.util.Locale.ROOT);
        Report report = Trials.run(Trial.Plan.of(bug, Trials.SEED), name);
        for (int more = 1; more < TRIALS_MAX && !isFound(bug, report); more++) {
            report = Trials.run(Trial.Plan.of(bug, Trials.SEED + more), name);
        }

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.VIOLATED);
        assertThat(report.violated())
                .as(report.text())
                .extracting(Report.Finding::name)
                .containsAnyElementsOf(bug.invariants());
    }

    private static boolean isFound(PlantedBug bug, Report report) {
        return report.violated().stream().map(Report.Finding::name).anyMatch(bug.invariants()::contains);
    }
}
