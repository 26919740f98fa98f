package dev.millrace.language.check;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.policy.Conditions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A definition starts some time, and not because of itself. */
final class StartRule {
    private final Outline outline;
    private final Findings findings;

    StartRule(Outline outline, Findings findings) {
        this.outline = outline;
        this.findings = findings;
    }

    void check() {
        outline.trigger().condition().ifPresent(this::condition);
        Set<String> events = outline.trigger().events().stream()
                .flatMap(event -> event.text().stream())
                .collect(Collectors.toSet());
        Uses.of(outline).forEach(each -> emits(each, events));
    }

    private void condition(Condition condition) {
        if (condition.expression().filter(Conditions::neverHolds).isPresent()) {
            findings.warning(
                    ProblemCode.TRIGGER_NEVER_MATCHES,
                    condition.path(),
                    "Expected a condition that can hold at " + Findings.shown(condition.path()) + " but "
                            + Say.quoted(condition.text()) + " never does, so that nothing starts; correct it.");
        }
    }

    private void emits(Uses each, Set<String> events) {
        Optional<String> again = each.use().type().stream()
                .flatMap(type -> type.effect().emits().stream())
                .filter(events::contains)
                .sorted()
                .findFirst();
        again.ifPresent(event -> warn(each, "may cause the event " + event + ", which starts this definition again"));
    }

    private void warn(Uses each, String what) {
        Spot action = each.use().action();
        findings.warning(
                ProblemCode.TRIGGERS_ITSELF,
                action.path(),
                "Expected a definition that does not start itself at " + action.shown() + " but "
                        + action.text().orElse("") + " " + what
                        + "; make sure by a condition that this ends.");
    }
}
