package dev.millrace.language.check;

import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.WaitKey;
import dev.millrace.language.check.Outline.ActionUse;

/** A wait for an event is found by a value that the event must have, and not by trying every wait. */
final class WaitRule {
    private final Findings findings;

    WaitRule(Findings findings) {
        this.findings = findings;
    }

    void check(ActionUse use) {
        if (use.action().is("core.wait_for_event")) {
            Spot match = use.config().key("match");
            match.text().ifPresent(text -> check(match, text));
        }
    }

    private void check(Spot match, String text) {
        if (Expressions.expression(text) instanceof Parsed.Good<Expression> good
                && WaitKey.of(good.value()).isEmpty()) {
            findings.error(
                    ProblemCode.WAIT_MATCH_TOO_BROAD,
                    match.path(),
                    "Expected a condition that contains 'event.<field> == <a value known when the wait begins>', joined to"
                            + " the rest by 'and', at " + match.shown() + " but got " + Say.quoted(text)
                            + "; without one every event would have to be tried against every wait.");
        }
    }
}
