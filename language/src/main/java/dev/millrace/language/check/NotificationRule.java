package dev.millrace.language.check;

import dev.millrace.language.Expression;
import dev.millrace.language.Expression.Reference;
import dev.millrace.language.Problem.Fix;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Template;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.check.Outline.StepOutline;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A message that cannot be delivered should not end what it tells of. */
final class NotificationRule {
    private static final String SEND = "erp.notification.send";

    private final Outline outline;
    private final Findings findings;

    NotificationRule(Outline outline, Findings findings) {
        this.outline = outline;
        this.findings = findings;
    }

    void check() {
        Set<String> read = stepsThatAreRead();
        outline.steps().stream()
                .filter(step -> step.use().action().is(SEND))
                .filter(step -> !step.spot().key("on_error").isGiven())
                .filter(step -> step.id().filter(read::contains).isEmpty())
                .forEach(this::warn);
    }

    private void warn(StepOutline step) {
        String before = step.spot().key("config").isGiven() ? "config" : "action";
        Optional<Fix> fix = step.spot().node().has("on_error")
                ? Optional.empty()
                : findings.fixes().insert(step.spot(), before, "on_error: continue");
        findings.warning(
                ProblemCode.NOTIFICATION_CAN_STOP_PROCESS,
                step.use().action().path(),
                "Expected 'on_error: continue' at " + step.spot().shown()
                        + " but a message that cannot be sent would end the whole execution as failed; add it.",
                fix);
    }

    private Set<String> stepsThatAreRead() {
        var read = new HashSet<String>();
        expressions()
                .flatMap(expression -> expression.references().stream())
                .map(Reference::path)
                .filter(path -> path.size() > 2
                        && path.getFirst().equals("steps")
                        && path.get(2).equals("output"))
                .forEach(path -> read.add(path.get(1)));
        return read;
    }

    private Stream<Expression> expressions() {
        Stream<Expression> conditions = outline.steps().stream()
                .flatMap(step -> Stream.of(step.condition(), step.forEach()))
                .flatMap(condition -> condition.flatMap(Condition::expression).stream());
        return Stream.concat(conditions, Uses.of(outline).map(Uses::use).flatMap(NotificationRule::expressions));
    }

    private static Stream<Expression> expressions(ActionUse use) {
        return Stream.concat(
                use.fields().expressions().stream().flatMap(condition -> condition.expression().stream()),
                use.template().stream()
                        .flatMap(template -> template.expressions().stream())
                        .map(Template.Placed::expression));
    }
}
