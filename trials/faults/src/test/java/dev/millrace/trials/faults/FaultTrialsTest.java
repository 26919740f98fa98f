package dev.millrace.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trials.faults.Report.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each class of faults alone, against four real nodes: nothing is lost, nothing happens twice, nothing is stuck. */
class FaultTrialsTest {
    @ParameterizedTest
    @EnumSource(Profile.class)
    void promises_hold_under(Profile profile) throws InterruptedException {
        Report report = Trials.run(Trial.Plan.of(profile, Trials.SEED), profile.title());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.PASSED);
    }
}
