package dev.millrace.language.check;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.StepOutline;

/** What the language has but this version does not do is refused, never silently ignored. */
final class NotYetRule {
    private final Findings findings;

    NotYetRule(Findings findings) {
        this.findings = findings;
    }

    void check(Outline outline) {
        refuse(outline.workflow().key("concurrency"), "a limit on concurrent executions");
        for (StepOutline step : outline.steps()) {
            refuse(step.spot().key("for_each"), "a step for each item of a list");
        }
    }

    private void refuse(Spot spot, String what) {
        if (spot.isGiven()) {
            findings.error(
                    ProblemCode.NOT_SUPPORTED_YET,
                    spot.path(),
                    "Expected a definition without it but " + spot.shown() + " asks for " + what
                            + ", which this version does not do yet; remove it.");
        }
    }
}
