package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.ActionType.Kind;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.DeadlineOutline;
import dev.millrace.language.check.Outline.StepOutline;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Limits of attempts, and deadlines of waits. */
final class TimingRule {
    /** A local action holds a database connection and locks. */
    static final Duration LONGEST_LOCAL = Duration.ofSeconds(20);

    /** An external call holds its lease. */
    static final Duration LONGEST_EXTERNAL = Duration.ofHours(1);

    /** They settle the request: there is nothing left to wait for. */
    private static final Set<String> SETTLING = Set.of("erp.approval.escalate", "erp.approval.auto_approve");

    private final Findings findings;

    TimingRule(Findings findings) {
        this.findings = findings;
    }

    void check(StepOutline step) {
        step.use().type().ifPresent(type -> {
            timeout(step, type);
            onTimeout(step, type);
        });
        increasing(step);
        step.deadlines().forEach(this::thenContinue);
    }

    private void timeout(StepOutline step, ActionType type) {
        Spot timeout = step.spot().key("timeout");
        if (!timeout.isGiven()) {
            return;
        }
        switch (type.kind()) {
            case WAITING ->
                findings.errorAtKey(
                        ProblemCode.TIMEOUT_NOT_ALLOWED,
                        timeout.path(),
                        "Expected on_timeout but got timeout at " + timeout.shown() + ": '" + type.name()
                                + "' waits for people or events; write on_timeout with after and action.",
                        Optional.of("on_timeout"),
                        Optional.empty());
            case LOCAL -> limit(step, timeout, LONGEST_LOCAL, "20s", "runs inside the ERP");
            case EXTERNAL -> limit(step, timeout, LONGEST_EXTERNAL, "1h", "calls another system");
        }
    }

    private void limit(StepOutline step, Spot timeout, Duration longest, String shown, String why) {
        if (step.timeout().filter(t -> t.compareTo(longest) > 0).isPresent()) {
            findings.error(
                    ProblemCode.TIMEOUT_TOO_LONG,
                    timeout.path(),
                    Say.expected("at most " + shown, timeout.shown(), timeout.node(), Optional.empty()) + " The action "
                            + why + ".",
                    Optional.of(shown));
        }
    }

    private void onTimeout(StepOutline step, ActionType type) {
        Spot onTimeout = step.spot().key("on_timeout");
        if (onTimeout.isGiven() && type.kind() != Kind.WAITING) {
            findings.errorAtKey(
                    ProblemCode.ON_TIMEOUT_NOT_ALLOWED,
                    onTimeout.path(),
                    "Expected on_timeout on a step that waits but '" + type.name() + "' at "
                            + step.spot().shown() + " does not wait for people or events; use timeout and on_error.",
                    Optional.empty());
        }
    }

    private void increasing(StepOutline step) {
        Optional<Duration> before = Optional.empty();
        for (DeadlineOutline deadline : step.deadlines()) {
            Spot after = deadline.spot().key("after");
            Optional<Duration> latest = before;
            if (deadline.after().isPresent()
                    && latest.filter(b -> b.compareTo(deadline.after().get()) >= 0)
                            .isPresent()) {
                findings.error(
                        ProblemCode.ON_TIMEOUT_NOT_INCREASING,
                        after.path(),
                        Say.expected(
                                        "a later deadline than the one before",
                                        after.shown(),
                                        after.node(),
                                        Optional.empty())
                                + " Each counts from the start of the wait.");
            }
            before = deadline.after().or(() -> latest);
        }
    }

    private void thenContinue(DeadlineOutline deadline) {
        deadline.use().action().text().filter(SETTLING::contains).ifPresent(name -> {
            if (deadline.thenContinue()) {
                Spot then = deadline.spot().key("then");
                findings.error(
                        ProblemCode.THEN_CONTINUE_NOT_ALLOWED,
                        then.path(),
                        "Expected no 'then: continue' at " + then.shown() + " but '" + name
                                + "' ends the wait; remove the line.",
                        Optional.empty(),
                        findings.fixes().removeEntry(deadline.spot(), "then"));
            }
        });
    }
}
